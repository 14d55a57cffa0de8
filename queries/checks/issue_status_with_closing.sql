-- One row per issue whose status is closed but that has no closing time.
--
-- title: The status is closed, but there is no closing time
-- severity: error
-- expected: a closing time with the status closed

select
    'issues' as table_name,
    rowid as row_number,
    'closed_at' as column_name,
    status as value,
    null as expected,
from issues
where status = 'closed'
    and closed_at is null
