-- How soon results are published: one row per number of days from the talk to the publication, 30 for all above.
--
-- Topics of the period that were resolved; the share is of all those resolved, published or not.
--
-- $start_month     date       first month of the period
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

with selected as (
    select
        facet,
        least(delay_days, 30) as delay_days,
        topic_count,
        resolved_count,
    from deliberation_months
    where facet in ('all', 'delay')
        and month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
),

published as (
    select
        delay_days,
        cast(sum(topic_count) as bigint) as topic_count,
    from selected
    where facet = 'delay'
    group by delay_days
)

select
    delay_days,
    topic_count,
    sum(topic_count) over (order by delay_days)
        / (select sum(resolved_count) from selected where facet = 'all') as published_share,
from published
order by delay_days
