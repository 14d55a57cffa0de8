-- One row per grid whose code does not begin with the code of what it lies in.
--
-- title: The grid code does not fit its community, parent grid or level
-- severity: error
-- expected: community code + 3 digits for a grid, + 2 more for a micro-grid

with expected_beginnings as (
    select
        rowid as row_number,
        grid_code,
        level,
        parent_grid_code,
        if(level = 'micro_grid' and parent_grid_code is not null, parent_grid_code, community_code) as beginning,
        if(level = 'micro_grid', 17, 15) as digits,
        community_code,
    from grids
)

select
    'grids' as table_name,
    row_number,
    'grid_code' as column_name,
    grid_code as value,
    beginning || repeat('#', digits - length(beginning)) as expected,
from expected_beginnings
where not starts_with(grid_code, beginning)
    or not starts_with(grid_code, community_code)
    or length(grid_code) <> digits
