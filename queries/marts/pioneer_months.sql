-- Monthly pioneer scores of a branch's members: one row per organisation and closed month, exempt members
-- left out. Sums, so that means and spreads of any larger group follow; points are those that enter the
-- score.

with joined_members as (
    select
        org_id,
        district_code,
        coalesce(joined_year, 0) as joined_year,
        count(*) as member_count,
    from members
    where not coalesce(is_exempt, false)
    group by org_id, district_code, coalesce(joined_year, 0)
),

closed_months as (
    select
        cast(pioneer_calendar.quarter + to_months(cast(steps.step as integer)) as date) as month,
        pioneer_calendar.start_score,
    from pioneer_calendar
    inner join (values (0), (1), (2)) as steps (step) on steps.step < pioneer_calendar.closed_months
),

org_months as (
    select
        joined_members.org_id,
        joined_members.district_code,
        closed_months.month,
        closed_months.start_score,
        sum(joined_members.member_count) as member_count,
    from joined_members
    inner join closed_months on joined_members.joined_year <= extract('year' from closed_months.month)
    group by
        joined_members.org_id,
        joined_members.district_code,
        closed_months.month,
        closed_months.start_score
),

event_months as (
    select
        members.org_id,
        member_event_months.month,
        count(*) as member_count,
        sum(member_event_months.score) as score_sum,
        sum(member_event_months.score * member_event_months.score) as score_square_sum,
        sum(member_event_months.bonus_points) as bonus_points,
        sum(member_event_months.deduction_points) as deduction_points,
    from member_event_months
    inner join members on member_event_months.member_id = members.member_id
    where not coalesce(members.is_exempt, false)
        and coalesce(members.joined_year, 0) <= extract('year' from member_event_months.month)
    group by members.org_id, member_event_months.month
)

select
    org_months.district_code,
    branch_facts.compound_type,
    org_months.org_id,
    org_months.month,
    cast(org_months.member_count as bigint) as member_count,
    round(
        coalesce(event_months.score_sum, 0)
        + (org_months.member_count - coalesce(event_months.member_count, 0)) * org_months.start_score,
        6
    ) as score_sum,
    round(
        coalesce(event_months.score_square_sum, 0)
        + (org_months.member_count - coalesce(event_months.member_count, 0))
        * org_months.start_score * org_months.start_score,
        6
    ) as score_square_sum,
    round(coalesce(event_months.bonus_points, 0), 6) as bonus_points,
    round(coalesce(event_months.deduction_points, 0), 6) as deduction_points,
from org_months
left join branch_facts on org_months.org_id = branch_facts.org_id
left join event_months
    on org_months.org_id = event_months.org_id
    and org_months.month = event_months.month
order by org_months.org_id, org_months.month
