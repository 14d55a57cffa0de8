-- Resident issues by family and phase through the loop: one row per district, compound type, family, phase and
-- month.
--
-- Counts belong to the month of their own moment, as in issue_facts: the steps reached, without void issues, to
-- the month of reporting; what fell due to the month of the due date; levels and revisits to that of closing.
-- A step is null throughout where the place never reports its time, a level where it reports no level.

with typed as (
    select
        issue_facts.* exclude (district_code, family, phase),
        coalesce(issue_facts.district_code, '') as district_key,
        coalesce(compound_facts.compound_type, '') as type_key,
        coalesce(issue_facts.family, '') as family_key,
        coalesce(issue_facts.phase, '') as phase_key,
    from issue_facts
    left join compound_facts on issue_facts.compound_id = compound_facts.compound_id
),

reported as (
    select
        district_key,
        type_key,
        family_key,
        phase_key,
        reported_month as month,
        count(*) as reported_count,
        count(*) filter (where is_void) as void_count,
        count(*) filter (where is_accepted and not is_void) as reached_accepted_count,
        count(*) filter (where is_registered and not is_void) as reached_registered_count,
        count(*) filter (where is_dispatched and not is_void) as reached_dispatched_count,
        count(*) filter (where is_handled and not is_void) as reached_handled_count,
        count(*) filter (where is_checked and not is_void) as reached_checked_count,
        count(*) filter (where is_closed and not is_void) as reached_closed_count,
    from typed
    group by district_key, type_key, family_key, phase_key, reported_month
),

due as (
    select
        district_key,
        type_key,
        family_key,
        phase_key,
        due_month as month,
        count(*) as due_count,
        count(*) filter (where is_closed) as due_closed_count,
        count(*) filter (where is_ontime_closed) as ontime_closed_count,
    from typed
    where due_month is not null
    group by district_key, type_key, family_key, phase_key, due_month
),

finished as (
    select
        district_key,
        type_key,
        family_key,
        phase_key,
        finished_month as month,
        count(*) filter (where is_resolved and resolved_level = 'compound') as compound_count,
        count(*) filter (where is_resolved and resolved_level = 'community') as community_count,
        count(*) filter (where is_resolved and resolved_level = 'subdistrict') as subdistrict_count,
        count(*) filter (where is_resolved and resolved_level = 'department') as department_count,
        count(*) filter (where not is_resolved) as unknown_level_count,
        count(*) filter (where is_revisited) as revisited_count,
        count(*) filter (where is_satisfied) as satisfied_count,
    from typed
    where finished_month is not null
    group by district_key, type_key, family_key, phase_key, finished_month
),

published as (
    select
        bool_or(is_accepted) as has_accepted,
        bool_or(is_registered) as has_registered,
        bool_or(is_dispatched) as has_dispatched,
        bool_or(is_handled) as has_handled,
        bool_or(is_checked) as has_checked,
        count(resolved_level) > 0 as has_levels,
    from issue_facts
)

select
    nullif(district_key, '') as district_code,
    nullif(type_key, '') as compound_type,
    nullif(family_key, '') as family,
    nullif(phase_key, '') as phase,
    month,
    coalesce(reported_count, 0) as reported_count,
    coalesce(void_count, 0) as void_count,
    if(published.has_accepted, coalesce(reached_accepted_count, 0), null) as reached_accepted_count,
    if(published.has_registered, coalesce(reached_registered_count, 0), null) as reached_registered_count,
    if(published.has_dispatched, coalesce(reached_dispatched_count, 0), null) as reached_dispatched_count,
    if(published.has_handled, coalesce(reached_handled_count, 0), null) as reached_handled_count,
    if(published.has_checked, coalesce(reached_checked_count, 0), null) as reached_checked_count,
    coalesce(reached_closed_count, 0) as reached_closed_count,
    coalesce(due_count, 0) as due_count,
    coalesce(due_closed_count, 0) as due_closed_count,
    coalesce(ontime_closed_count, 0) as ontime_closed_count,
    if(published.has_levels, coalesce(compound_count, 0), null) as compound_count,
    if(published.has_levels, coalesce(community_count, 0), null) as community_count,
    if(published.has_levels, coalesce(subdistrict_count, 0), null) as subdistrict_count,
    if(published.has_levels, coalesce(department_count, 0), null) as department_count,
    coalesce(unknown_level_count, 0) as unknown_level_count,
    coalesce(revisited_count, 0) as revisited_count,
    coalesce(satisfied_count, 0) as satisfied_count,
from reported
full outer join due using (district_key, type_key, family_key, phase_key, month)
full outer join finished using (district_key, type_key, family_key, phase_key, month)
cross join published
order by month, district_key, type_key, family_key, phase_key
