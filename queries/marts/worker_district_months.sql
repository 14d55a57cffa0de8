-- Grid workers in post at the end of each month against micro-grids, added up: one row per district and month.
--
-- Grid workers are full-time, part-time and auxiliary ones. What no community of the district reports is null.

select
    district_code,
    month,
    count(*) as community_count,
    cast(sum(grid_count) as bigint) as grid_count,
    cast(sum(micro_grid_count) as bigint) as micro_grid_count,
    cast(sum(full_time_workers) as bigint) as full_time_workers,
    cast(sum(part_time_workers) as bigint) as part_time_workers,
    cast(sum(auxiliary_workers) as bigint) as auxiliary_workers,
    cast(sum(community_workers) as bigint) as community_workers,
    cast(sum(grid_workers) as bigint) as grid_workers,
    count(*) filter (where grid_workers < micro_grid_count) as short_communities,
    count(*) filter (where grid_workers = 0) as unstaffed_communities,
from worker_community_months
group by district_code, month
order by month, district_code
