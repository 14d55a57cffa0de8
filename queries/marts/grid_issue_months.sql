-- Resident issues counted by grid and month, on the micro-grid or grid that reported them: one row per grid
-- and month.

with reported as (
    select
        grid_code,
        reported_month as month,
        count(*) as reported_count,
        count(*) filter (where is_responded_on_time) as responded_on_time_count,
    from issue_facts
    where grid_code is not null
    group by grid_code, reported_month
),

due as (
    select
        grid_code,
        due_month as month,
        count(*) as due_count,
        count(*) filter (where is_closed) as closed_count,
        count(*) filter (where is_ontime_closed) as ontime_closed_count,
        count(*) filter (where is_due_resolved) as due_resolved_count,
    from issue_facts
    where grid_code is not null
        and due_month is not null
    group by grid_code, due_month
),

finished as (
    select
        grid_code,
        finished_month as month,
        count(*) as finished_count,
        count(*) filter (where is_overnight) as overnight_count,
        count(*) filter (where is_reworked) as rework_count,
        count(*) filter (where is_resolved) as resolved_count,
        count(*) filter (where is_compound_resolved) as resolved_compound_count,
        count(*) filter (where is_revisited) as revisited_count,
        count(*) filter (where is_satisfied) as satisfied_count,
    from issue_facts
    where grid_code is not null
        and finished_month is not null
    group by grid_code, finished_month
),

registered as (
    select
        grid_code,
        registered_month as month,
        count(*) as registered_count,
        count(*) filter (where is_extended) as extended_count,
    from issue_facts
    where grid_code is not null
        and registered_month is not null
    group by grid_code, registered_month
),

published as (
    select
        count(is_responded_on_time) > 0 as has_responses,
        count(is_reworked) > 0 as has_reworks,
        count(is_extended) > 0 as has_extensions,
    from issue_facts
)

select
    grid_code,
    grids.community_code,
    left(grids.community_code, 9) || '000' as subdistrict_code,
    grids.district_code,
    month,
    coalesce(reported_count, 0) as reported_count,
    if(published.has_responses, coalesce(responded_on_time_count, 0), null) as responded_on_time_count,
    coalesce(due_count, 0) as due_count,
    coalesce(closed_count, 0) as closed_count,
    coalesce(ontime_closed_count, 0) as ontime_closed_count,
    coalesce(due_resolved_count, 0) as due_resolved_count,
    coalesce(finished_count, 0) as finished_count,
    coalesce(overnight_count, 0) as overnight_count,
    if(published.has_reworks, coalesce(rework_count, 0), null) as rework_count,
    coalesce(resolved_count, 0) as resolved_count,
    coalesce(resolved_compound_count, 0) as resolved_compound_count,
    coalesce(revisited_count, 0) as revisited_count,
    coalesce(satisfied_count, 0) as satisfied_count,
    coalesce(registered_count, 0) as registered_count,
    if(published.has_extensions, coalesce(extended_count, 0), null) as extended_count,
from reported
full outer join due using (grid_code, month)
full outer join finished using (grid_code, month)
full outer join registered using (grid_code, month)
cross join published
inner join grids using (grid_code)
order by grids.district_code nulls first, month, grid_code
