-- Which levels can the map show inside a unit, and how many units are there of each? One row per level.
--
-- $unit       varchar    code of the unit; '' for everything in scope
-- $districts  varchar[]  districts shown; empty means all in scope

select
    level,
    count(*) as unit_count,
from map_nesting
where around_code = $unit
    and (len($districts) = 0 or district_code in $districts)
group by level
order by list_position(['district', 'subdistrict', 'community', 'compound', 'grid', 'micro_grid'], level)
