-- Monthly pioneer scores that differ from the start score: one row per member and closed month with counted
-- events. Every other month of a member scores start_score.
--
-- P = sum over aspects of points × s + min(cap, bonus) + (cap - min(cap, deductions)), 0 after a veto, with s
-- = clip(start + points of its events ÷ points of the aspect, 0, 1) (domain.md, rule set pioneer-1). Bonus
-- and deductions do not fall below 0: a reversal in a later month takes off only what that month earned.
--
-- Intermediate: read by other marts, not kept in the edition.

with part_months as (
    select
        counted_member_events.member_id,
        counted_member_events.month,
        coalesce(pioneer_items.aspect_code, pioneer_items.kind) as part,
        sum(counted_member_events.points) as earned_points,
        sum(counted_member_events.sign * abs(counted_member_events.points)) as size_points,
        sum(counted_member_events.sign) as event_count,
    from counted_member_events
    inner join pioneer_items
        on counted_member_events.item_code = pioneer_items.item_code
        and counted_member_events.month between pioneer_items.valid_from and pioneer_items.valid_to
    cross join place_facts
    where counted_member_events.month + interval 1 month <= place_facts.as_of + interval 1 day
    group by
        counted_member_events.member_id,
        counted_member_events.month,
        coalesce(pioneer_items.aspect_code, pioneer_items.kind)
),

member_months as (
    select
        part_months.member_id,
        part_months.month,
        sum(
            pioneer_aspects.points * greatest(
                0, least(1, pioneer_aspects.start + part_months.earned_points / pioneer_aspects.points)
            )
            - pioneer_aspects.points * pioneer_aspects.start
        ) as base_change,
        sum(part_months.earned_points) filter (where part_months.part = 'bonus') as bonus_points,
        sum(part_months.size_points) filter (where part_months.part = 'deduction') as deduction_points,
        sum(part_months.event_count) filter (where part_months.part = 'veto') as veto_count,
    from part_months
    left join pioneer_aspects
        on part_months.part = pioneer_aspects.aspect_code
        and part_months.month between pioneer_aspects.valid_from and pioneer_aspects.valid_to
    group by part_months.member_id, part_months.month
),

capped_months as (
    select
        member_months.member_id,
        member_months.month,
        coalesce(member_months.veto_count > 0, false) as is_vetoed,
        pioneer_versions.start_score + coalesce(member_months.base_change, 0) as base_score,
        greatest(
            0, least(pioneer_versions.bonus_cap, coalesce(member_months.bonus_points, 0))
        ) as bonus_points,
        greatest(
            0, least(pioneer_versions.deduction_cap, coalesce(member_months.deduction_points, 0))
        ) as deduction_points,
    from member_months
    inner join pioneer_versions
        on member_months.month between pioneer_versions.valid_from and pioneer_versions.valid_to
)

select
    member_id,
    month,
    is_vetoed,
    bonus_points,
    deduction_points,
    if(is_vetoed, 0, round(base_score + bonus_points - deduction_points, 9)) as score,
from capped_months
