-- Joint committees of communities and the units in them: one row for the selection and one per district.
--
-- $districts  varchar[]  districts counted; empty means all in scope
-- $language   varchar    language of the names, zh or en

with counted as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        count(*) as community_count,
        count(*) filter (where unit_count > 0) as committee_count,
        sum(unit_count) as unit_count,
        sum(agency_count) as agency_count,
        sum(state_firm_count) as state_firm_count,
        sum(new_sector_count) as new_sector_count,
    from joint_committee_facts
    where len($districts) = 0 or district_code in $districts
    group by grouping sets ((), (district_code))
    having count(*) > 0
)

select
    counted.level,
    counted.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.community_count,
    counted.committee_count as joint_committees,
    counted.committee_count / counted.community_count as joint_committee_rate,
    cast(counted.unit_count as bigint) as committee_units,
    cast(counted.agency_count as bigint) as agency_units,
    cast(counted.state_firm_count as bigint) as state_firm_units,
    cast(counted.new_sector_count as bigint) as new_sector_units,
    counted.unit_count / nullif(counted.committee_count, 0) as units_per_committee,
from counted
left join region_facts on counted.district_code = region_facts.region_code
where counted.level = 'selection' or counted.district_code is not null
order by counted.level desc, counted.district_code
