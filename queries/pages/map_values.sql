-- What does one metric say of every unit of one level? One row per unit, in the order of their codes.
--
-- Grids are asked of map_grid_values, what communities count beside issues of map_community_values.
--
-- $level           varchar    level shown: district, subdistrict, community or compound
-- $unit            varchar    code of the unit they lie in; '' for everything in scope
-- $metric          varchar    code of the metric
-- $start_month     date       first month counted
-- $end_month       date       last month counted; states hold at its end
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types counted, and shown at compound level; empty means all
-- $area            double[]   west, south, east and north of a rectangle the units touch, in degrees; empty means anywhere
-- $language        varchar    language of the names, zh or en

with units as (
    select
        map_shapes.code,
        label(map_shapes.name, map_shapes.name_en, $language) as unit_name,
        map_shapes.households,
        map_shapes.longitude,
        map_shapes.latitude,
    from map_shapes
    where map_shapes.level = $level
        and $level not in ('grid', 'micro_grid')
        and (
            $unit = ''
            or lies_in(
                $unit,
                map_shapes.code,
                [map_shapes.district_code, map_shapes.subdistrict_code, map_shapes.community_code, map_shapes.parent_code]
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
        and (len($compound_types) = 0 or $level <> 'compound' or map_shapes.compound_type in $compound_types)
),

-- A unit may be without a value because nothing there could have one: compounds, or branches, or dues.
candidates as (
    select
        case $level
            when 'district' then district_code
            when 'subdistrict' then subdistrict_code
            when 'community' then community_code
            else compound_id
        end as code,
        count(*) as candidate_count,
    from compound_facts
    where $metric in (
            'organisation_coverage', 'property_coverage', 'owners_body_rate_all', 'owners_body_rate_eligible'
        )
        and ($metric <> 'owners_body_rate_eligible' or is_owners_body_eligible is not false)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by code
    union all
    select
        case $level
            when 'district' then district_code
            when 'subdistrict' then subdistrict_code
            else community_code
        end as code,
        count(*) as candidate_count,
    from branch_facts
    where $metric = 'fortress_index'
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by code
),

compound_values as (
    select
        case $level
            when 'district' then district_code
            when 'subdistrict' then subdistrict_code
            when 'community' then community_code
            else compound_id
        end as code,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
    from compound_metrics
    where metric = $metric
        and month between $start_month and $end_month
        and (basis = 'month' or month = $end_month)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by code
),

branch_values as (
    select
        case $level
            when 'district' then branch_facts.district_code
            when 'subdistrict' then branch_facts.subdistrict_code
            else branch_facts.community_code
        end as code,
        sum(branch_quarters.total) as numerator,
        cast(count(branch_quarters.total) as double) as denominator,
        sum(branch_quarters.score_variance) filter (where branch_quarters.total is not null) as variance,
    from branch_quarters
    inner join branch_facts using (org_id)
    where $metric = 'fortress_index'
        and $level in ('district', 'subdistrict', 'community')
        and branch_quarters.quarter between date_trunc('quarter', $start_month) and $end_month
        and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
    group by code
),

observed as (
    select code, numerator, denominator, null as variance from compound_values
    union all
    select code, numerator, denominator, variance from branch_values
),

published as (
    select count(*) > 0 as has_values
    from observed
),

counted as (
    select
        units.code,
        units.unit_name,
        units.households,
        units.longitude,
        units.latitude,
        candidates.candidate_count,
        published.has_values,
        if(
            published.has_values and $metric in ('reported_issues', 'issues_per_100_households'),
            coalesce(observed.numerator, 0),
            observed.numerator
        ) as numerator,
        observed.denominator,
        observed.variance,
    from units
    cross join published
    left join observed on units.code = observed.code
    left join candidates on units.code = candidates.code
),

valued as (
    select
        counted.*,
        if($metric = 'reported_issues', numerator, numerator / nullif(denominator, 0)) as value,
        case $metric
            when 'reported_issues' then null
            when 'issues_per_100_households' then households
            else denominator
        end as base_count,
    from counted
)

select
    code as unit_code,
    unit_name,
    value,
    numerator,
    denominator,
    base_count,
    variance / nullif(denominator * denominator, 0) as value_variance,
    households,
    longitude,
    latitude,
    case
        when value is not null then 'reported'
        when denominator = 0 then 'not_applicable'
        when not has_values or $metric = 'issues_per_100_households' then 'not_reported'
        when coalesce(candidate_count, 0) = 0 then 'not_applicable'
        else 'not_reported'
    end as state,
from valued
order by code
