-- Redemption ledger: one row per half-year, district and compound type.
--
-- member_count is the number of members behind the points: the larger of the half-year's quarters.

with quarter_members as (
    select
        org_id,
        cast(date_trunc('year', quarter) + interval 6 months * (extract('quarter' from quarter) // 3) as date) as half,
        quarter,
        sum(member_count) as member_count,
    from pioneer_quarters
    group by all
),

half_members as (
    select
        org_id,
        half,
        max(member_count) as member_count,
    from quarter_members
    group by org_id, half
)

select
    pioneer_halves.half,
    coalesce(pioneer_halves.district_code, 'none') as district_code,
    coalesce(pioneer_halves.compound_type, 'none') as compound_type,
    sum(half_members.member_count) as member_count,
    sum(pioneer_halves.redeeming_member_count) as redeeming_member_count,
    sum(pioneer_halves.earned_points) as earned_points,
    sum(pioneer_halves.redeemed_points) as redeemed_points,
    sum(pioneer_halves.balance_points) as balance_points,
from pioneer_halves
inner join half_members
    on pioneer_halves.org_id = half_members.org_id
    and pioneer_halves.half = half_members.half
group by all
order by all
