-- Which borders put the map in context? One row per neighbour of the chosen unit and for itself; without a
-- unit, one row per district.
--
-- $unit       varchar    code of the chosen unit; '' for none
-- $districts  varchar[]  districts shown; empty means all in scope

with chosen as (
    select level, parent_code
    from map_shapes
    where code = $unit
)

select
    map_shapes.code as unit_code,
    map_shapes.code = $unit or $unit = '' as is_chosen,
    st_asgeojson(map_geometries.geometry)::varchar as geometry_json,
from map_shapes
inner join map_geometries using (level, code)
left join chosen on map_shapes.level = chosen.level and map_shapes.parent_code is not distinct from chosen.parent_code
where (chosen.level is not null or ($unit = '' and map_shapes.level = 'district'))
    and (len($districts) = 0 or map_shapes.district_code in $districts)
    and map_geometries.geometry is not null
order by is_chosen, map_shapes.code
