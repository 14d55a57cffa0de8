-- Events of public safety and what became of them: one row per month, district, type of compound, kind and finder.
--
-- The type is null for an event outside compounds or in one that is not named.

select
    cast(date_trunc('month', safety_events.occurred_date) as date) as month,
    safety_events.district_code,
    compounds.compound_type,
    safety_events.kind,
    safety_events.found_by,
    count(*) as event_count,
    count(*) filter (where safety_events.outcome = 'resolved') as resolved_count,
    count(*) filter (where safety_events.outcome = 'handed_over') as handed_over_count,
    count(*) filter (where safety_events.outcome = 'open') as open_count,
    sum(safety_events.closed_date - safety_events.occurred_date)
    filter (where safety_events.outcome = 'resolved') as resolving_days,
    count(safety_events.closed_date) filter (where safety_events.outcome = 'resolved') as timed_count,
from safety_events
left join compounds on safety_events.compound_id = compounds.compound_id
group by all
order by month, safety_events.district_code, compounds.compound_type, safety_events.kind, safety_events.found_by
