-- What is talked about and what becomes of it: one row per topic of the profile; null is not reported.
--
-- $start_month     date       first month of the period
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    topic,
    cast(sum(topic_count) as bigint) as topic_count,
    sum(topic_count) / sum(sum(topic_count)) over () as topic_share,
    sum(pre_reviewed_count) / nullif(sum(pre_review_known_count), 0) as pre_review_rate,
    sum(step_6_count) / nullif(sum(steps_known_count), 0) as all_steps_rate,
    sum(resolved_count) / nullif(sum(resolution_known_count), 0) as topic_resolution_rate,
    sum(result_published_count) / nullif(sum(resolved_count), 0) as result_publication_rate,
    sum(followed_up_count) / nullif(sum(follow_up_known_count), 0) as follow_up_rate,
    cast(sum(attendance) as bigint) as attendance,
from deliberation_months
where facet = 'topic'
    and month between $start_month and $end_month
    and (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by topic
order by topic_count desc, topic
