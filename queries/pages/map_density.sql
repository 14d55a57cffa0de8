-- Where were issues reported, however the ground is divided? One row per grid with any, at its middle.
--
-- $level        varchar    level counted: grid or micro_grid
-- $start_month  date       first month counted
-- $end_month    date       last month counted
-- $districts    varchar[]  districts counted; empty means all in scope

with counted as (
    select
        if($level = 'grid', left(grid_code, 15), grid_code) as code,
        sum(reported_count) as issue_count,
    from grid_issue_months
    where month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
    group by code
)

select map_shapes.longitude, map_shapes.latitude, counted.issue_count
from counted
inner join map_shapes using (code)
where map_shapes.level = $level
    and counted.issue_count > 0
    and map_shapes.longitude is not null
order by counted.code
