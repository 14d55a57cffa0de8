-- One row per compound whose shares in its grids add up to more than one.
--
-- title: The compound's shares in its grids add up to more than 1
-- severity: warning

with totals as (
    select
        compound_grids.compound_id,
        min(compound_grids.rowid) as row_number,
        sum(compound_grids.overlap_share) as total,
    from compound_grids
    inner join grids on compound_grids.grid_code = grids.grid_code
    group by compound_grids.compound_id, grids.level
)

select
    'compound_grids' as table_name,
    row_number,
    'overlap_share' as column_name,
    round(total, 4) as value,
    '≤ 1' as expected,
from totals
where total > 1.005
