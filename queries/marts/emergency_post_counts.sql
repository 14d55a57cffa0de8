-- Members with a post in an emergency at the as-of date: one row per district and post.

select
    place_facts.as_of,
    members.district_code,
    members.emergency_post,
    count(*) as member_count,
from members
cross join place_facts
where members.emergency_post is not null
group by all
order by members.district_code, members.emergency_post
