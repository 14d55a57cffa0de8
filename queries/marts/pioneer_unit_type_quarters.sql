-- Rated members by the kind of unit they work for: one row per kind, district of their branch, quarter and band; members
-- of no unit stand under unit_type null.

select
    units.unit_type,
    member_quarters.district_code,
    member_quarters.quarter,
    member_quarters.band,
    count(*) as member_count,
    round(sum(member_quarters.score), 6) as score_sum,
from member_quarters
inner join members on member_quarters.member_id = members.member_id
left join units on members.unit_id = units.unit_id
where member_quarters.band in ('starred', 'qualified', 'warning')
group by units.unit_type, member_quarters.district_code, member_quarters.quarter, member_quarters.band
order by units.unit_type, member_quarters.district_code, member_quarters.quarter, member_quarters.band
