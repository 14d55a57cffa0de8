-- Rated members by the unit they work for: one row per unit, district of their branch, quarter and band; members of no
-- unit stand under unit_id null.

select
    members.unit_id,
    member_quarters.district_code,
    member_quarters.quarter,
    member_quarters.band,
    count(*) as member_count,
    round(sum(member_quarters.score), 6) as score_sum,
from member_quarters
inner join members on member_quarters.member_id = members.member_id
where member_quarters.band in ('starred', 'qualified', 'warning')
group by members.unit_id, member_quarters.district_code, member_quarters.quarter, member_quarters.band
order by members.unit_id, member_quarters.district_code, member_quarters.quarter, member_quarters.band
