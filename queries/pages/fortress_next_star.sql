-- What would lift a branch to its next star: one row per base item that has points left, the shortest way first.
--
-- points_left is what the item would add to the total at its full weight, all else as it is; star_gap what base, bonus
-- and deductions lack to the next star, one more than the branch has. cases_needed are the further cases (numerator) of this item alone that would
-- do, null where the item alone cannot. In a product of dimensions (aggregation geometric) an item lifts its own
-- dimension, and the base follows as 100 · Π share ^ weight. No row for a branch with five stars, without a rank or a
-- score, or whose score already reaches that star, so that only a quota holds it back.
--
-- $org_id    varchar  branch shown
-- $quarter   date     quarter shown
-- $language  varchar  language of the names, zh or en

with branch as (
    select
        branch_quarters.org_id,
        branch_quarters.rule_version,
        branch_quarters.base,
        fortress_versions.aggregation = 'geometric' as is_product,
        fortress_stars.minimum - branch_quarters.base - branch_quarters.bonus + branch_quarters.deductions as star_gap,
    from branch_quarters
    inner join fortress_versions on branch_quarters.rule_version = fortress_versions.rule_version
    inner join fortress_stars
        on branch_quarters.rule_version = fortress_stars.rule_version
        and branch_quarters.stars + 1 = fortress_stars.stars
        and branch_quarters.total < fortress_stars.minimum
    where branch_quarters.org_id = $org_id
        and branch_quarters.quarter = $quarter
        and branch_quarters.is_ranked
),

items as (
    select
        fortress_items.position,
        fortress_items.item_code,
        fortress_items.name,
        fortress_items.name_en,
        fortress_items.dimension_code,
        fortress_items.direction,
        fortress_items.lo,
        fortress_items.hi,
        branch_items.numerator,
        branch_items.denominator,
        branch_items.ratio as item_ratio,
        branch_items.normalised,
        branch_items.max_points,
        branch.base,
        branch.star_gap,
        branch.is_product,
    from branch
    inner join branch_items
        on branch.org_id = branch_items.org_id
        and branch_items.quarter = $quarter
        and branch_items.kind = 'base'
        and branch_items.state = 'scored'
    inner join fortress_items
        on branch.rule_version = fortress_items.rule_version
        and branch_items.item_code = fortress_items.item_code
),

dimensions as (
    select
        dimension_code,
        sum(max_points) as dimension_points,
        sum(max_points * normalised) / sum(max_points) as dimension_share,
    from items
    group by dimension_code
),

others as (
    select
        dimensions.dimension_code,
        dimensions.dimension_points,
        dimensions.dimension_share,
        product(
            if(
                dimensions.dimension_code = other.dimension_code,
                1,
                pow(other.dimension_share, other.dimension_points / 100)
            )
        ) as other_product,
    from dimensions
    cross join dimensions as other
    group by dimensions.dimension_code, dimensions.dimension_points, dimensions.dimension_share
),

lacking as (
    select
        items.*,
        items.max_points * (1 - items.normalised) as own_points_left,
        if(
            items.is_product,
            100 * others.other_product * pow(
                others.dimension_share + items.max_points * (1 - items.normalised) / others.dimension_points,
                others.dimension_points / 100
            ) - items.base,
            items.max_points * (1 - items.normalised)
        ) as points_left,
        if(
            items.is_product,
            others.dimension_points * (
                pow(
                    (items.base + items.star_gap) / (100 * nullif(others.other_product, 0)),
                    100 / others.dimension_points
                ) - others.dimension_share
            ),
            items.star_gap
        ) as own_points_needed,
    from items
    inner join others on items.dimension_code = others.dimension_code
),

needed as (
    select
        *,
        if(
            direction > 0,
            lo + (hi - lo) * (normalised + own_points_needed / max_points),
            hi - (hi - lo) * (normalised + own_points_needed / max_points)
        ) as ratio_needed,
    from lacking
    where own_points_left > 1e-9
)

select
    item_code,
    label(name, name_en, $language) as item_name,
    -- Totals are rounded at the ninth decimal, so a gap that the item just fills counts as filled.
    if(
        points_left >= star_gap - 1e-9,
        ceil(round(abs(ratio_needed * denominator - numerator), 6)),
        null
    ) as cases_needed,
    round(points_left, 2) as points_left,
    numerator,
    denominator,
    item_ratio,
    round(star_gap, 2) as star_gap,
from needed
order by cases_needed nulls last, needed.points_left desc, position
