-- Which issues of one unit of the map are overdue the longest at the as-of date? One row per issue, at most five, each
-- with the number of all.
--
-- An issue belongs to the community of its compound, else to that of its grid.
--
-- $unit            varchar    code of the unit; '' for none
-- $districts       varchar[]  districts that stand for the unit where none is named; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $language        varchar    language of the names, zh or en

with own as (
    select issue_id, overdue_days, due_at, compound_id, matter, family, owner_unit, status
    from overdue_issues
    where $unit = ''
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    union all
    select
        overdue_issues.issue_id,
        overdue_issues.overdue_days,
        overdue_issues.due_at,
        overdue_issues.compound_id,
        overdue_issues.matter,
        overdue_issues.family,
        overdue_issues.owner_unit,
        overdue_issues.status,
    from overdue_issues
    left join compound_facts using (compound_id)
    where $unit <> ''
        and $unit in (
            overdue_issues.district_code,
            coalesce(compound_facts.subdistrict_code, left(grid_code, 9) || '000'),
            coalesce(compound_facts.community_code, left(grid_code, 12)),
            compound_id,
            left(grid_code, 15),
            grid_code
        )
        and (len($compound_types) = 0 or overdue_issues.compound_type in $compound_types)
),

longest as (
    select own.*
    from own
    order by due_at, issue_id
    limit 5
)

select
    longest.issue_id,
    longest.overdue_days,
    longest.due_at,
    label(compound_facts.name, compound_facts.name_en, $language) as compound_name,
    longest.matter,
    longest.family,
    longest.owner_unit,
    longest.status,
    (select count(*) from own) as overdue_issues,
from longest
left join compound_facts using (compound_id)
order by longest.due_at, longest.issue_id
