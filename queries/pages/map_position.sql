-- Where on the map is the reader? One row for everything in scope, then one per unit around the chosen one, the
-- chosen one last; no row of its own if the unit is not in scope.
--
-- $unit       varchar    code of the chosen unit; '' for none
-- $districts  varchar[]  districts shown; empty means all in scope
-- $language   varchar    language of the names, zh or en

with chosen as (
    select code, parent_code, community_code, subdistrict_code, district_code
    from map_shapes
    where code = $unit
),

around as (
    select map_shapes.*
    from map_shapes
    inner join chosen
        on map_shapes.code in (
            chosen.district_code, chosen.subdistrict_code, chosen.community_code, chosen.parent_code, chosen.code
        )
),

steps as (
    select
        '' as level,
        '' as unit_code,
        cast(null as varchar) as unit_name,
        min(min_longitude) as min_longitude,
        min(min_latitude) as min_latitude,
        max(max_longitude) as max_longitude,
        max(max_latitude) as max_latitude,
    from map_shapes
    where len($districts) = 0 or district_code in $districts
    union all
    select
        level,
        code as unit_code,
        label(name, name_en, $language) as unit_name,
        min_longitude,
        min_latitude,
        max_longitude,
        max_latitude,
    from around
)

select level, unit_code, unit_name, min_longitude, min_latitude, max_longitude, max_latitude
from steps
order by list_position(['', 'district', 'subdistrict', 'community', 'compound', 'grid', 'micro_grid'], level)
