-- Topics of talks by place and month held, and what became of them: one row per community, compound (null: none named)
-- and month.
--
-- Counted as in deliberation_months, whose facets this mart does not tell apart.

select
    deliberations.community_code,
    deliberations.district_code,
    deliberations.compound_id,
    compound_facts.compound_type,
    cast(date_trunc('month', deliberations.held_date) as date) as month,
    count(deliberations.attendee_count) as attendance_known_count,
    cast(sum(deliberations.attendee_count) as bigint) as attendance,
    count(deliberations.is_pre_reviewed) as pre_review_known_count,
    count(*) filter (where deliberations.is_pre_reviewed) as pre_reviewed_count,
    count(deliberations.steps_reached) as steps_known_count,
    count(*) filter (where deliberations.steps_reached >= 6) as step_6_count,
    count(deliberations.decision_steps_reached) as decision_known_count,
    count(*) filter (where deliberations.decision_steps_reached >= 4) as decision_4_count,
    count(deliberations.is_resolved) as resolution_known_count,
    count(*) filter (where deliberations.is_resolved) as resolved_count,
    count(deliberations.published_date) filter (where deliberations.is_resolved) as result_published_count,
    count(deliberations.is_followed_up) filter (where deliberations.is_resolved) as follow_up_known_count,
    count(*) filter (where deliberations.is_resolved and deliberations.is_followed_up) as followed_up_count,
from deliberations
left join compound_facts on deliberations.compound_id = compound_facts.compound_id
group by all
order by month, community_code, compound_id
