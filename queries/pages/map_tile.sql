-- Which units lie in a rectangle, and what do their boundaries look like from so far? One row with lists, all in the
-- order of the units' codes; a unit is there whole if any part of its bounds is.
--
-- $level  varchar   level drawn: district, subdistrict, community, compound, grid or micro_grid
-- $zoom   integer   zoom of the tile, which says how much detail is seen
-- $area   double[]  west, south, east and north of the rectangle, in degrees

with detailed as (
    select min(detail) as detail
    from map_rings
    where level = $level and detail >= $zoom
),

inside as (
    select map_rings.code, map_rings.ring_sizes, map_rings.coordinates
    from map_rings
    inner join detailed using (detail)
    where map_rings.level = $level
        and map_rings.max_longitude >= $area[1]
        and map_rings.max_latitude >= $area[2]
        and map_rings.min_longitude <= $area[3]
        and map_rings.min_latitude <= $area[4]
),

points as (
    select code, longitude, latitude
    from map_shapes
    where $level = 'compound'
        and level = $level
        and max_longitude >= $area[1]
        and max_latitude >= $area[2]
        and min_longitude <= $area[3]
        and min_latitude <= $area[4]
)

select
    list(inside.code order by inside.code) as codes,
    list(len(inside.ring_sizes) order by inside.code) as ring_counts,
    flatten(list(inside.ring_sizes order by inside.code)) as ring_sizes,
    flatten(list(inside.coordinates order by inside.code)) as coordinates,
    (select list(code order by code) from points) as point_codes,
    (select list([longitude, latitude] order by code) from points) as point_positions,
from inside
