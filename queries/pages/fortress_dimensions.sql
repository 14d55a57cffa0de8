-- The five dimensions of a branch in a quarter beside its peers: one row per dimension.
--
-- Peers as in fortress_items; percentile_10 to percentile_90 hold the middle four fifths of them.
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

dimension_scores as (
    select org_id, dimension_code, score
    from (
        select org_id, loyalty, service, development, conduct, integrity
        from branch_quarters
        where quarter = $quarter
            and (is_ranked or org_id = $org_id)
    )
    unpivot include nulls (score for dimension_code in (loyalty, service, development, conduct, integrity))
),

compared as (
    select
        dimension_scores.dimension_code,
        max(dimension_scores.score) filter (where dimension_scores.org_id = branch.org_id) as score,
        avg(dimension_scores.score) as peer_mean,
        quantile_cont(dimension_scores.score, 0.1) as percentile_10,
        quantile_cont(dimension_scores.score, 0.9) as percentile_90,
        count(dimension_scores.score) as peer_count,
    from dimension_scores
    inner join branch_facts on dimension_scores.org_id = branch_facts.org_id
    inner join branch
        on branch_facts.compound_type = branch.compound_type
        and (branch.peer_count is null or branch_facts.size_band = branch.size_band)
    group by dimension_scores.dimension_code
)

select
    label(fortress_dimensions.name, fortress_dimensions.name_en, $language) as dimension_name,
    fortress_dimensions.points as max_points,
    compared.score as dimension_score,
    compared.peer_mean,
    compared.percentile_10,
    compared.percentile_90,
    compared.peer_count,
from branch
inner join fortress_dimensions on branch.rule_version = fortress_dimensions.rule_version
left join compared on fortress_dimensions.dimension_code = compared.dimension_code
order by fortress_dimensions.position
