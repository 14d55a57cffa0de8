-- One row per micro-grid without a grid above it, and per grid that claims one.
--
-- title: A micro-grid needs a parent grid, and a grid has none
-- severity: error

select
    'grids' as table_name,
    rowid as row_number,
    'parent_grid_code' as column_name,
    parent_grid_code as value,
    if(level = 'micro_grid', left(grid_code, 15), null) as expected,
from grids
where (level = 'micro_grid') <> (parent_grid_code is not null)
