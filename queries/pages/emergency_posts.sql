-- Members with a post in an emergency: one row per as-of date, district and post.

select
    cast(as_of as timestamp) as as_of,
    coalesce(district_code, 'none') as district_code,
    emergency_post,
    member_count,
from emergency_post_counts
order by district_code, emergency_post
