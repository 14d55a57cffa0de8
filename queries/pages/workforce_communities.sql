-- Which communities lack most grid workers? One row per community with fewer of them than micro-grids, at the end of
-- the period.
--
-- $end_month  date       its end is looked at
-- $districts  varchar[]  districts shown; empty means all in scope
-- $row_limit  integer    most rows shown
-- $language   varchar    language of the names, zh or en

with short as (
    select
        district_code,
        community_code,
        micro_grid_count,
        grid_workers,
        micro_grid_count - grid_workers as missing_workers,
        grid_workers / micro_grid_count as workers_per_micro_grid,
        full_time_workers,
        part_time_workers,
        auxiliary_workers,
    from worker_community_months
    where month = $end_month
        and grid_workers < micro_grid_count
        and (len($districts) = 0 or district_code in $districts)
    order by missing_workers desc, workers_per_micro_grid, community_code
    limit $row_limit
)

select
    label(communities.name, communities.name_en, $language) as community_name,
    label(districts.name, districts.name_en, $language) as district_name,
    short.micro_grid_count,
    short.grid_workers,
    short.missing_workers,
    short.workers_per_micro_grid,
    short.full_time_workers,
    short.part_time_workers,
    short.auxiliary_workers,
from short
inner join region_facts as communities on short.community_code = communities.region_code
inner join region_facts as districts on short.district_code = districts.region_code
order by short.missing_workers desc, short.workers_per_micro_grid, short.community_code
