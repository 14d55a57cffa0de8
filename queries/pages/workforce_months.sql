-- How did grid workers per micro-grid change? One row per month, up to three years back, for the whole selection and
-- per district.
--
-- Grids have no dates: the micro-grids of the as-of date stand under every month.
--
-- $end_month  date       last month shown
-- $districts  varchar[]  districts counted; empty means all in scope
-- $language   varchar    language of the names, zh or en

with counted as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        month,
        sum(grid_workers) as grid_workers,
        sum(micro_grid_count) as micro_grid_count,
    from worker_district_months
    where month between $end_month - interval 35 month and $end_month
        and (len($districts) = 0 or district_code in $districts)
    group by grouping sets ((month), (district_code, month))
)

select
    counted.level,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.month,
    counted.grid_workers,
    counted.micro_grid_count,
    counted.grid_workers / nullif(counted.micro_grid_count, 0) as value,
from counted
left join region_facts on counted.district_code = region_facts.region_code
order by counted.level desc, counted.district_code, counted.month
