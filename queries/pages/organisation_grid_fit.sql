-- How compounds fit the grids, and how many are aligned with them: one row per case of fit.
--
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    fit_case,
    cast(sum(compound_count) as bigint) as compound_count,
    sum(compound_count) / sum(sum(compound_count)) over () as compound_share,
    sum(grid_count) / sum(compound_count) as grids_per_compound,
    sum(aligned_count) / nullif(sum(aligned_known_count), 0) as aligned_rate,
from grid_fit_counts
where (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by fit_case
order by list_position(['compound_larger', 'grid_larger', 'matched'], fit_case)
