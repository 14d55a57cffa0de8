-- One row per moment of an issue that is earlier than the one it follows.
--
-- title: The moments of an issue are not in order
-- severity: error
-- expected: reported ≤ accepted ≤ registered ≤ dispatched ≤ handled ≤ checked ≤ closed; no other moment before the report

with preceding as (
    select
        rowid as row_number,
        accepted_at,
        reported_at as before_accepted_at,
        registered_at,
        coalesce(accepted_at, reported_at) as before_registered_at,
        dispatched_at,
        coalesce(registered_at, accepted_at, reported_at) as before_dispatched_at,
        handled_at,
        coalesce(dispatched_at, registered_at, accepted_at, reported_at) as before_handled_at,
        checked_at,
        coalesce(handled_at, dispatched_at, registered_at, accepted_at, reported_at) as before_checked_at,
        closed_at,
        coalesce(checked_at, handled_at, dispatched_at, registered_at, accepted_at, reported_at) as before_closed_at,
        first_response_at,
        reported_at as before_first_response_at,
        replied_at,
        reported_at as before_replied_at,
        due_at,
        reported_at as before_due_at,
    from issues
)

select
    'issues' as table_name,
    row_number,
    'accepted_at' as column_name,
    accepted_at as value,
    '≥ ' || before_accepted_at as expected,
from preceding
where accepted_at < before_accepted_at

union all

select
    'issues' as table_name,
    row_number,
    'registered_at' as column_name,
    registered_at as value,
    '≥ ' || before_registered_at as expected,
from preceding
where registered_at < before_registered_at

union all

select
    'issues' as table_name,
    row_number,
    'dispatched_at' as column_name,
    dispatched_at as value,
    '≥ ' || before_dispatched_at as expected,
from preceding
where dispatched_at < before_dispatched_at

union all

select
    'issues' as table_name,
    row_number,
    'handled_at' as column_name,
    handled_at as value,
    '≥ ' || before_handled_at as expected,
from preceding
where handled_at < before_handled_at

union all

select
    'issues' as table_name,
    row_number,
    'checked_at' as column_name,
    checked_at as value,
    '≥ ' || before_checked_at as expected,
from preceding
where checked_at < before_checked_at

union all

select
    'issues' as table_name,
    row_number,
    'closed_at' as column_name,
    closed_at as value,
    '≥ ' || before_closed_at as expected,
from preceding
where closed_at < before_closed_at

union all

select
    'issues' as table_name,
    row_number,
    'first_response_at' as column_name,
    first_response_at as value,
    '≥ ' || before_first_response_at as expected,
from preceding
where first_response_at < before_first_response_at

union all

select
    'issues' as table_name,
    row_number,
    'replied_at' as column_name,
    replied_at as value,
    '≥ ' || before_replied_at as expected,
from preceding
where replied_at < before_replied_at

union all

select
    'issues' as table_name,
    row_number,
    'due_at' as column_name,
    due_at as value,
    '≥ ' || before_due_at as expected,
from preceding
where due_at < before_due_at
