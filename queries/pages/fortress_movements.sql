-- Largest rises and falls of the score, each with its 90 % interval: up to eight rows each way and comparison.
--
-- comparison: previous (the quarter before) or last_year (the same quarter a year before). A change counts only
-- beyond 1.645 standard errors of the difference, and only between quarters scored by the same version of the rules.
--
-- $quarter         date       quarter shown
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $language        varchar    language of the names, zh or en

with changes as (
    select branch_changes.*
    from branch_changes
    inner join branch_facts on branch_changes.org_id = branch_facts.org_id
    where branch_changes.quarter = $quarter
        and (len($districts) = 0 or branch_changes.district_code in $districts)
        and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
),

ordered as (
    select
        *,
        row_number() over (partition by comparison order by change desc, org_id) as from_top,
        row_number() over (partition by comparison order by change, org_id) as from_bottom,
    from changes
)

select
    ordered.comparison,
    label(branch_facts.name, branch_facts.name_en, $language) as branch_name,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    round(ordered.earlier_total, 2) as earlier_total,
    round(ordered.total, 2) as total,
    round(ordered.change, 2) as change,
    round(ordered.change - ordered.margin, 2) as change_low,
    round(ordered.change + ordered.margin, 2) as change_high,
    ordered.movement,
    ordered.org_id,
from ordered
inner join branch_facts on ordered.org_id = branch_facts.org_id
left join region_facts on ordered.district_code = region_facts.region_code
where (ordered.from_top <= 8 and ordered.change > 0)
    or (ordered.from_bottom <= 8 and ordered.change < 0)
order by ordered.comparison, ordered.change desc, ordered.org_id
