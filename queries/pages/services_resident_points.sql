-- How many points do residents earn and redeem? One row per month, two years up to the end of the period.
--
-- $end_month  date       last month shown
-- $districts  varchar[]  districts counted; empty means all in scope

select
    month,
    cast(sum(community_count) as bigint) as point_communities,
    cast(sum(people) as bigint) as point_participants,
    sum(points_earned) as resident_points_earned,
    sum(points_redeemed) as resident_points_redeemed,
    sum(sum(points_earned) - sum(points_redeemed)) over (order by month) as resident_points_left,
from resident_point_totals
where month <= $end_month
    and (len($districts) = 0 or district_code in $districts)
group by month
qualify month > $end_month - interval 24 month
order by month
