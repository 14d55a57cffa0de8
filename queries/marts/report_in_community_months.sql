-- Report-ins and posts claimed by community and month: one row per community and month in which there was either.
--
-- A report-in of a member is a person-time, one of a unit a visit: two counts, never added. What became of a claim
-- is what is known at the as-of date, which a claim is due after 30 days; a *_known_count is how many rows report it at all. Hours are null where none
-- are reported.

with reported as (
    select
        community_code,
        cast(date_trunc('month', reported_date) as date) as month,
        any_value(district_code) as district_code,
        count(*) filter (where party = 'member') as member_count,
        count(*) filter (where party = 'member' and mode = 'routine') as member_routine_count,
        count(*) filter (where party = 'member' and mode = 'emergency') as member_emergency_count,
        count(*) filter (where party = 'member' and hours > 0) as member_served_count,
        sum(hours) filter (where party = 'member') as member_hours,
        count(*) filter (where party = 'unit') as unit_count,
        count(*) filter (where party = 'unit' and mode = 'routine') as unit_routine_count,
        count(*) filter (where party = 'unit' and mode = 'emergency') as unit_emergency_count,
        sum(hours) filter (where party = 'unit') as unit_hours,
    from report_ins
    group by community_code, cast(date_trunc('month', reported_date) as date)
),

claimed as (
    select
        community_code,
        cast(date_trunc('month', claimed_date) as date) as month,
        any_value(district_code) as district_code,
        count(*) as claim_count,
        count(completed_date) as completed_count,
        count(*) filter (where claimed_date <= place_facts.as_of - 30) as due_count,
        count(completed_date) filter (where claimed_date <= place_facts.as_of - 30) as due_completed_count,
        count(evidence_count) as evidence_known_count,
        count(*) filter (where evidence_count > 0) as evidenced_count,
        count(rating) as rated_count,
        sum(rating) as rating_sum,
        sum(rating * rating) as rating_square_sum,
    from post_claims
    cross join place_facts
    group by community_code, cast(date_trunc('month', claimed_date) as date)
)

select
    coalesce(reported.community_code, claimed.community_code) as community_code,
    coalesce(reported.month, claimed.month) as month,
    coalesce(reported.district_code, claimed.district_code) as district_code,
    coalesce(reported.member_count, 0) as member_count,
    coalesce(reported.member_routine_count, 0) as member_routine_count,
    coalesce(reported.member_emergency_count, 0) as member_emergency_count,
    coalesce(reported.member_served_count, 0) as member_served_count,
    reported.member_hours,
    coalesce(reported.unit_count, 0) as unit_count,
    coalesce(reported.unit_routine_count, 0) as unit_routine_count,
    coalesce(reported.unit_emergency_count, 0) as unit_emergency_count,
    reported.unit_hours,
    coalesce(claimed.claim_count, 0) as claim_count,
    coalesce(claimed.completed_count, 0) as completed_count,
    coalesce(claimed.due_count, 0) as due_count,
    coalesce(claimed.due_completed_count, 0) as due_completed_count,
    coalesce(claimed.evidence_known_count, 0) as evidence_known_count,
    coalesce(claimed.evidenced_count, 0) as evidenced_count,
    coalesce(claimed.rated_count, 0) as rated_count,
    cast(coalesce(claimed.rating_sum, 0) as bigint) as rating_sum,
    cast(coalesce(claimed.rating_square_sum, 0) as bigint) as rating_square_sum,
from reported
full join claimed
    on reported.community_code = claimed.community_code
    and reported.month = claimed.month
order by community_code, month
