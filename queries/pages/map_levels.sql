-- Which levels can the map show inside a unit, how many units are there of each, and from which zoom of a tile can
-- they be told apart? One row per level.
--
-- $unit       varchar    code of the unit; '' for everything in scope
-- $districts  varchar[]  districts shown; empty means all in scope

with counted as (
    select
        level,
        count(*) as unit_count,
    from map_shapes
    where (len($districts) = 0 or district_code in $districts)
        and (
            $unit = ''
            or lies_in(
                $unit,
                map_shapes.code,
                [map_shapes.district_code, map_shapes.subdistrict_code, map_shapes.community_code, map_shapes.parent_code]
            )
            or map_shapes.code in (
                select unnest([grid_code, left(grid_code, 15)])
                from compound_grids
                where compound_id = $unit
            )
        )
    group by level
),

zooms as (
    select
        level,
        max(from_zoom) as from_zoom,
    from map_shapes
    group by level
)

select level, counted.unit_count, zooms.from_zoom
from counted
inner join zooms using (level)
order by list_position(['district', 'subdistrict', 'community', 'compound', 'grid', 'micro_grid'], level)
