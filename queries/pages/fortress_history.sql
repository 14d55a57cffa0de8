-- Twelve quarters of a branch up to the chosen one, with the mean of its peers: one row per quarter.
--
-- Interval as in fortress_ranking; peers as in fortress_items, with the present type and size of the branch.
--
-- $org_id    varchar  branch shown
-- $quarter   date     last quarter shown

with branch as (
    select
        branch_facts.compound_type,
        branch_facts.size_band,
        branch_quarters.peer_count,
    from branch_facts
    inner join branch_quarters on branch_facts.org_id = branch_quarters.org_id
    where branch_facts.org_id = $org_id
        and branch_quarters.quarter = $quarter
),

peer_means as (
    select
        branch_quarters.quarter,
        avg(branch_quarters.total) as peer_mean,
    from branch_quarters
    inner join branch_facts on branch_quarters.org_id = branch_facts.org_id
    inner join branch
        on branch_facts.compound_type = branch.compound_type
        and (branch.peer_count is null or branch_facts.size_band = branch.size_band)
    where branch_quarters.is_ranked
    group by branch_quarters.quarter
)

select
    branch_quarters.quarter,
    round(branch_quarters.total, 2) as total,
    round(greatest(branch_quarters.total - 1.645 * sqrt(branch_quarters.score_variance), 0), 2) as score_low,
    round(least(
        branch_quarters.total + 1.645 * sqrt(branch_quarters.score_variance),
        100 + fortress_versions.bonus_cap
    ), 2) as score_high,
    peer_means.peer_mean,
    branch_quarters.stars,
    branch_quarters.rank,
    branch_quarters.ranked_count,
    case
        when branch_quarters.is_ranked then 'ranked'
        when branch_quarters.veto_code is not null then 'vetoed'
        else 'unranked'
    end as ranking_state,
from branch_quarters
inner join fortress_versions on branch_quarters.rule_version = fortress_versions.rule_version
left join peer_means on branch_quarters.quarter = peer_means.quarter
where branch_quarters.org_id = $org_id
    and branch_quarters.quarter between $quarter - interval 33 months and $quarter
order by branch_quarters.quarter
