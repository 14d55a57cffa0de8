-- Through which channels secretaries came: one row per unit (whole selection, area of the profile, district) and
-- channel; null is a post whose channel is not reported.
--
-- $areas           varchar[]  names of subdistricts that the place's profile singles out
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

with branches as (
    select
        organisation_tree.district_code,
        subdistricts.name as subdistrict_name,
        organisation_tree.secretary_channel,
    from organisation_tree
    left join region_facts as subdistricts
        on left(organisation_tree.region_code, 9) || '000' = subdistricts.region_code
        and subdistricts.level = 'subdistrict'
    where organisation_tree.level = 'branch'
        and (len($districts) = 0 or organisation_tree.district_code in $districts)
        and (len($compound_types) = 0 or organisation_tree.compound_type in $compound_types)
),

units as (
    select 1 as position, '' as unit_code, secretary_channel
    from branches
    union all
    select 2 as position, subdistrict_name as unit_code, secretary_channel
    from branches
    where subdistrict_name in $areas
    union all
    select 3 as position, district_code as unit_code, secretary_channel
    from branches
    where district_code is not null
)

select
    units.unit_code,
    label(region_facts.name, region_facts.name_en, $language) as unit_name,
    units.secretary_channel,
    count(*) as branch_count,
    count(*) / sum(count(*)) over (partition by units.unit_code) as share_of_branches,
from units
left join region_facts on units.unit_code = region_facts.region_code
group by units.position, units.unit_code, unit_name, units.secretary_channel
order by units.position, units.unit_code, units.secretary_channel
