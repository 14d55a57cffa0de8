-- The chain of levels as one tree: one row per division (district, subdistrict) and per organisation, with the
-- path of nodes from the top to itself.
--
-- An organisation stands under the one above it in the register if both lie in the same subdistrict, else under
-- its own division: a committee of the whole city would otherwise hold every community and hide the districts.
-- General branches are of the level of branches. compound_type is that of the branch, its own or the one above;
-- compound_types are all inside. size_finding judges branches by the norm; the number of members itself stays in
-- the register.

with recursive divisions as (
    select
        regions.region_code as node,
        case when regions.level = 'subdistrict' and parents.level = 'district' then parents.region_code else '' end
            as parent_node,
        regions.level,
        regions.name,
        regions.name_en,
        regions.district_code,
    from regions
    left join regions as parents on regions.parent_code = parents.region_code
    where regions.level in ('district', 'subdistrict')
),

placed as (
    select
        party_orgs.*,
        regions.level as region_level,
        parents.org_id as upper_org_id,
    from party_orgs
    inner join regions on party_orgs.region_code = regions.region_code
    left join party_orgs as parents
        on party_orgs.parent_org_id = parents.org_id
        and left(parents.region_code, 9) = left(party_orgs.region_code, 9)
        and right(parents.region_code, 6) <> '000000'
),

nodes as (
    select
        node,
        parent_node,
        level,
        cast(null as varchar) as org_type,
        name,
        name_en,
        cast(null as varchar) as compound_type,
        district_code,
    from divisions
    union all
    select
        placed.org_id as node,
        coalesce(placed.upper_org_id, divisions.node, districts.node, '') as parent_node,
        case placed.org_type
            when 'general_branch' then 'branch'
            when 'temporary_general_branch' then 'temporary_branch'
            else placed.org_type
        end as level,
        placed.org_type,
        placed.name,
        placed.name_en,
        branch_facts.compound_type,
        placed.district_code,
    from placed
    left join divisions
        on placed.region_level in ('subdistrict', 'community')
        and left(placed.region_code, 9) || '000' = divisions.node
    left join divisions as districts
        on placed.district_code = districts.node
        and districts.level = 'district'
    left join branch_facts on placed.org_id = branch_facts.org_id
),

walked as (
    select
        node,
        parent_node,
        level,
        org_type,
        name,
        name_en,
        compound_type,
        district_code,
        [node] as path,
    from nodes
    where parent_node = ''
    union all
    select
        nodes.node,
        nodes.parent_node,
        nodes.level,
        nodes.org_type,
        nodes.name,
        nodes.name_en,
        coalesce(nodes.compound_type, walked.compound_type) as compound_type,
        nodes.district_code,
        list_append(walked.path, nodes.node) as path,
    from nodes
    inner join walked on nodes.parent_node = walked.node
),

contained as (
    select
        unnest(path) as node,
        level,
        compound_type,
        parent_node,
    from walked
),

insides as (
    select
        node,
        list_sort(list(distinct compound_type) filter (where compound_type is not null)) as compound_types,
        count(*) filter (where level = 'building_group' and parent_node = node) as group_count,
    from contained
    group by node
)

select
    walked.node,
    walked.parent_node,
    walked.level,
    walked.org_type,
    walked.name,
    walked.name_en,
    walked.path,
    walked.compound_type,
    coalesce(insides.compound_types, []) as compound_types,
    insides.group_count,
    walked.district_code,
    party_orgs.region_code,
    party_orgs.setup_mode,
    party_orgs.embed_mode,
    party_orgs.secretary_channel,
    party_orgs.founded_date,
    party_orgs.elected_date,
    cast(
        coalesce(party_orgs.elected_date, party_orgs.founded_date) + place_facts.term_years * interval 1 year as date
    ) as due_date,
    case
        when party_orgs.full_member_count < place_facts.min_full_members then 'undersized'
        when party_orgs.org_type = 'branch' and party_orgs.full_member_count > place_facts.max_full_members
            then 'oversized'
    end as size_finding,
from walked
cross join place_facts
inner join insides on walked.node = insides.node
left join party_orgs on walked.node = party_orgs.org_id
order by walked.path
