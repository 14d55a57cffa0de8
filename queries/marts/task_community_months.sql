-- Tasks of communities by the month they were handed over: one row per community and month.
--
-- Counted as in task_months: due are tasks whose due date has passed by the as-of date, refused ones are not.

select
    tasks.community_code,
    tasks.district_code,
    cast(date_trunc('month', tasks.assigned_date) as date) as month,
    count(*) as task_count,
    count(*) filter (where tasks.is_listed) as listed_count,
    count(tasks.is_listed) as listed_known_count,
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
group by all
order by month, community_code
