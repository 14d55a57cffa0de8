-- Major property matters talked about, and how they were decided: one row per kind of matter.
--
-- $start_month     date       first month of the period
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    major_matter,
    cast(sum(topic_count) as bigint) as topic_count,
    sum(pre_reviewed_count) / nullif(sum(pre_review_known_count), 0) as pre_review_rate,
    sum(decision_4_count) / nullif(sum(decision_known_count), 0) as decision_rate,
    sum(resolved_count) / nullif(sum(resolution_known_count), 0) as topic_resolution_rate,
    sum(result_published_count) / nullif(sum(resolved_count), 0) as result_publication_rate,
from deliberation_months
where facet = 'matter'
    and month between $start_month and $end_month
    and (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by major_matter
order by topic_count desc, major_matter
