-- Talks and what became of their topics in the period, in the period before and in the same period a year before:
-- one row per metric for the whole selection, one per metric and district, one per metric and compound type.
--
-- A share counts the topics that report it; one that no topic reports is left out. Results and follow-up stand on
-- the topics resolved. Attendance is in person-times: whoever comes to two talks counts twice. A change counts as
-- up or down only beyond 1.645 standard errors (90 %, two-sided); rates p have the variance p (1 - p) / n, counts of
-- talks and topics that of a Poisson variable. Not judged are attendance, for those who come to one talk belong
-- together, and, in a period that ends with the as-of month, what takes time: its last topics are still on their way.
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
            when grouping(metrics.district_code) = 0 then 'district'
            when grouping(metrics.compound_type) = 0 then 'type'
            else 'selection'
        end as level,
        metrics.district_code,
        metrics.compound_type,
        metrics.metric,
        periods.period,
        any_value(metrics.is_outcome) as is_outcome,
        sum(metrics.numerator) as numerator,
        sum(metrics.denominator) as denominator,
    from deliberation_metric_months as metrics
    inner join periods on metrics.month between periods.start_month and periods.end_month
    where (len($districts) = 0 or metrics.district_code in $districts)
        and (len($compound_types) = 0 or metrics.compound_type in $compound_types)
    group by grouping sets (
        (metrics.metric, periods.period),
        (metrics.metric, periods.period, metrics.district_code),
        (metrics.metric, periods.period, metrics.compound_type)
    )
),

measured as (
    select
        level,
        district_code,
        compound_type,
        metric,
        period,
        numerator,
        denominator,
        if(denominator is null, numerator, numerator / denominator) as value,
        case
            when metric in ('deliberation_attendance', 'attendance_per_topic') then null
            when denominator is null then numerator
            when not is_outcome or $end_month < date_trunc('month', place_facts.as_of)
                then value * (1 - value) / denominator
        end as variance,
    from summed
    cross join place_facts
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
    and (compared.level <> 'district' or compared.district_code is not null)
    and (compared.level <> 'type' or compared.compound_type is not null)
order by compared.level, compared.metric, compared.district_code, compared.compound_type
