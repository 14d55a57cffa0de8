-- One row per end, due date or result that lies before what it ends, is due for or comes from.
--
-- title: The later date lies before the earlier one
-- severity: error

select
    'safety_events' as table_name,
    rowid as row_number,
    'closed_date' as column_name,
    cast(closed_date as varchar) as value,
    '≥ ' || occurred_date as expected,
from safety_events
where closed_date < occurred_date

union all

select
    'inspections' as table_name,
    rowid as row_number,
    'due_date' as column_name,
    cast(due_date as varchar) as value,
    '≥ ' || found_date as expected,
from inspections
where due_date < found_date

union all

select
    'inspections' as table_name,
    rowid as row_number,
    'closed_date' as column_name,
    cast(closed_date as varchar) as value,
    '≥ ' || found_date as expected,
from inspections
where closed_date < found_date

union all

select
    'renovations' as table_name,
    rowid as row_number,
    'finished_date' as column_name,
    cast(finished_date as varchar) as value,
    '≥ ' || started_date as expected,
from renovations
where finished_date < started_date

union all

select
    'grid_workers' as table_name,
    rowid as row_number,
    'ended_date' as column_name,
    cast(ended_date as varchar) as value,
    '≥ ' || started_date as expected,
from grid_workers
where ended_date < started_date

union all

select
    'tasks' as table_name,
    rowid as row_number,
    'due_date' as column_name,
    cast(due_date as varchar) as value,
    '≥ ' || assigned_date as expected,
from tasks
where due_date < assigned_date

union all

select
    'tasks' as table_name,
    rowid as row_number,
    'completed_date' as column_name,
    cast(completed_date as varchar) as value,
    '≥ ' || assigned_date as expected,
from tasks
where completed_date < assigned_date

union all

select
    'deliberations' as table_name,
    rowid as row_number,
    'published_date' as column_name,
    cast(published_date as varchar) as value,
    '≥ ' || held_date as expected,
from deliberations
where published_date < held_date

union all

select
    'party_orgs' as table_name,
    rowid as row_number,
    'elected_date' as column_name,
    cast(elected_date as varchar) as value,
    '≥ ' || founded_date as expected,
from party_orgs
where elected_date < founded_date

union all

select
    'compounds' as table_name,
    rowid as row_number,
    'reform_year' as column_name,
    cast(reform_year as varchar) as value,
    '≥ ' || built_year as expected,
from compounds
where reform_year < built_year
