-- One row per cross-appointment that ends before it starts, or that leads back to where it came from.
--
-- title: The cross-appointment leads to the side it came from, or ends before it starts
-- severity: warning

select
    'cross_posts' as table_name,
    rowid as row_number,
    'to_side' as column_name,
    to_side as value,
    from_side as expected,
from cross_posts
where from_side = to_side

union all

select
    'cross_posts' as table_name,
    rowid as row_number,
    'ended_date' as column_name,
    cast(ended_date as varchar) as value,
    '≥ ' || started_date as expected,
from cross_posts
where ended_date < started_date
