-- Official ranking of branches in a quarter, each score with its 90 % interval: one row per scored branch.
--
-- Interval: score ± 1.645 standard errors, "if this quarter were one of many like it", inside the scale of the
-- rule set. Changes count only beyond 1.645 standard errors of the difference. rank_low to rank_high holds the rank
-- in 90 % of 1,000 draws; equal_group numbers groups within which no branch differs from the first beyond error.
-- Branches without a rank (vetoed, or too many base points not reported) stand at the end.
--
-- $quarter         date       quarter ranked
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $language        varchar    language of the names, zh or en

with scored as (
    select
        branch_quarters.*,
        1.645 * sqrt(branch_quarters.score_variance) as margin,
        last_year.change as last_year_change,
        last_year.movement as last_year_flag,
        case
            when branch_quarters.is_ranked then 'ranked'
            when branch_quarters.veto_code is not null then 'vetoed'
            else 'unranked'
        end as ranking_state,
    from branch_quarters
    left join branch_changes as last_year
        on branch_quarters.org_id = last_year.org_id
        and branch_quarters.quarter = last_year.quarter
        and last_year.comparison = 'last_year'
    where branch_quarters.quarter = $quarter
)

select
    scored.rank,
    scored.rank_low,
    scored.rank_high,
    label(branch_facts.name, branch_facts.name_en, $language) as branch_name,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    branch_facts.compound_type,
    round(scored.total, 2) as total,
    round(greatest(scored.total - scored.margin, 0), 2) as score_low,
    round(least(scored.total + scored.margin, 100 + fortress_versions.bonus_cap), 2) as score_high,
    scored.stars,
    scored.equal_group,
    scored.ranking_state,
    scored.peer_rank,
    scored.peer_count,
    round(scored.loyalty, 2) as loyalty,
    round(scored.service, 2) as service,
    round(scored.development, 2) as development,
    round(scored.conduct, 2) as conduct,
    round(scored.integrity, 2) as integrity,
    round(scored.bonus, 2) as bonus,
    round(scored.deductions, 2) as deductions,
    round(scored.change, 2) as change,
    scored.change_flag,
    round(scored.last_year_change, 2) as year_change,
    scored.last_year_flag,
    scored.missing_share,
    round(scored.shrunk_total, 2) as shrunk_total,
    scored.org_id,
from scored
inner join branch_facts on scored.org_id = branch_facts.org_id
inner join fortress_versions on scored.rule_version = fortress_versions.rule_version
left join region_facts on scored.district_code = region_facts.region_code
where (len($districts) = 0 or scored.district_code in $districts)
    and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
order by scored.rank nulls last, scored.total desc nulls last, scored.org_id
