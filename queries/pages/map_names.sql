-- What are the units of one level in a rectangle called? One row per unit, at its middle, the largest first.
--
-- $level      varchar    level named: district, subdistrict, community or compound
-- $districts  varchar[]  districts shown; empty means all in scope
-- $area       double[]   west, south, east and north of a rectangle the units touch, in degrees
-- $language   varchar    language of the names, zh or en

select
    code as unit_code,
    label(name, name_en, $language) as unit_name,
    longitude,
    latitude,
from map_shapes
where level = $level
    and longitude is not null
    and (len($districts) = 0 or district_code in $districts)
    and max_longitude >= $area[1]
    and max_latitude >= $area[2]
    and min_longitude <= $area[3]
    and min_latitude <= $area[4]
order by (max_longitude - min_longitude) * (max_latitude - min_latitude) desc, code
