-- What is the boundary of every unit of one level, as it was published? One row per unit in scope.
--
-- $level  varchar   level: district, subdistrict, community, compound, grid or micro_grid
-- $area   double[]  west, south, east and north of a rectangle the units touch, in degrees; empty means anywhere

select
    map_shapes.code as unit_code,
    st_aswkb(map_geometries.geometry)::blob as geometry,
from map_shapes
inner join map_geometries using (level, code)
where map_shapes.level = $level
    and map_geometries.geometry is not null
    and (
        len($area) = 0
        or (
            map_shapes.max_longitude >= $area[1]
            and map_shapes.max_latitude >= $area[2]
            and map_shapes.min_longitude <= $area[3]
            and map_shapes.min_latitude <= $area[4]
        )
    )
order by map_shapes.code
