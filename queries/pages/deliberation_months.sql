-- Talks by month, two years up to the end of the period: one row per month. A month without a talk is a zero.
--
-- $end_month       date       last month shown
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

with months as (
    select unnest(two_years(min(month), $end_month)) as month
    from deliberation_months
),

counted as (
    select
        month,
        sum(session_count) as session_count,
        sum(topic_count) as topic_count,
    from deliberation_months
    where facet = 'all'
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by month
)

select
    months.month,
    coalesce(cast(counted.session_count as bigint), 0) as session_count,
    coalesce(cast(counted.topic_count as bigint), 0) as topic_count,
from months
left join counted on months.month = counted.month
order by months.month
