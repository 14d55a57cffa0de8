-- Every metric in the period, in the period before and in the same period a year before: one row per metric for
-- the whole selection, and one per metric and district.
--
-- A change counts as up or down only beyond 1.645 standard errors (90 %, two-sided); rates of x in n have the variance
-- p (1 - p) / n with p = (x + 1) / (n + 2), so that none and all are not certain, means (mean of squares - squared
-- mean) / n, null for a single one, counts of issues that of a Poisson variable.
-- Shares of fewer people than the small-cell limit are left out.
--
-- $start_month            date       first month of the period
-- $end_month              date       last month of the period
-- $previous_start_month   date       first month of the period before
-- $previous_end_month     date       last month of the period before
-- $last_year_start_month  date       first month of the period a year before
-- $last_year_end_month    date       last month of the period a year before
-- $districts              varchar[]  districts counted; empty means all in scope
-- $compound_types         varchar[]  compound types counted; empty means all
-- $small_cell_limit       integer    fewer people than this are not shown
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
        if(grouping(metric_months.district_code) = 1, 'selection', 'district') as level,
        metric_months.metric,
        metric_months.district_code,
        periods.period,
        sum(metric_months.numerator) as numerator,
        sum(metric_months.denominator) as denominator,
        sum(metric_months.square_sum) as square_sum,
    from metric_months
    inner join periods on metric_months.month between periods.start_month and periods.end_month
    where (len($districts) = 0 or metric_months.district_code in $districts)
        and (len($compound_types) = 0 or metric_months.compound_type in $compound_types)
        and (
            metric_months.basis = 'month'
            or (metric_months.basis = 'quarter' and month(metric_months.month) % 3 = 0)
            or metric_months.month = periods.end_month
        )
    group by grouping sets (
        (metric_months.metric, periods.period),
        (metric_months.metric, periods.period, metric_months.district_code)
    )
),

measured as (
    select
        level,
        metric,
        district_code,
        period,
        numerator,
        denominator,
        if(denominator is null, numerator, numerator / nullif(denominator, 0)) as value,
        case
            when denominator is null then numerator
            when metric = 'issues_per_100_households' then numerator / (denominator * denominator)
            when square_sum is not null and denominator <= 1 then null
            when square_sum is not null
                then greatest(square_sum / denominator - (numerator / denominator) ** 2, 0) / denominator
            else (numerator + 1) / (denominator + 2) * (1 - (numerator + 1) / (denominator + 2)) / denominator
        end as variance,
    from summed
    where metric <> 'starred_member_share'
        or least(numerator, denominator - numerator) not between 1 and $small_cell_limit - 1
),

compared as (
    select
        level,
        metric,
        district_code,
        max(value) filter (where period = 'present') as value,
        max(numerator) filter (where period = 'present') as numerator,
        max(denominator) filter (where period = 'present') as denominator,
        max(variance) filter (where period = 'present') as variance,
        max(value) filter (where period = 'previous') as previous_value,
        max(variance) filter (where period = 'previous') as previous_variance,
        max(value) filter (where period = 'last_year') as last_year_value,
        max(variance) filter (where period = 'last_year') as last_year_variance,
    from measured
    group by level, metric, district_code
)

select
    compared.level,
    compared.metric,
    compared.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    compared.value,
    round(compared.numerator, 1) as numerator,
    compared.denominator,
    compared.previous_value,
    compared.value - compared.previous_value as previous_change,
    case
        when previous_change is null or variance is null or previous_variance is null then null
        when abs(previous_change) <= 1.645 * sqrt(variance + previous_variance) then 'within_error'
        when previous_change > 0 then 'up'
        else 'down'
    end as previous_flag,
    compared.last_year_value,
    compared.value - compared.last_year_value as last_year_change,
    case
        when last_year_change is null or variance is null or last_year_variance is null then null
        when abs(last_year_change) <= 1.645 * sqrt(variance + last_year_variance) then 'within_error'
        when last_year_change > 0 then 'up'
        else 'down'
    end as last_year_flag,
    sqrt(compared.variance) as standard_error,
from compared
left join region_facts on compared.district_code = region_facts.region_code
where compared.value is not null
    and (compared.level = 'selection' or compared.district_code is not null)
order by compared.level, compared.metric, compared.district_code
