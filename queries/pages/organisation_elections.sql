-- Branches whose election is overdue at the as-of date or due within six months: one row per branch, the longest
-- overdue first.
--
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $language        varchar    language of the names, zh or en

select
    label(organisation_tree.name, organisation_tree.name_en, $language) as branch_name,
    organisation_tree.due_date as election_due_date,
    organisation_tree.due_date - place_facts.as_of as days_left,
    if(organisation_tree.due_date < place_facts.as_of, 'overdue', 'due_soon') as election_state,
    label(districts.name, districts.name_en, $language) as district_name,
    organisation_tree.elected_date,
    label(communities.name, communities.name_en, $language) as community_name,
    organisation_tree.node as org_id,
from organisation_tree
cross join place_facts
left join region_facts as districts on organisation_tree.district_code = districts.region_code
left join region_facts as communities on organisation_tree.region_code = communities.region_code
where organisation_tree.level = 'branch'
    and organisation_tree.due_date <= place_facts.as_of + interval 6 month
    and (len($districts) = 0 or organisation_tree.district_code in $districts)
    and (len($compound_types) = 0 or organisation_tree.compound_type in $compound_types)
order by organisation_tree.due_date, organisation_tree.node
