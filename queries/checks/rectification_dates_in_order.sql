-- One row per rectification that is due or closed before the finding.
--
-- title: The date is before the finding
-- severity: error

select
    'rectifications' as table_name,
    rowid as row_number,
    'due_date' as column_name,
    due_date as value,
    '≥ ' || found_date as expected,
from rectifications
where due_date < found_date

union all

select
    'rectifications' as table_name,
    rowid as row_number,
    'closed_date' as column_name,
    closed_date as value,
    '≥ ' || found_date as expected,
from rectifications
where closed_date < found_date
