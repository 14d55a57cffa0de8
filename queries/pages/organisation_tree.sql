-- The tree of organisations, opened as far as one node: one row per node on the top level and directly under each
-- opened node, with what lies inside it by level.
--
-- With a compound type chosen, only branches of that type, what stands under them and what they stand under
-- count; a branch has the type that most of its households live in. A node out of scope or unknown opens nothing.
--
-- $node            varchar    node opened, with all nodes above it; empty means none
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

with shown as (
    select
        node,
        level,
        org_type,
        name,
        name_en,
        path,
    from organisation_tree
    where (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or list_has_any(compound_types, $compound_types))
),

opened as (
    select 0 as depth, '' as node
    union all
    select unnest(range(1, len(path) + 1)) as depth, unnest(path) as node
    from shown
    where node = $node
),

counted as (
    select
        shown.path[opened.depth + 1] as node,
        count(*) as node_count,
        count(*) filter (where shown.level = 'subdistrict') as subdistrict_count,
        count(*) filter (where shown.level = 'work_committee') as work_committee_count,
        count(*) filter (where shown.level = 'community_committee') as committee_count,
        count(*) filter (where shown.level = 'branch') as branch_count,
        count(*) filter (where shown.level = 'building_group') as group_count,
        count(*) filter (where shown.level = 'member_household') as hub_count,
        count(*) filter (where shown.level = 'temporary_branch') as temporary_count,
    from shown
    inner join opened
        on len(shown.path) > opened.depth
        and (opened.depth = 0 or shown.path[opened.depth] = opened.node)
    group by all
)

select
    shown.node,
    label(shown.name, shown.name_en, $language) as node_name,
    shown.level as tree_level,
    shown.org_type,
    len(shown.path) as depth,
    shown.node in (select opened.node from opened) as is_open,
    counted.node_count = 1 as is_leaf,
    counted.subdistrict_count - cast(shown.level = 'subdistrict' as bigint) as subdistrict_count,
    counted.work_committee_count - cast(shown.level = 'work_committee' as bigint) as work_committee_count,
    counted.committee_count - cast(shown.level = 'community_committee' as bigint) as committee_count,
    counted.branch_count - cast(shown.level = 'branch' as bigint) as branch_count,
    counted.group_count - cast(shown.level = 'building_group' as bigint) as group_count,
    counted.hub_count - cast(shown.level = 'member_household' as bigint) as hub_count,
    counted.temporary_count - cast(shown.level = 'temporary_branch' as bigint) as temporary_count,
from shown
inner join counted on shown.node = counted.node
order by shown.path
