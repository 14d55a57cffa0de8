-- How many homes' and business buildings are there? One row for the whole selection and one per district.
--
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds that buildings stand in; empty means all buildings
-- $language        varchar    language of the names, zh or en

with counted as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        sum(building_count) filter (where kind = 'residential') as residential_count,
        sum(building_count) filter (where kind = 'commercial') as commercial_count,
        sum(entrance_count) as entrance_count,
        sum(compound_count) filter (where kind = 'residential') as compound_count,
    from building_counts
    where (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by grouping sets ((), (district_code))
)

select
    counted.level,
    counted.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    cast(coalesce(counted.residential_count, 0) as bigint) as residential_building_count,
    cast(coalesce(counted.commercial_count, 0) as bigint) as commercial_building_count,
    cast(counted.entrance_count as bigint) as entrance_count,
    cast(counted.compound_count as bigint) as compound_count,
    counted.residential_count / nullif(counted.compound_count, 0) as buildings_per_compound,
from counted
left join region_facts on counted.district_code = region_facts.region_code
where (counted.residential_count is not null or counted.commercial_count is not null)
    and (counted.level = 'selection' or counted.district_code is not null)
order by counted.level desc, counted.district_code
