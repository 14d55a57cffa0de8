-- How did the metrics of one district of the map, of those chosen or of everything in scope run over the 24 months up to
-- the end of the period? One row per metric and month; the fortress index stands in the first month of its quarter.
--
-- A month with nothing to count has no row, nor have states that are known as of the edition alone.
--
-- $unit            varchar    code of the district; '' for none
-- $unit_metrics    varchar[]  codes of the metrics that districts have
-- $end_month       date       last month shown
-- $districts       varchar[]  districts that stand for the unit where none is named; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

with summed as (
    select
        metric,
        month,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
    from metric_months
    where metric in $unit_metrics
        and month between date_trunc('quarter', $end_month - to_months(23)) and $end_month
        and if(basis = 'quarter', month(month) % 3 = 1, month >= $end_month - to_months(23))
        and (basis <> 'moment' or metric = 'organisation_coverage')
        and if($unit = '', len($districts) = 0 or district_code in $districts, district_code = $unit)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by metric, month
)

select
    metric,
    month,
    numerator / coalesce(denominator, 1) as value,
    numerator,
    denominator,
from summed
order by list_position($unit_metrics, metric), month
