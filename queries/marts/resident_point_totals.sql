-- Points that residents earned and redeemed: one row per district and month.
--
-- A district and month with fewer people than the limit for small cells leaves people and points out.

with summed as (
    select
        district_code,
        month,
        count(points_earned) as community_count,
        sum(participants) as people,
        sum(points_earned) as points_earned,
        sum(points_redeemed) as points_redeemed,
    from resident_point_months
    where district_code is not null
    group by district_code, month
)

select
    summed.district_code,
    summed.month,
    summed.community_count,
    cast(summed.people as bigint) as people,
    summed.points_earned,
    summed.points_redeemed,
from summed
cross join place_facts
where summed.people >= place_facts.small_cell_limit
order by summed.district_code, summed.month
