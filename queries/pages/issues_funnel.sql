-- How far the issues reported in the period have come, and those of the period before: one row per step of
-- handling, with the voided ones apart in a row of their own.
--
-- A step counts where its own time is on record; its share is that of the issues reported that are not void. The
-- share of void issues is that of all reported.
--
-- $start_month           date       first month counted
-- $end_month             date       last month counted
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all

with sums as (
    select
        month >= $start_month as is_present,
        sum(reported_count) as all_count,
        sum(void_count) as void_count,
        sum(reached_accepted_count) as accepted_count,
        sum(reached_registered_count) as registered_count,
        sum(reached_dispatched_count) as dispatched_count,
        sum(reached_handled_count) as handled_count,
        sum(reached_checked_count) as checked_count,
        sum(reached_closed_count) as closed_count,
    from issue_flow_months
    where (month between $start_month and $end_month or month between $previous_start_month and $previous_end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by is_present
    having sum(reported_count) > 0
),

steps as (
    select is_present, 1 as position, 'reported' as step, all_count - void_count as step_count, all_count - void_count as base
    from sums
    union all
    select is_present, 2 as position, 'accepted' as step, accepted_count as step_count, all_count - void_count as base
    from sums
    union all
    select is_present, 3 as position, 'registered' as step, registered_count as step_count, all_count - void_count as base
    from sums
    union all
    select is_present, 4 as position, 'dispatched' as step, dispatched_count as step_count, all_count - void_count as base
    from sums
    union all
    select is_present, 5 as position, 'handled' as step, handled_count as step_count, all_count - void_count as base
    from sums
    union all
    select is_present, 6 as position, 'checked' as step, checked_count as step_count, all_count - void_count as base
    from sums
    union all
    select is_present, 7 as position, 'closed' as step, closed_count as step_count, all_count - void_count as base
    from sums
    union all
    select is_present, 8 as position, 'void' as step, void_count as step_count, all_count as base
    from sums
)

select
    step,
    cast(max(step_count) filter (where is_present) as bigint) as step_count,
    max(step_count / nullif(base, 0)) filter (where is_present) as step_share,
    cast(max(step_count) filter (where not is_present) as bigint) as previous_step_count,
    max(step_count / nullif(base, 0)) filter (where not is_present) as previous_step_share,
from steps
group by position, step
having bool_or(is_present)
order by position
