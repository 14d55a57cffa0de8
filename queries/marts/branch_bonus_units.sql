-- Bonus units that a branch's members earned: one row per branch, quarter and bonus item, 0 where they earned
-- none. A unit is so many verified events or hours as the rule set says; reversals are taken off.
--
-- Attribution: the events of the members whose org_id is the branch, in the quarter of their date.

with earned_units as (
    select
        members.org_id,
        cast(date_trunc('quarter', counted_member_events.month) as date) as quarter,
        counted_member_events.item_code,
        sum(counted_member_events.sign) as events,
        sum(counted_member_events.sign * counted_member_events.hours) as hours,
    from counted_member_events
    inner join (
        select distinct item_code
        from fortress_items
        where kind = 'bonus'
    ) as bonus_items on counted_member_events.item_code = bonus_items.item_code
    inner join members on counted_member_events.member_id = members.member_id
    group by
        members.org_id,
        cast(date_trunc('quarter', counted_member_events.month) as date),
        counted_member_events.item_code
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.district_code,
    scored_branch_quarters.quarter,
    fortress_items.item_code,
    round(
        coalesce(if(fortress_items.measure = 'hours', earned_units.hours, earned_units.events), 0)
        / fortress_items.unit_size,
        6
    ) as units,
    scored_branch_quarters.member_count,
from scored_branch_quarters
inner join fortress_items
    on fortress_items.kind = 'bonus'
    and scored_branch_quarters.quarter between fortress_items.valid_from and fortress_items.valid_to
left join earned_units
    on scored_branch_quarters.org_id = earned_units.org_id
    and scored_branch_quarters.quarter = earned_units.quarter
    and fortress_items.item_code = earned_units.item_code
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter, fortress_items.item_code
