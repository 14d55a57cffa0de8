-- How many branches rose, fell or stayed within error: one row per comparison and movement.
--
-- comparison and movement as in fortress_movements. By chance alone about one branch in ten moves beyond error.
--
-- $quarter         date       quarter shown
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    branch_changes.comparison,
    branch_changes.movement,
    count(*) as branch_count,
from branch_changes
inner join branch_facts on branch_changes.org_id = branch_facts.org_id
where branch_changes.quarter = $quarter
    and (len($districts) = 0 or branch_changes.district_code in $districts)
    and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
group by all
order by all
