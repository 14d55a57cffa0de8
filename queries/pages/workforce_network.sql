-- Which levels does the network have, and what stands at each? One row per level, from the district down.
--
-- Grids, centres, workers and report-ins are those of the as-of date. The share of report-ins is left out where there
-- are fewer of them than may be shown of people.
--
-- $districts         varchar[]  districts counted; empty means all in scope
-- $small_cell_limit  integer    fewer people than this are not shown

with counted as (
    select
        level,
        sum(unit_count) as level_units,
        sum(centre_count) as centre_count,
        sum(centred_unit_count) as centred_unit_count,
        sum(worker_count) as worker_count,
        sum(report_in_count) as report_in_count,
    from network_levels
    where len($districts) = 0 or district_code in $districts
    group by level
)

select
    level as network_level,
    level_units,
    centre_count,
    centred_unit_count / level_units as centred_share,
    worker_count as placed_workers,
    if(
        sum(report_in_count) over () >= $small_cell_limit,
        report_in_count / sum(report_in_count) over (),
        null
    ) as report_in_share,
from counted
order by list_position(['district', 'subdistrict', 'community', 'grid', 'micro_grid'], level)
