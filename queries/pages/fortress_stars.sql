-- Branches by stars in each district: one row per district and number of stars; 0 stars are vetoed branches.
--
-- $quarter         date       quarter counted
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

select
    branch_quarters.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    branch_quarters.stars,
    count(*) as branch_count,
    count(*) / sum(count(*)) over (partition by branch_quarters.district_code) as branch_share,
from branch_quarters
inner join branch_facts on branch_quarters.org_id = branch_facts.org_id
left join region_facts on branch_quarters.district_code = region_facts.region_code
where branch_quarters.quarter = $quarter
    and branch_quarters.stars is not null
    and (len($districts) = 0 or branch_quarters.district_code in $districts)
    and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
group by branch_quarters.district_code, region_facts.name, region_facts.name_en, branch_quarters.stars
order by branch_quarters.district_code, branch_quarters.stars
