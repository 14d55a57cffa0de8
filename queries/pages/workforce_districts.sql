-- Are there enough grid workers for the micro-grids? One row for the whole selection and one per district.
--
-- Grid workers are full-time, part-time and auxiliary ones in post at the end of the period; community workers stand
-- beside them. A kind that a district never had on record is null, and so is what is made of nothing but nulls.
--
-- $end_month            date       its end is looked at
-- $previous_end_month   date       end of the period before
-- $last_year_end_month  date       end of the same period a year before
-- $districts            varchar[]  districts counted; empty means all in scope
-- $language             varchar    language of the names, zh or en

with counted as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        sum(community_count) filter (where month = $end_month) as community_count,
        sum(grid_count) filter (where month = $end_month) as grid_count,
        sum(micro_grid_count) filter (where month = $end_month) as micro_grid_count,
        sum(full_time_workers) filter (where month = $end_month) as full_time_workers,
        sum(part_time_workers) filter (where month = $end_month) as part_time_workers,
        sum(auxiliary_workers) filter (where month = $end_month) as auxiliary_workers,
        sum(community_workers) filter (where month = $end_month) as community_workers,
        sum(grid_workers) filter (where month = $end_month) as grid_workers,
        sum(grid_workers) filter (where month = $previous_end_month) as previous_grid_workers,
        sum(grid_workers) filter (where month = $last_year_end_month) as last_year_grid_workers,
        sum(short_communities) filter (where month = $end_month) as short_communities,
        sum(unstaffed_communities) filter (where month = $end_month) as unstaffed_communities,
    from worker_district_months
    where month in ($end_month, $previous_end_month, $last_year_end_month)
        and (len($districts) = 0 or district_code in $districts)
    group by grouping sets ((), (district_code))
)

select
    counted.level,
    counted.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.community_count,
    counted.grid_count,
    counted.micro_grid_count,
    counted.full_time_workers,
    counted.part_time_workers,
    counted.auxiliary_workers,
    counted.grid_workers,
    counted.grid_workers / nullif(counted.micro_grid_count, 0) as workers_per_micro_grid,
    greatest(counted.micro_grid_count - counted.grid_workers, 0) as missing_workers,
    counted.grid_workers - counted.previous_grid_workers as worker_change,
    counted.grid_workers - counted.last_year_grid_workers as worker_year_change,
    counted.community_workers,
    counted.short_communities,
    counted.unstaffed_communities,
from counted
left join region_facts on counted.district_code = region_facts.region_code
where counted.community_count > 0
    and (counted.level = 'selection' or counted.district_code is not null)
order by counted.level desc, workers_per_micro_grid nulls last, counted.district_code
