-- Temporary organisations on the register: one row for the selection, then one per district.
--
-- $end_month  date       founded until the end of this month
-- $districts  varchar[]  districts counted; empty means all in scope
-- $language   varchar    language of the names, zh or en

with counted as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        count(*) filter (where org_type = 'temporary_general_branch') as temporary_general_branch_count,
        count(*) filter (where org_type = 'temporary_branch') as temporary_branch_count,
        max(founded_date) as last_founded_date,
    from organisation_tree
    where org_type in ('temporary_general_branch', 'temporary_branch')
        and coalesce(founded_date, date '1949-01-01') <= last_day($end_month)
        and (len($districts) = 0 or district_code in $districts)
    group by grouping sets ((), (district_code))
)

select
    counted.level,
    counted.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.temporary_general_branch_count,
    counted.temporary_branch_count,
    counted.last_founded_date,
from counted
left join region_facts on counted.district_code = region_facts.region_code
order by counted.level desc, counted.district_code
