-- Branches without a rank and why: one row per branch that is vetoed or has too many base points not reported.
--
-- $quarter         date       quarter shown
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $language        varchar    language of the names, zh or en

select
    label(branch_facts.name, branch_facts.name_en, $language) as branch_name,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    if(branch_quarters.veto_code is null, 'unranked', 'vetoed') as ranking_state,
    label(fortress_vetoes.name, fortress_vetoes.name_en, $language) as veto_name,
    min(branch_vetoes.decided_date) as decided_date,
    branch_quarters.missing_share,
    round(branch_quarters.total, 2) as total,
    branch_quarters.org_id,
from branch_quarters
inner join branch_facts on branch_quarters.org_id = branch_facts.org_id
left join region_facts on branch_quarters.district_code = region_facts.region_code
left join fortress_vetoes
    on branch_quarters.rule_version = fortress_vetoes.rule_version
    and branch_quarters.veto_code = fortress_vetoes.veto_code
left join branch_vetoes
    on branch_quarters.org_id = branch_vetoes.org_id
    and branch_quarters.quarter = branch_vetoes.quarter
    and branch_quarters.veto_code = branch_vetoes.veto_code
where branch_quarters.quarter = $quarter
    and not branch_quarters.is_ranked
    and (len($districts) = 0 or branch_quarters.district_code in $districts)
    and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
group by all
order by ranking_state desc, district_name, branch_quarters.org_id
