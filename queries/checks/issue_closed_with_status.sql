-- One row per issue with a closing time but a status that is not closed or void.
--
-- title: There is a closing time, but the status is not closed
-- severity: error
-- expected: a closing time only with the status closed or void

select
    'issues' as table_name,
    rowid as row_number,
    'status' as column_name,
    status as value,
    'closed, void' as expected,
from issues
where closed_at is not null
    and status not in ('closed', 'void')
