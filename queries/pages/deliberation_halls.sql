-- How many of the six standards of a hall the deliberation halls meet: one row per district, and one for all.
--
-- $districts  varchar[]  districts counted; empty means all in scope
-- $language   varchar    language of the names, zh or en

with halls as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        count(*) as hall_count,
        count(deliberation_item_count) as hall_known_count,
        avg(deliberation_item_count) as mean_standards,
        count(*) filter (where deliberation_item_count = 6) as full_hall_count,
        count(*) filter (where deliberation_item_count <= 3) as weak_hall_count,
    from facilities
    where kind = 'deliberation_hall'
        and (len($districts) = 0 or district_code in $districts)
    group by grouping sets ((), (district_code))
)

select
    halls.level,
    halls.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    halls.hall_count,
    halls.hall_known_count,
    halls.mean_standards,
    halls.full_hall_count,
    halls.full_hall_count / nullif(halls.hall_known_count, 0) as full_hall_share,
    halls.weak_hall_count,
from halls
left join region_facts on halls.district_code = region_facts.region_code
where halls.hall_count > 0
    and (halls.level = 'selection' or halls.district_code is not null)
order by halls.level desc, halls.district_code
