-- Posts held by cross-appointment: one row per district, compound type, sides, first and last day.
--
-- Compound type is null for a post that names no compound. A first day not reported counts as always held.

select
    cross_posts.district_code,
    compound_facts.compound_type,
    cross_posts.from_side,
    cross_posts.to_side,
    cross_posts.started_date,
    cross_posts.ended_date,
    count(*) as post_count,
from cross_posts
left join compound_facts on cross_posts.compound_id = compound_facts.compound_id
group by all
order by all
