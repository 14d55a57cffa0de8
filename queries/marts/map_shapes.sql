-- Every unit the map can draw, with its place in the hierarchy and its shape: one row per unit and level.

with units as (
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
        st_asgeojson(regions.geometry)::varchar as geometry_json,
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
        coalesce(
            st_asgeojson(compounds.geometry)::varchar,
            '{"type":"Point","coordinates":[' || compounds.longitude || ',' || compounds.latitude || ']}'
        ) as geometry_json,
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
        st_asgeojson(grids.geometry)::varchar as geometry_json,
    from grids
    inner join regions on grids.community_code = regions.region_code
),

shortened as (
    select
        units.* replace (
            -- Six decimals are a tenth of a metre, five a metre, plenty for a grid and a tenth less to send. Digits
            -- are cut, not rounded unit by unit, so that no gap opens between neighbours.
            regexp_replace(
                geometry_json,
                if(level in ('grid', 'micro_grid'), '(\.\d{5})\d+', '(\.\d{6})\d+'),
                '\1',
                'g'
            ) as geometry_json
        ),
    from units
),

numbered as (
    select
        shortened.*,
        cast(
            string_split(translate(split_part(geometry_json, '"coordinates":', 2), '[]}', ''), ',') as double[]
        ) as numbers,
    from shortened
),

measured as (
    select
        numbered.*,
        list_min(numbers[1:-:2]) as min_longitude,
        list_min(numbers[2:-:2]) as min_latitude,
        list_max(numbers[1:-:2]) as max_longitude,
        list_max(numbers[2:-:2]) as max_latitude,
    from numbered
)

select
    level,
    code,
    name,
    name_en,
    parent_code,
    community_code,
    subdistrict_code,
    district_code,
    compound_type,
    cast(households as bigint) as households,
    coalesce(longitude, (min_longitude + max_longitude) / 2) as longitude,
    coalesce(latitude, (min_latitude + max_latitude) / 2) as latitude,
    min_longitude,
    min_latitude,
    max_longitude,
    max_latitude,
    geometry_json,
from measured
order by level, code
