-- How many Party groups branches have: one row per number of groups, the last one for all from 8 on.
--
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

with branches as (
    select least(group_count, 8) as groups_of_branch
    from organisation_tree
    where level = 'branch'
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
)

select
    groups_of_branch,
    count(*) as branch_count,
    count(*) / sum(count(*)) over () as share_of_branches,
from branches
group by groups_of_branch
order by groups_of_branch
