-- One row per issue that names neither a compound nor a grid, and so belongs to no district.
--
-- title: The issue names neither a compound nor a grid, so it counts only for the whole place
-- severity: warning

select
    'issues' as table_name,
    rowid as row_number,
    'compound_id' as column_name,
    issue_id as value,
    null as expected,
from issues
where compound_id is null
    and grid_code is null
