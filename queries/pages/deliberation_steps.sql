-- How far topics of the period came by the as-of date: one row per process (six steps, four steps of a decision)
-- and step, with the topics that reached it among those that report the process.
--
-- $start_month     date       first month of the period
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

with summed as (
    select
        sum(steps_known_count) as steps_known,
        sum(decision_known_count) as decision_known,
        [
            sum(step_1_count), sum(step_2_count), sum(step_3_count),
            sum(step_4_count), sum(step_5_count), sum(step_6_count)
        ] as steps,
        [
            sum(decision_1_count), sum(decision_2_count), sum(decision_3_count), sum(decision_4_count)
        ] as decisions,
    from deliberation_months
    where facet = 'all'
        and month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
),

listed as (
    select 'six_steps' as process, unnest(range(1, 7)) as talk_step, unnest(steps) as reached, steps_known as known
    from summed
    union all
    select 'decision' as process, unnest(range(1, 5)) as talk_step, unnest(decisions) as reached, decision_known as known
    from summed
)

select
    process,
    talk_step,
    cast(reached as bigint) as reached_count,
    cast(known as bigint) as known_topic_count,
    reached / known as reached_share,
from listed
where known > 0
order by process desc, talk_step
