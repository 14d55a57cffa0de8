-- The boundary of every unit of the map as it was published: one row per unit; a compound without one is its point.

select
    level,
    region_code as code,
    district_code,
    geometry,
from regions
where level <> 'city'

union all

select
    'compound' as level,
    compound_id as code,
    district_code,
    coalesce(
        geometry,
        st_geomfromgeojson('{"type":"Point","coordinates":[' || longitude || ',' || latitude || ']}')
    ) as geometry,
from compounds

union all

select
    level,
    grid_code as code,
    district_code,
    geometry,
from grids
