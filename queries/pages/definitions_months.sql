-- From which month to which each metric has data: one row per metric.
--
-- $districts       varchar[]  districts looked at; empty means all in scope
-- $compound_types  varchar[]  compound types looked at; empty means all

select
    metric,
    min(month) as first_month,
    max(month) as last_month,
from metric_months
where numerator is not null
    and (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by metric
order by metric
