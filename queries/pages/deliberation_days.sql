-- Talks by day against the place's rule: one row per day of the period; a day without a talk is a zero.
--
-- $start_month     date       first month shown
-- $end_month       date       last month shown
-- $rule_days       integer[]  days of the month on which talks are to be held; empty without such a rule
-- $rule_weekdays   integer[]  weekdays (1 Monday to 7 Sunday) on which they may be held instead; empty for none
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

with days as (
    select cast(unnest(generate_series($start_month, last_day($end_month), interval 1 day)) as date) as day
),

counted as (
    select
        held_date,
        sum(session_count) as session_count,
        sum(topic_count) as topic_count,
    from deliberation_days
    where held_date between $start_month and last_day($end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by held_date
)

select
    days.day,
    coalesce(cast(counted.session_count as bigint), 0) as session_count,
    coalesce(cast(counted.topic_count as bigint), 0) as topic_count,
    day(days.day) in $rule_days or isodow(days.day) in $rule_weekdays as is_rule_day,
from days
inner join place_facts on days.day <= place_facts.as_of
left join counted on days.day = counted.held_date
order by days.day
