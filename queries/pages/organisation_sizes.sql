-- Branches with more full members than the upper norm or fewer than the lower one: one row per branch.
--
-- A number of members below the small-cell limit is given as "<limit" and nothing closer. A general branch may
-- exceed the upper norm: that is what it is for.
--
-- $small_cell_limit  integer    fewer people than this are not shown
-- $districts         varchar[]  districts shown; empty means all in scope
-- $compound_types    varchar[]  compound types shown; empty means all
-- $language          varchar    language of the names, zh or en

select
    label(organisation_tree.name, organisation_tree.name_en, $language) as branch_name,
    organisation_tree.size_finding,
    if(
        party_orgs.full_member_count < $small_cell_limit,
        '<' || $small_cell_limit,
        cast(party_orgs.full_member_count as varchar)
    ) as full_members_shown,
    label(districts.name, districts.name_en, $language) as district_name,
    label(communities.name, communities.name_en, $language) as community_name,
    organisation_tree.org_type,
    organisation_tree.node as org_id,
from organisation_tree
inner join party_orgs on organisation_tree.node = party_orgs.org_id
left join region_facts as districts on organisation_tree.district_code = districts.region_code
left join region_facts as communities on organisation_tree.region_code = communities.region_code
where organisation_tree.level = 'branch'
    and organisation_tree.size_finding is not null
    and (len($districts) = 0 or organisation_tree.district_code in $districts)
    and (len($compound_types) = 0 or organisation_tree.compound_type in $compound_types)
order by organisation_tree.district_code, organisation_tree.size_finding, organisation_tree.node
