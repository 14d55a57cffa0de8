-- Metrics over the 24 months up to the end of the period: one row per metric and month for the whole selection,
-- and for one metric one row per district and month. Quarterly metrics stand in the last month of a quarter.
--
-- $metric            varchar    metric wanted by district too
-- $end_month         date       last month of the period
-- $districts         varchar[]  districts counted; empty means all in scope
-- $compound_types    varchar[]  compound types counted; empty means all
-- $small_cell_limit  integer    fewer people than this are not shown
-- $language          varchar    language of the names, zh or en

with summed as (
    select
        if(grouping(metric_months.district_code) = 1, 'selection', 'district') as level,
        metric_months.metric,
        metric_months.district_code,
        metric_months.month,
        sum(metric_months.numerator) as numerator,
        sum(metric_months.denominator) as denominator,
    from metric_months
    where metric_months.month between $end_month - to_months(23) and $end_month
        and (len($districts) = 0 or metric_months.district_code in $districts)
        and (len($compound_types) = 0 or metric_months.compound_type in $compound_types)
        and (metric_months.basis <> 'quarter' or month(metric_months.month) % 3 = 0)
    group by grouping sets (
        (metric_months.metric, metric_months.month),
        (metric_months.metric, metric_months.month, metric_months.district_code)
    )
)

select
    summed.level,
    summed.metric,
    summed.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    summed.month,
    if(summed.denominator is null, summed.numerator, summed.numerator / nullif(summed.denominator, 0)) as value,
    summed.numerator,
    summed.denominator,
from summed
left join region_facts on summed.district_code = region_facts.region_code
where (summed.level = 'selection' or (summed.metric = $metric and summed.district_code is not null))
    and (
        summed.metric <> 'starred_member_share'
        or least(summed.numerator, summed.denominator - summed.numerator) not between 1 and $small_cell_limit - 1
    )
order by summed.level desc, summed.metric, summed.district_code, summed.month
