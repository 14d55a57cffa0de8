-- Resident issues counted by place and month: one row per compound and month; issues that name no compound
-- stand in one row per community and month, with compound_id null.

with located as (
    select
        coalesce(issue_facts.compound_id, left(issue_facts.grid_code, 12), '') as place_key,
        issue_facts.compound_id is not null as has_compound,
        coalesce(issue_facts.district_code, '') as district_key,
        issue_facts.*,
    from issue_facts
),

reported as (
    select
        place_key,
        has_compound,
        district_key,
        reported_month as month,
        count(*) as reported_count,
        count(*) filter (where is_responded_on_time) as responded_on_time_count,
    from located
    group by place_key, has_compound, district_key, reported_month
),

due as (
    select
        place_key,
        has_compound,
        district_key,
        due_month as month,
        count(*) as due_count,
        count(*) filter (where is_closed) as closed_count,
        count(*) filter (where is_ontime_closed) as ontime_closed_count,
        count(*) filter (where is_due_resolved) as due_resolved_count,
    from located
    where due_month is not null
    group by place_key, has_compound, district_key, due_month
),

finished as (
    select
        place_key,
        has_compound,
        district_key,
        finished_month as month,
        count(*) as finished_count,
        count(*) filter (where is_overnight) as overnight_count,
        count(*) filter (where is_reworked) as rework_count,
        count(*) filter (where is_resolved) as resolved_count,
        count(*) filter (where is_compound_resolved) as resolved_compound_count,
        count(*) filter (where is_revisited) as revisited_count,
        count(*) filter (where is_satisfied) as satisfied_count,
    from located
    where finished_month is not null
    group by place_key, has_compound, district_key, finished_month
),

registered as (
    select
        place_key,
        has_compound,
        district_key,
        registered_month as month,
        count(*) as registered_count,
        count(*) filter (where is_extended) as extended_count,
    from located
    where registered_month is not null
    group by place_key, has_compound, district_key, registered_month
),

published as (
    select
        count(is_responded_on_time) > 0 as has_responses,
        count(is_reworked) > 0 as has_reworks,
        count(is_extended) > 0 as has_extensions,
    from issue_facts
)

select
    if(has_compound, place_key, null) as compound_id,
    compound_facts.compound_type,
    coalesce(compound_facts.community_code, nullif(place_key, '')) as community_code,
    coalesce(compound_facts.subdistrict_code, left(nullif(place_key, ''), 9) || '000') as subdistrict_code,
    nullif(district_key, '') as district_code,
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
full outer join due using (place_key, has_compound, district_key, month)
full outer join finished using (place_key, has_compound, district_key, month)
full outer join registered using (place_key, has_compound, district_key, month)
cross join published
left join compound_facts on has_compound and place_key = compound_facts.compound_id
order by month, place_key, has_compound
