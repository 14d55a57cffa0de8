-- A branch in a quarter: one row.
--
-- None where it was not scored. even_count: ranked branches in scope whose score is within 1.645 standard errors
-- of the difference, this one left out: they cannot be told from it. Interval as in fortress_ranking, peers as in
-- fortress_items.
--
-- $org_id    varchar  branch shown
-- $quarter   date     quarter shown
-- $language  varchar  language of the names, zh or en

with branch as (
    select *
    from branch_quarters
    where org_id = $org_id
        and quarter = $quarter
),

even_branches as (
    select count(*) as even_count
    from branch_quarters
    inner join branch on branch_quarters.quarter = branch.quarter
    where branch_quarters.is_ranked
        and branch_quarters.org_id <> branch.org_id
        and abs(branch_quarters.total - branch.total)
        <= 1.645 * sqrt(branch_quarters.score_variance + branch.score_variance)
),

peer_means as (
    select
        avg(branch_quarters.total) as peer_total,
        avg(branch_quarters.bonus) as peer_bonus,
        avg(branch_quarters.deductions) as peer_deductions,
    from branch
    inner join branch_facts as own_facts on branch.org_id = own_facts.org_id
    inner join branch_facts
        on own_facts.compound_type = branch_facts.compound_type
        and (branch.peer_count is null or own_facts.size_band = branch_facts.size_band)
    inner join branch_quarters
        on branch_facts.org_id = branch_quarters.org_id
        and branch.quarter = branch_quarters.quarter
        and branch_quarters.is_ranked
)

select
    label(branch_facts.name, branch_facts.name_en, $language) as branch_name,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    branch_facts.compound_type,
    branch_facts.size_band,
    branch_facts.compound_count,
    branch_facts.households,
    branch_facts.founded_date,
    round(branch.total, 2) as total,
    round(greatest(branch.total - 1.645 * sqrt(branch.score_variance), 0), 2) as score_low,
    round(
        least(branch.total + 1.645 * sqrt(branch.score_variance), 100 + fortress_versions.bonus_cap), 2
    ) as score_high,
    branch.stars,
    case
        when branch.is_ranked then 'ranked'
        when branch.veto_code is not null then 'vetoed'
        else 'unranked'
    end as ranking_state,
    label(fortress_vetoes.name, fortress_vetoes.name_en, $language) as veto_name,
    branch.missing_share,
    branch.rank,
    branch.ranked_count,
    branch.rank_low,
    branch.rank_high,
    branch.top_tenth_chance,
    branch.five_star_chance,
    round(branch.shrunk_total, 2) as shrunk_total,
    branch.reliability,
    branch.peer_rank,
    branch.peer_count,
    even_branches.even_count,
    round(branch.change, 2) as change,
    branch.change_flag,
    round(branch.base, 2) as base,
    round(branch.bonus, 2) as bonus,
    round(branch.deductions, 2) as deductions,
    peer_means.peer_total,
    peer_means.peer_bonus,
    peer_means.peer_deductions,
    label(fortress_versions.name, fortress_versions.name_en, $language) as rule_name,
from branch
inner join branch_facts on branch.org_id = branch_facts.org_id
inner join fortress_versions on branch.rule_version = fortress_versions.rule_version
left join region_facts on branch.district_code = region_facts.region_code
left join fortress_vetoes
    on branch.rule_version = fortress_vetoes.rule_version
    and branch.veto_code = fortress_vetoes.veto_code
cross join even_branches
cross join peer_means
