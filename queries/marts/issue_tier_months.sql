-- Resident issues by difficulty through the loop: one row per district, compound type, tier and month.
--
-- Counts belong to the month of their own moment, as in issue_facts: reporting, due date, closing.

with typed as (
    select
        issue_facts.*,
        coalesce(issue_facts.district_code, '') as district_key,
        coalesce(compound_facts.compound_type, '') as type_key,
        coalesce(issue_facts.tier, '') as tier_key,
    from issue_facts
    left join compound_facts on issue_facts.compound_id = compound_facts.compound_id
),

reported as (
    select
        district_key,
        type_key,
        tier_key,
        reported_month as month,
        count(*) as reported_count,
        count(*) filter (where is_void) as void_count,
    from typed
    group by district_key, type_key, tier_key, reported_month
),

due as (
    select
        district_key,
        type_key,
        tier_key,
        due_month as month,
        count(*) as due_count,
        count(*) filter (where is_ontime_closed) as ontime_closed_count,
    from typed
    where due_month is not null
    group by district_key, type_key, tier_key, due_month
),

finished as (
    select
        district_key,
        type_key,
        tier_key,
        finished_month as month,
        count(*) as finished_count,
        count(*) filter (where is_overnight) as overnight_count,
        count(*) filter (where is_resolved) as resolved_count,
        count(*) filter (where is_compound_resolved) as compound_count,
        count(*) filter (where is_resolved and resolved_level in ('subdistrict', 'department')) as raised_count,
    from typed
    where finished_month is not null
    group by district_key, type_key, tier_key, finished_month
)

select
    nullif(district_key, '') as district_code,
    nullif(type_key, '') as compound_type,
    nullif(tier_key, '') as tier,
    month,
    coalesce(reported_count, 0) as reported_count,
    coalesce(void_count, 0) as void_count,
    coalesce(due_count, 0) as due_count,
    coalesce(ontime_closed_count, 0) as ontime_closed_count,
    coalesce(finished_count, 0) as finished_count,
    coalesce(overnight_count, 0) as overnight_count,
    coalesce(resolved_count, 0) as resolved_count,
    coalesce(compound_count, 0) as compound_count,
    coalesce(raised_count, 0) as raised_count,
from reported
full outer join due using (district_key, type_key, tier_key, month)
full outer join finished using (district_key, type_key, tier_key, month)
order by month, district_key, type_key, tier_key
