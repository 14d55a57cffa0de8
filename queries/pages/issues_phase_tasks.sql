-- Are tasks planned before, during and after the event, and done in time? One row per phase; null is not reported.
--
-- $start_month  date       first month counted
-- $end_month    date       last month counted
-- $districts    varchar[]  districts counted; empty means all in scope

select
    phase,
    cast(sum(task_count) as bigint) as task_count,
    sum(complete_plan_count) / nullif(sum(plan_known_count), 0) as complete_plan_rate,
    cast(sum(due_count) as bigint) as due_task_count,
    sum(ontime_count) / nullif(sum(due_count), 0) as task_ontime_rate,
from task_months
where month between $start_month and $end_month
    and (len($districts) = 0 or district_code in $districts)
group by phase
order by list_position(['before', 'during', 'after'], phase) nulls last
