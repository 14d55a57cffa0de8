-- How branches were set up: one row per district and way of setting up; null is not reported.
--
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

with branches as (
    select
        district_code,
        setup_mode,
        count(*) as branch_count,
    from organisation_tree
    where level = 'branch'
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by district_code, setup_mode
)

select
    branches.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    branches.setup_mode,
    branches.branch_count,
    branches.branch_count / sum(branches.branch_count) over (partition by branches.district_code)
        as share_of_branches,
from branches
inner join region_facts on branches.district_code = region_facts.region_code
order by branches.district_code, branches.setup_mode
