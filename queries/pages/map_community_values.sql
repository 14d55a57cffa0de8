-- What does one metric of communities say of every unit of one level? One row per unit, in the order of their codes.
--
-- Stands beside map_values with the same columns: its metrics come from many tables, whose names alone would slow the
-- others down. What a community counts as a whole belongs to no compound type: with types chosen it is not applicable.
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

-- What is of another type is there, but counts nothing.
counted as (
    select
        district_code,
        subdistrict_code,
        community_code,
        compound_id,
        basis,
        len($compound_types) = 0 or coalesce(compound_type in $compound_types, false) as is_counted,
        if(is_counted, numerator, null) as numerator,
        if(is_counted, denominator, 0) as denominator,
        variance,
    from community_metrics
    where metric = $metric
        and month between if(basis = 'score', date_trunc('quarter', $start_month), $start_month) and $end_month
        and (basis <> 'moment' or month = $end_month)
),

community_sums as (
    select
        district_code,
        subdistrict_code,
        community_code,
        compound_id,
        basis,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(variance) as variance,
        count(variance) = count(*) as is_variance_known,
        count(*) filter (where denominator is null or (denominator > 0 and numerator is null)) as silent_count,
    from counted
    group by district_code, subdistrict_code, community_code, compound_id, basis
),

-- A score is that of the mean community, whatever the number of its appraisals.
averaged as (
    select
        case $level
            when 'district' then district_code
            when 'subdistrict' then subdistrict_code
            when 'community' then community_code
            else compound_id
        end as code,
        silent_count,
        if(basis = 'score', numerator / nullif(denominator, 0), numerator) as numerator,
        if(basis = 'score' and denominator > 0, 1, denominator) as denominator,
        case
            when basis = 'score' and denominator > 0 and is_variance_known then variance / (denominator * denominator)
            when basis <> 'score' then variance
        end as variance,
    from community_sums
),

observed as (
    select
        code,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        if(count(variance) = count(*), sum(variance), null) as variance,
        sum(silent_count) as silent_count,
    from averaged
    group by code
),

valued as (
    select
        units.*,
        observed.numerator,
        observed.denominator,
        observed.numerator / nullif(observed.denominator, 0) as value,
        observed.variance,
        observed.silent_count,
        (select count(*) > 0 from observed) as has_values,
    from units
    left join observed on units.code = observed.code
)

select
    code as unit_code,
    unit_name,
    value,
    numerator,
    denominator,
    denominator * case $metric when 'property_complaints' then 1000 when 'matters_per_100_visits' then 100 else 1 end
        as base_count,
    variance / nullif(denominator * denominator, 0) as value_variance,
    households,
    longitude,
    latitude,
    case
        when value is not null then 'reported'
        when not has_values or silent_count > 0 then 'not_reported'
        else 'not_applicable'
    end as state,
from valued
order by code
