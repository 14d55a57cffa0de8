-- What does one metric of issues say of every grid or micro-grid? One row per unit, in the order of their codes.
--
-- Stands beside map_values with the same columns, for the 37,000 units of the finest level are asked the most often.
--
-- $level           varchar    level shown: grid or micro_grid
-- $unit            varchar    code of the unit they lie in; '' for everything in scope
-- $metric          varchar    code of the metric
-- $start_month     date       first month counted
-- $end_month       date       last month counted
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types whose grids are shown; empty means all
-- $area            double[]   west, south, east and north of a rectangle the units touch, in degrees; empty means anywhere
-- $language        varchar    language of the names, zh or en

with typed_grids as (
    select compound_grids.grid_code
    from compound_grids
    inner join compound_facts using (compound_id)
    where compound_facts.compound_type in $compound_types
),

units as (
    select
        map_shapes.code,
        label(map_shapes.name, map_shapes.name_en, $language) as unit_name,
        map_shapes.households,
        map_shapes.longitude,
        map_shapes.latitude,
    from map_shapes
    where map_shapes.level = $level
        and $level in ('grid', 'micro_grid')
        and (
            $unit = ''
            or lies_in(
                $unit,
                map_shapes.code,
                [map_shapes.district_code, map_shapes.subdistrict_code, map_shapes.community_code, map_shapes.parent_code]
            )
            or map_shapes.code in (
                select if($level = 'grid', left(grid_code, 15), grid_code)
                from compound_grids
                where compound_id = $unit
            )
        )
        and (len($districts) = 0 or map_shapes.district_code in $districts)
        and (
            len($area) = 0
            or (
                map_shapes.max_longitude >= $area[1]
                and map_shapes.max_latitude >= $area[2]
                and map_shapes.min_longitude <= $area[3]
                and map_shapes.min_latitude <= $area[4]
            )
        )
        and (
            len($compound_types) = 0
            or map_shapes.compound_type in $compound_types
            or map_shapes.code in (select grid_code from typed_grids)
        )
),

-- What lies in a rectangle of a million grids is found by its communities; without one they are not looked for.
near as (
    select distinct left(code, 12) as community_code
    from units
    where len($area) > 0
),

observed as (
    select
        if($level = 'grid', left(grid_code, 15), grid_code) as code,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
    from grid_metrics
    where metric = if($metric = 'issues_per_100_households', 'reported_issues', $metric)
        and month between $start_month and $end_month
        and (len($area) = 0 or community_code in (select community_code from near))
    group by code
),

published as (
    select
        exists (
            select 1
            from grid_metrics
            where metric = if($metric = 'issues_per_100_households', 'reported_issues', $metric)
                and month between $start_month and $end_month
        ) as has_values,
        (select count(distinct month) from issue_months where month between $start_month and $end_month) as months,
),

counted as (
    select
        units.*,
        published.has_values,
        if(
            published.has_values and $metric in ('reported_issues', 'issues_per_100_households'),
            coalesce(observed.numerator, 0),
            observed.numerator
        ) as numerator,
        if(
            $metric = 'issues_per_100_households',
            units.households / 100 * published.months,
            observed.denominator
        ) as denominator,
    from units
    cross join published
    left join observed on units.code = observed.code
)

select
    code as unit_code,
    unit_name,
    if($metric = 'reported_issues', numerator, numerator / nullif(denominator, 0)) as value,
    numerator,
    denominator,
    case $metric
        when 'reported_issues' then null
        when 'issues_per_100_households' then households
        else denominator
    end as base_count,
    cast(null as double) as value_variance,
    households,
    longitude,
    latitude,
    cast(
        case
            when value is not null then 'reported'
            when denominator = 0 then 'not_applicable'
            when not has_values or $metric = 'issues_per_100_households' then 'not_reported'
            else 'not_applicable'
        end as enum ('reported', 'not_reported', 'not_applicable')
    ) as state,
from counted
order by code
