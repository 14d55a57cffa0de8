-- Drills by month, two years up to the end of the period: one row per month. A month without a drill is a zero.
--
-- $end_month  date       last month shown
-- $districts  varchar[]  districts counted; empty means all in scope

with months as (
    select unnest(two_years(min(month), $end_month)) as month
    from drill_months
),

counted as (
    select
        month,
        sum(drill_count) as drill_count,
        sum(not_met_count) as not_met_count,
    from drill_months
    where facet = 'all'
        and (len($districts) = 0 or district_code in $districts)
    group by month
)

select
    months.month,
    coalesce(cast(counted.drill_count as bigint), 0) as drill_count,
    coalesce(cast(counted.not_met_count as bigint), 0) as drill_not_met_count,
from months
left join counted on months.month = counted.month
order by months.month
