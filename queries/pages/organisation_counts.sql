-- Organisations on the register at the as-of date: one row for the whole selection and one per district.
--
-- Branches include general branches and exclude temporary ones. An election is overdue when the term since the
-- last one (or since founding) ended before the as-of date, due when it ends within six months. A branch above
-- the upper norm has more full members than a branch may have (a general branch may), one below the lower norm
-- fewer. No row of member household hubs anywhere means that the place does not report them.
--
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

with counted as (
    select
        if(grouping(organisation_tree.district_code) = 1, 'selection', 'district') as level,
        organisation_tree.district_code,
        count(*) filter (where organisation_tree.level = 'branch') as branch_count,
        count(*) filter (where organisation_tree.org_type = 'general_branch') as general_branch_count,
        count(*) filter (where organisation_tree.level = 'building_group') as group_count,
        count(*) filter (where organisation_tree.level = 'branch' and organisation_tree.group_count = 0)
            as groupless_branch_count,
        count(*) filter (where organisation_tree.level = 'member_household') as hub_count,
        count(*) filter (where organisation_tree.org_type = 'temporary_general_branch')
            as temporary_general_branch_count,
        count(*) filter (where organisation_tree.org_type = 'temporary_branch') as temporary_branch_count,
        count(*) filter (where organisation_tree.level = 'branch' and organisation_tree.due_date < place_facts.as_of)
            as overdue_branch_count,
        count(*) filter (
            where organisation_tree.level = 'branch'
                and organisation_tree.due_date between place_facts.as_of and place_facts.as_of + interval 6 month
        ) as due_branch_count,
        count(*) filter (where organisation_tree.level = 'branch' and organisation_tree.size_finding = 'oversized')
            as oversized_branch_count,
        count(*) filter (where organisation_tree.level = 'branch' and organisation_tree.size_finding = 'undersized')
            as undersized_branch_count,
    from organisation_tree
    cross join place_facts
    where organisation_tree.org_type is not null
        and (len($districts) = 0 or organisation_tree.district_code in $districts)
        and (len($compound_types) = 0 or organisation_tree.compound_type in $compound_types)
    group by grouping sets ((), (organisation_tree.district_code))
)

select
    counted.level,
    counted.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.branch_count,
    counted.general_branch_count,
    counted.group_count,
    counted.group_count / nullif(counted.branch_count, 0) as groups_per_branch,
    counted.groupless_branch_count,
    if(
        exists (select 1 from organisation_tree where organisation_tree.level = 'member_household'),
        counted.hub_count,
        null
    ) as hub_count,
    counted.temporary_general_branch_count,
    counted.temporary_branch_count,
    counted.overdue_branch_count,
    counted.due_branch_count,
    counted.oversized_branch_count,
    counted.undersized_branch_count,
from counted
left join region_facts on counted.district_code = region_facts.region_code
where counted.level = 'selection' or counted.district_code is not null
order by counted.level desc, counted.district_code
