-- Where branches are embedded and how they were set up: one row per way of embedding; null is not reported.
--
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    embed_mode,
    count(*) as branch_count,
    count(*) / sum(count(*)) over () as share_of_branches,
    count(*) filter (where setup_mode = 'single') as single_branch_count,
    count(*) filter (where setup_mode = 'joint') as joint_branch_count,
    count(*) filter (where setup_mode = 'merged') as merged_branch_count,
from organisation_tree
where level = 'branch'
    and (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by embed_mode
order by branch_count desc, embed_mode
