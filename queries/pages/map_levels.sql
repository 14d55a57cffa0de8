-- Which levels can the map show inside a unit, and how many units are there of each? One row per level.
--
-- $unit       varchar    code of the unit; '' for everything in scope
-- $districts  varchar[]  districts shown; empty means all in scope

select
    map_shapes.level,
    count(*) as unit_count,
from map_nesting
inner join map_shapes using (level, code)
where map_nesting.around_code = $unit
    and (len($districts) = 0 or map_shapes.district_code in $districts)
group by map_shapes.level
order by list_position(['district', 'subdistrict', 'community', 'compound', 'grid', 'micro_grid'], map_shapes.level)
