-- Issues passed on from one level to another: one row per district, compound type, month, level before and after.
--
-- The month is that of passing on. held_hours is the time at the level before, over the transitions that report it.

select
    issue_events.district_code,
    compound_facts.compound_type,
    cast(date_trunc('month', issue_events.occurred_at) as date) as month,
    issue_events.from_level,
    issue_events.to_level,
    count(*) as passed_count,
    sum(issue_events.held_hours) as held_hours,
    count(issue_events.held_hours) as held_count,
from issue_events
left join compound_facts on issue_events.compound_id = compound_facts.compound_id
where issue_events.from_level <> issue_events.to_level
group by
    issue_events.district_code, compound_facts.compound_type, month, issue_events.from_level, issue_events.to_level
order by month, issue_events.district_code, compound_facts.compound_type, issue_events.from_level, issue_events.to_level
