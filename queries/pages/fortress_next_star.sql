-- What would lift a branch to its next star: one row per base item that has points left, the shortest way first.
--
-- points_left is what the item still lacks to its full weight; star_gap what the total lacks to the next star.
-- cases_needed are the further cases (numerator) of this item alone that would do, null where the item alone cannot.
-- No row for a branch with five stars, without a rank, or without a score.
--
-- $org_id    varchar  branch shown
-- $quarter   date     quarter shown
-- $language  varchar  language of the names, zh or en

with branch as (
    select
        branch_quarters.org_id,
        branch_quarters.rule_version,
        min(fortress_stars.minimum) - branch_quarters.total as star_gap,
    from branch_quarters
    inner join fortress_stars
        on branch_quarters.rule_version = fortress_stars.rule_version
        and branch_quarters.total < fortress_stars.minimum
    where branch_quarters.org_id = $org_id
        and branch_quarters.quarter = $quarter
        and branch_quarters.is_ranked
    group by branch_quarters.org_id, branch_quarters.rule_version, branch_quarters.total
),

lacking as (
    select
        fortress_items.position,
        fortress_items.item_code,
        fortress_items.name,
        fortress_items.name_en,
        fortress_items.direction,
        branch_items.numerator,
        branch_items.denominator,
        branch_items.ratio as item_ratio,
        branch_items.points,
        branch_items.max_points - branch_items.points as points_left,
        branch.star_gap,
        if(
            fortress_items.direction > 0,
            fortress_items.lo
            + (fortress_items.hi - fortress_items.lo) * (branch_items.points + branch.star_gap) / branch_items.max_points,
            fortress_items.hi
            - (fortress_items.hi - fortress_items.lo) * (branch_items.points + branch.star_gap) / branch_items.max_points
        ) as ratio_needed,
    from branch
    inner join branch_items
        on branch.org_id = branch_items.org_id
        and branch_items.quarter = $quarter
        and branch_items.kind = 'base'
        and branch_items.state = 'scored'
    inner join fortress_items
        on branch.rule_version = fortress_items.rule_version
        and branch_items.item_code = fortress_items.item_code
    where branch_items.max_points - branch_items.points > 1e-9
)

select
    lacking.item_code,
    label(lacking.name, lacking.name_en, $language) as item_name,
    lacking.numerator,
    lacking.denominator,
    lacking.item_ratio,
    round(lacking.points_left, 2) as points_left,
    round(lacking.star_gap, 2) as star_gap,
    if(
        lacking.points_left >= lacking.star_gap,
        ceil(round(abs(lacking.ratio_needed * lacking.denominator - lacking.numerator), 6)),
        null
    ) as cases_needed,
from lacking
order by cases_needed nulls last, lacking.points_left desc, lacking.position
