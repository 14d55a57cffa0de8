-- Which units of the map lie in which: one row per unit and unit around it; the unit '' is around everything.

select level, code, district_code, '' as around_code
from map_shapes

union all

select level, code, district_code, district_code as around_code
from map_shapes
where level <> 'district'

union all

select level, code, district_code, subdistrict_code as around_code
from map_shapes
where level <> 'subdistrict' and subdistrict_code is not null

union all

select level, code, district_code, community_code as around_code
from map_shapes
where level <> 'community' and community_code is not null

union all

select level, code, district_code, parent_code as around_code
from map_shapes
where level = 'micro_grid' and parent_code <> community_code

union all

select level, code, district_code, around_code
from (
    select map_shapes.level, map_shapes.code, map_shapes.district_code, compound_grids.compound_id as around_code
    from map_shapes
    inner join compound_grids on map_shapes.code = compound_grids.grid_code
    where map_shapes.level in ('grid', 'micro_grid')
    union
    select 'grid' as level, map_shapes.parent_code as code, map_shapes.district_code, compound_grids.compound_id
    from map_shapes
    inner join compound_grids on map_shapes.code = compound_grids.grid_code
    where map_shapes.level = 'micro_grid'
)
