-- Which tasks communities are given and which they may refuse: one row per origin of the tasks.
--
-- Admitted and refused are null where nothing was decided: a community's own tasks need no admission.
--
-- $start_month           date       first month counted
-- $end_month             date       last month counted
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope

with sums as (
    select
        task_origin,
        coalesce(sum(task_count) filter (where month >= $start_month), 0) as task_count,
        coalesce(sum(task_count) filter (where month < $start_month), 0) as previous_task_count,
        sum(listed_count) filter (where month >= $start_month) as listed_count,
        sum(listed_known_count) filter (where month >= $start_month) as listed_known_count,
        coalesce(sum(admitted_count) filter (where month >= $start_month), 0) as admitted_count,
        coalesce(sum(refused_count) filter (where month >= $start_month), 0) as refused_count,
        sum(due_count) filter (where month >= $start_month) as due_count,
        sum(ontime_count) filter (where month >= $start_month) as ontime_count,
    from task_months
    where (month between $start_month and $end_month or month between $previous_start_month and $previous_end_month)
        and (len($districts) = 0 or district_code in $districts)
    group by task_origin
),

communities as (
    select count(*) as community_count
    from region_facts
    where level = 'community'
        and (len($districts) = 0 or district_code in $districts)
)

select
    sums.task_origin,
    cast(sums.task_count as bigint) as task_count,
    cast(sums.previous_task_count as bigint) as previous_task_count,
    sums.task_count / nullif(communities.community_count, 0) as tasks_per_community,
    sums.listed_count / nullif(sums.listed_known_count, 0) as listed_rate,
    if(sums.admitted_count + sums.refused_count = 0, null, cast(sums.admitted_count as bigint)) as admitted_task_count,
    if(sums.admitted_count + sums.refused_count = 0, null, cast(sums.refused_count as bigint)) as refused_task_count,
    sums.ontime_count / nullif(sums.due_count, 0) as task_ontime_rate,
from sums
cross join communities
order by list_position(['community', 'subdistrict', 'department'], sums.task_origin)
