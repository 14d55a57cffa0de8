-- Tasks of communities by where they come from: one row per district, origin, phase and month of handing over.
--
-- on_time counts tasks whose due date has passed by the as-of date. A plan is complete with all four elements.

select
    tasks.district_code,
    tasks.task_origin,
    tasks.phase,
    cast(date_trunc('month', tasks.assigned_date) as date) as month,
    count(*) as task_count,
    count(*) filter (where tasks.is_listed) as listed_count,
    count(tasks.is_listed) as listed_known_count,
    count(*) filter (where tasks.is_admitted) as admitted_count,
    count(*) filter (where not tasks.is_admitted) as refused_count,
    count(*) filter (where tasks.due_date <= place_facts.as_of and coalesce(tasks.is_admitted, true)) as due_count,
    count(*) filter (
        where tasks.due_date <= place_facts.as_of
            and coalesce(tasks.is_admitted, true)
            and tasks.completed_date <= tasks.due_date
    ) as ontime_count,
    count(*) filter (where tasks.plan_item_count = 4) as complete_plan_count,
    count(tasks.plan_item_count) as plan_known_count,
from tasks
cross join place_facts
group by tasks.district_code, tasks.task_origin, tasks.phase, month
order by month, tasks.district_code, tasks.task_origin, tasks.phase
