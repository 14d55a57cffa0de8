-- What shape has every unit of one level? One row per unit, the same and in the same order as map_values.
--
-- $level           varchar    level shown: district, subdistrict, community, compound, grid or micro_grid
-- $unit            varchar    code of the unit they lie in; '' for everything in scope
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown, with the grids they lie in; empty means all
-- $language        varchar    language of the names, zh or en

with typed_grids as (
    select compound_grids.grid_code
    from compound_grids
    inner join compound_facts using (compound_id)
    where compound_facts.compound_type in $compound_types
)

select
    map_shapes.code as unit_code,
    label(map_shapes.name, map_shapes.name_en, $language) as unit_name,
    map_shapes.longitude,
    map_shapes.latitude,
    map_shapes.geometry_json,
from map_shapes
where map_shapes.level = $level
    and map_shapes.code in (select code from map_nesting where level = $level and around_code = $unit)
    and (len($districts) = 0 or map_shapes.district_code in $districts)
    and (
        len($compound_types) = 0
        or $level in ('district', 'subdistrict', 'community')
        or map_shapes.compound_type in $compound_types
        or map_shapes.code in (select grid_code from typed_grids)
    )
order by map_shapes.code
