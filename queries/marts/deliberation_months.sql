-- Talks and what became of their topics by month held: one row per district, compound type, month and facet.
--
-- facet says what a row tells apart beside them: 'all' nothing, 'topic' the topic, 'way' kind and channel, 'matter'
-- the major matter, 'delay' the days from the talk to the publication of the result. Rows of one facet add up.
-- What became of a topic is what is known at the as-of date. A *_known_count is how many topics report it at all.

with topics as (
    select
        deliberations.district_code,
        compound_facts.compound_type,
        cast(date_trunc('month', deliberations.held_date) as date) as month,
        deliberations.topic,
        deliberations.kind,
        deliberations.channel,
        deliberations.major_matter,
        published_date - held_date as delay_days,
        deliberations.steps_reached,
        deliberations.decision_steps_reached,
        deliberations.attendee_count,
        deliberations.is_pre_reviewed,
        deliberations.is_resolved,
        deliberations.published_date,
        deliberations.is_followed_up,
        (
            deliberations.held_date,
            deliberations.community_code,
            coalesce(deliberations.compound_id, ''),
            coalesce(deliberations.kind, '')
        ) as session,
    from deliberations
    left join compound_facts on deliberations.compound_id = compound_facts.compound_id
),

facets as (
    select 'all' as facet, null as topic, null as kind, null as channel, null as major_matter, null as delay_days,
        topics.* exclude (topic, kind, channel, major_matter, delay_days),
    from topics
    union all
    select 'topic' as facet, topic, null, null, null, null,
        topics.* exclude (topic, kind, channel, major_matter, delay_days),
    from topics
    union all
    select 'way' as facet, null, kind, channel, null, null,
        topics.* exclude (topic, kind, channel, major_matter, delay_days),
    from topics
    union all
    select 'matter' as facet, null, null, null, major_matter, null,
        topics.* exclude (topic, kind, channel, major_matter, delay_days),
    from topics
    where major_matter is not null
    union all
    select 'delay' as facet, null, null, null, null, delay_days,
        topics.* exclude (topic, kind, channel, major_matter, delay_days),
    from topics
    where is_resolved and published_date is not null
)

select
    facet,
    district_code,
    compound_type,
    month,
    topic,
    kind,
    channel,
    major_matter,
    delay_days,
    count(distinct session) as session_count,
    count(*) as topic_count,
    count(steps_reached) as steps_known_count,
    count(*) filter (where steps_reached >= 1) as step_1_count,
    count(*) filter (where steps_reached >= 2) as step_2_count,
    count(*) filter (where steps_reached >= 3) as step_3_count,
    count(*) filter (where steps_reached >= 4) as step_4_count,
    count(*) filter (where steps_reached >= 5) as step_5_count,
    count(*) filter (where steps_reached >= 6) as step_6_count,
    count(decision_steps_reached) as decision_known_count,
    count(*) filter (where decision_steps_reached >= 1) as decision_1_count,
    count(*) filter (where decision_steps_reached >= 2) as decision_2_count,
    count(*) filter (where decision_steps_reached >= 3) as decision_3_count,
    count(*) filter (where decision_steps_reached >= 4) as decision_4_count,
    count(is_pre_reviewed) as pre_review_known_count,
    count(*) filter (where is_pre_reviewed) as pre_reviewed_count,
    count(is_resolved) as resolution_known_count,
    count(*) filter (where is_resolved) as resolved_count,
    count(*) filter (where is_resolved and published_date is not null) as result_published_count,
    count(*) filter (where is_resolved and is_followed_up is not null) as follow_up_known_count,
    count(*) filter (where is_resolved and is_followed_up) as followed_up_count,
    count(attendee_count) as attendance_known_count,
    sum(attendee_count) as attendance,
from facets
group by all
order by facet, month, district_code, compound_type, topic, kind, channel, major_matter, delay_days
