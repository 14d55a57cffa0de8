-- One row per issue with a satisfaction although nobody was reached.
--
-- title: There is a satisfaction, but the resident was not reached
-- severity: warning
-- expected: a satisfaction only with the revisit result reached

select
    'issues' as table_name,
    rowid as row_number,
    'satisfaction' as column_name,
    satisfaction as value,
    revisit_result as expected,
from issues
where satisfaction is not null
    and coalesce(revisit_result, 'unreachable') <> 'reached'
