-- Property service in the period, in the period before and in the same period a year before: one row per metric for
-- the whole selection, one per metric and district, one per metric and compound type.
--
-- Coverage is the state at the end of the period, fees and complaints are those of all its months. A change counts as
-- up or down only beyond 1.645 standard errors (90 %, two-sided): coverage by compounds has the variance
-- p (1 - p) / n, complaints that of a Poisson variable; coverage by households and fees are not judged.
--
-- $start_month            date       first month of the period
-- $end_month              date       last month of the period
-- $previous_start_month   date       first month of the period before
-- $previous_end_month     date       last month of the period before
-- $last_year_start_month  date       first month of the period a year before
-- $last_year_end_month    date       last month of the period a year before
-- $districts              varchar[]  districts counted; empty means all in scope
-- $compound_types         varchar[]  compound types counted; empty means all
-- $language               varchar    language of the names, zh or en

with periods as (
    select 'present' as period, $start_month as start_month, $end_month as end_month
    union all
    select 'previous' as period, $previous_start_month as start_month, $previous_end_month as end_month
    union all
    select 'last_year' as period, $last_year_start_month as start_month, $last_year_end_month as end_month
),

summed as (
    select
        case
            when grouping(property_counts.district_code) = 0 then 'district'
            when grouping(property_counts.compound_type) = 0 then 'type'
            else 'selection'
        end as level,
        property_counts.district_code,
        property_counts.compound_type,
        periods.period,
        sum(compound_count) filter (where is_covered and month = end_month) as covered_count,
        sum(compound_count) filter (where is_covered is not null and month = end_month) as known_count,
        coalesce(sum(households) filter (where is_covered and month = end_month), 0) as covered_households,
        sum(households) filter (where is_covered is not null and month = end_month) as known_households,
        sum(fee_collected_households) as fee_collected_households,
        sum(fee_households) as fee_households,
        sum(complaint_count) as complaint_count,
        sum(complaint_households) as complaint_households,
    from property_counts
    inner join periods on property_counts.month between periods.start_month and periods.end_month
    where (len($districts) = 0 or property_counts.district_code in $districts)
        and (len($compound_types) = 0 or property_counts.compound_type in $compound_types)
    group by grouping sets (
        (periods.period),
        (periods.period, property_counts.district_code),
        (periods.period, property_counts.compound_type)
    )
),

metrics as (
    select
        level, district_code, compound_type, period,
        'property_coverage' as metric,
        coalesce(covered_count, 0) as numerator,
        known_count as denominator,
    from summed
    union all
    select
        level, district_code, compound_type, period,
        'property_household_coverage' as metric,
        covered_households as numerator,
        known_households as denominator,
    from summed
    union all
    select
        level, district_code, compound_type, period,
        'fee_collection' as metric,
        fee_collected_households as numerator,
        fee_households as denominator,
    from summed
    union all
    select
        level, district_code, compound_type, period,
        'property_complaints' as metric,
        complaint_count as numerator,
        complaint_households / 1000 as denominator,
    from summed
),

measured as (
    select
        level,
        district_code,
        compound_type,
        period,
        metric,
        numerator,
        denominator,
        numerator / denominator as value,
        case metric
            when 'property_coverage' then value * (1 - value) / denominator
            when 'property_complaints' then numerator / denominator ** 2
        end as variance,
    from metrics
    where denominator > 0
),

compared as (
    select
        level,
        district_code,
        compound_type,
        metric,
        max(value) filter (where period = 'present') as value,
        max(numerator) filter (where period = 'present') as numerator,
        max(denominator) filter (where period = 'present') as denominator,
        max(variance) filter (where period = 'present') as variance,
        max(value) filter (where period = 'previous') as previous_value,
        max(variance) filter (where period = 'previous') as previous_variance,
        max(value) filter (where period = 'last_year') as last_year_value,
        max(variance) filter (where period = 'last_year') as last_year_variance,
    from measured
    group by level, district_code, compound_type, metric
)

select
    compared.level,
    compared.metric,
    compared.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    compared.compound_type,
    compared.value,
    compared.numerator,
    compared.denominator,
    compared.previous_value,
    compared.value - compared.previous_value as previous_change,
    case
        when abs(previous_change) <= 1.645 * sqrt(variance + previous_variance) then 'within_error'
        when previous_change > 0 and previous_variance is not null then 'up'
        when previous_change < 0 and previous_variance is not null then 'down'
    end as previous_flag,
    compared.last_year_value,
    compared.value - compared.last_year_value as last_year_change,
    case
        when abs(last_year_change) <= 1.645 * sqrt(variance + last_year_variance) then 'within_error'
        when last_year_change > 0 and last_year_variance is not null then 'up'
        when last_year_change < 0 and last_year_variance is not null then 'down'
    end as last_year_flag,
from compared
left join region_facts on compared.district_code = region_facts.region_code
where compared.value is not null
order by compared.level, compared.metric, compared.district_code, compared.compound_type
