-- Every unit the map can draw, with its place in the hierarchy and its boundary: one row per unit and level.
--
-- Intermediate: map_shapes and map_rings are made from it (dashboard/rings.py).

select
    regions.level,
    regions.region_code as code,
    regions.name,
    regions.name_en,
    regions.parent_code,
    if(regions.level = 'community', regions.region_code, null) as community_code,
    region_facts.subdistrict_code,
    regions.district_code,
    null::varchar as compound_type,
    region_facts.households,
    null::double as longitude,
    null::double as latitude,
    regions.geometry,
from regions
inner join region_facts using (region_code)
where regions.level <> 'city'

union all

select
    'compound' as level,
    compounds.compound_id as code,
    compounds.name,
    compounds.name_en,
    compounds.community_code as parent_code,
    compounds.community_code,
    substr(compounds.community_code, 1, 9) || '000' as subdistrict_code,
    compounds.district_code,
    compounds.compound_type,
    compounds.households,
    compounds.longitude,
    compounds.latitude,
    compounds.geometry,
from compounds

union all

select
    grids.level,
    grids.grid_code as code,
    regions.name || ' ' || substr(grids.grid_code, 13, 3)
    || if(grids.level = 'micro_grid', '-' || substr(grids.grid_code, 16), '') as name,
    coalesce(regions.name_en, regions.name) || ' ' || substr(grids.grid_code, 13, 3)
    || if(grids.level = 'micro_grid', '-' || substr(grids.grid_code, 16), '') as name_en,
    coalesce(grids.parent_grid_code, grids.community_code) as parent_code,
    grids.community_code,
    substr(grids.community_code, 1, 9) || '000' as subdistrict_code,
    grids.district_code,
    null::varchar as compound_type,
    grids.households,
    null::double as longitude,
    null::double as latitude,
    grids.geometry,
from grids
inner join regions on grids.community_code = regions.region_code
