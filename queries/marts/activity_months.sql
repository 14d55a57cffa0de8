-- Service activities: one row per district, compound type, month and facet.
--
-- facet says what a row tells apart beside them: 'kind' kind and colour, 'outcome' what was achieved. Rows of one facet
-- add up. People stand for those who took part in one session, person-times for those served; they are never added.
-- People below the limit for small cells are left out together with their sessions.

with activities as (
    select
        service_activities.district_code,
        compound_facts.compound_type,
        cast(date_trunc('month', service_activities.held_date) as date) as month,
        service_activities.kind,
        service_activities.colour,
        service_activities.outcome_kind,
        service_activities.outcome_count,
        service_activities.participant_count,
        service_activities.person_times,
    from service_activities
    left join compound_facts on service_activities.compound_id = compound_facts.compound_id
),

facets as (
    select 'kind' as facet, kind, colour, null as outcome_kind,
        activities.* exclude (kind, colour, outcome_kind),
    from activities
    union all
    select 'outcome' as facet, null, null, outcome_kind,
        activities.* exclude (kind, colour, outcome_kind),
    from activities
    where outcome_kind is not null
),

summed as (
    select
        facet,
        district_code,
        compound_type,
        month,
        kind,
        colour,
        outcome_kind,
        count(*) as session_count,
        count(participant_count) as people_known_count,
        sum(participant_count) as people,
        count(person_times) as times_known_count,
        sum(person_times) as person_times,
        sum(outcome_count) as outcome_amount,
    from facets
    group by all
)

select
    summed.facet,
    summed.district_code,
    summed.compound_type,
    summed.month,
    summed.kind,
    summed.colour,
    summed.outcome_kind,
    summed.session_count,
    if(summed.people >= place_facts.small_cell_limit, summed.people_known_count, 0) as people_known_count,
    cast(if(summed.people >= place_facts.small_cell_limit, summed.people, null) as bigint) as people,
    summed.times_known_count,
    cast(summed.person_times as bigint) as person_times,
    summed.outcome_amount,
from summed
cross join place_facts
order by
    summed.facet,
    summed.month,
    summed.district_code,
    summed.compound_type,
    summed.kind,
    summed.colour,
    summed.outcome_kind
