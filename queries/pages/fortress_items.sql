-- Every point of a branch in a quarter with its evidence, beside the mean of its peers: one row per item of the
-- rule set (base items, bonus, deductions).
--
-- Peers are the ranked branches in scope of the same compound type and size band; fewer of them than the rule
-- set asks, and all branches of the type stand in. An item not available gives no points; its weight goes to the
-- other items of its dimension, so weight differs from the points of the rule set there.
--
-- $org_id    varchar  branch shown
-- $quarter   date     quarter shown
-- $language  varchar  language of the names, zh or en

with branch as (
    select
        branch_facts.org_id,
        branch_facts.compound_type,
        branch_facts.size_band,
        branch_quarters.rule_version,
        branch_quarters.peer_count,
    from branch_facts
    inner join branch_quarters on branch_facts.org_id = branch_quarters.org_id
    where branch_facts.org_id = $org_id
        and branch_quarters.quarter = $quarter
),

peers as (
    select branch_quarters.org_id
    from branch_quarters
    inner join branch_facts on branch_quarters.org_id = branch_facts.org_id
    inner join branch
        on branch_facts.compound_type = branch.compound_type
        and (branch.peer_count is null or branch_facts.size_band = branch.size_band)
    where branch_quarters.quarter = $quarter
        and branch_quarters.is_ranked
),

peer_means as (
    select
        branch_items.item_code,
        sum(branch_items.points) / max(peer_counts.peer_count) as points,
    from branch_items
    inner join peers on branch_items.org_id = peers.org_id
    cross join (select count(*) as peer_count from peers) as peer_counts
    where branch_items.quarter = $quarter
    group by branch_items.item_code
)

select
    fortress_items.item_code,
    label(fortress_items.name, fortress_items.name_en, $language) as item_name,
    fortress_items.kind as item_kind,
    label(fortress_dimensions.name, fortress_dimensions.name_en, $language) as dimension_name,
    fortress_items.max_points,
    branch_items.max_points as weight,
    branch_items.numerator,
    branch_items.denominator,
    if(fortress_items.kind = 'base', branch_items.ratio, null) as item_ratio,
    branch_items.points,
    peer_means.points as peer_points,
    coalesce(branch_items.points, 0) - coalesce(peer_means.points, 0) as points_beyond_peers,
    coalesce(branch_items.state, 'not_reported') as item_state,
    fortress_items.origin as item_origin,
    label(fortress_items.definition, fortress_items.definition_en, $language) as item_definition,
from branch
inner join fortress_items on branch.rule_version = fortress_items.rule_version
left join fortress_dimensions
    on fortress_items.rule_version = fortress_dimensions.rule_version
    and fortress_items.dimension_code = fortress_dimensions.dimension_code
left join branch_items
    on branch.org_id = branch_items.org_id
    and branch_items.quarter = $quarter
    and fortress_items.item_code = branch_items.item_code
left join peer_means on fortress_items.item_code = peer_means.item_code
order by fortress_items.position
