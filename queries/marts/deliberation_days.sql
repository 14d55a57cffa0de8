-- Talks by day: one row per day, district and compound type on which one was held.
--
-- A session is one kind of talk at one place (compound, else community) on one day, whatever the number of topics.

select
    deliberations.district_code,
    compound_facts.compound_type,
    deliberations.held_date,
    count(distinct (
        deliberations.community_code,
        coalesce(deliberations.compound_id, ''),
        coalesce(deliberations.kind, '')
    )) as session_count,
    count(*) as topic_count,
from deliberations
left join compound_facts on deliberations.compound_id = compound_facts.compound_id
group by all
order by all
