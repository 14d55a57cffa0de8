-- One row per moment of a service order that is earlier than the one it follows.
--
-- title: The moments of a service order are not in order
-- severity: error
-- expected: ordered ≤ assigned ≤ accepted ≤ completed

select
    'service_orders' as table_name,
    rowid as row_number,
    'assigned_at' as column_name,
    assigned_at as value,
    '≥ ' || ordered_at as expected,
from service_orders
where assigned_at < ordered_at

union all

select
    'service_orders' as table_name,
    rowid as row_number,
    'accepted_at' as column_name,
    accepted_at as value,
    '≥ ' || coalesce(assigned_at, ordered_at) as expected,
from service_orders
where accepted_at < coalesce(assigned_at, ordered_at)

union all

select
    'service_orders' as table_name,
    rowid as row_number,
    'completed_at' as column_name,
    completed_at as value,
    '≥ ' || coalesce(accepted_at, assigned_at, ordered_at) as expected,
from service_orders
where completed_at < coalesce(accepted_at, assigned_at, ordered_at)
