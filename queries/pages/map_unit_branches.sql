-- Which branches of one unit of the map stand worst in a quarter? One row per branch, at most five.
--
-- Of a region those whose home it is, as its mean index counts them; of a compound those linked to it; a grid has none.
-- Vetoed branches first, then by score, those with too little reported last. Interval: score ± 1.645 standard errors.
--
-- $unit            varchar    code of the unit; '' for none
-- $quarter         date       quarter scored
-- $districts       varchar[]  districts that stand for the unit where none is named; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $language        varchar    language of the names, zh or en

with own as (
    select
        branch_facts.org_id,
        label(branch_facts.name, branch_facts.name_en, $language) as branch_name,
        branch_quarters.stars,
        branch_quarters.total,
        branch_quarters.rule_version,
        1.645 * sqrt(branch_quarters.score_variance) as margin,
        case
            when branch_quarters.is_ranked then 'ranked'
            when branch_quarters.veto_code is not null then 'vetoed'
            else 'unranked'
        end as ranking_state,
        count(*) over () as branch_count,
    from branch_facts
    inner join branch_quarters
        on branch_facts.org_id = branch_quarters.org_id
        and branch_quarters.quarter = $quarter
    where (
            $unit in (branch_facts.district_code, branch_facts.subdistrict_code, branch_facts.community_code)
            or branch_facts.org_id in (select org_id from org_compounds where compound_id = $unit)
            or ($unit = '' and (len($districts) = 0 or branch_facts.district_code in $districts))
        )
        and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
)

select
    own.branch_name,
    own.stars,
    round(own.total, 2) as total,
    round(greatest(own.total - own.margin, 0), 2) as score_low,
    round(least(own.total + own.margin, 100 + fortress_versions.bonus_cap), 2) as score_high,
    own.ranking_state,
    own.branch_count,
    own.org_id,
from own
left join fortress_versions on own.rule_version = fortress_versions.rule_version
order by list_position(['vetoed', 'ranked', 'unranked'], own.ranking_state), own.total nulls last, own.org_id
limit 5
