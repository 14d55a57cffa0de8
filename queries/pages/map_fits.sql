-- How does every compound fit the grids, and is it aligned with them? One row per compound, in the order of its code.
--
-- $unit            varchar    code of the unit they lie in; '' for everything in scope
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $language        varchar    language of the names, zh or en

with fitted as (
    select
        compound_id,
        min(fit_case) as fit_case,
        count(distinct grid_code) as grid_count,
        bool_and(is_aligned) as is_aligned,
    from compound_grids
    group by compound_id
)

select
    map_shapes.code as unit_code,
    label(map_shapes.name, map_shapes.name_en, $language) as unit_name,
    fitted.fit_case,
    fitted.is_aligned,
    fitted.grid_count,
    map_shapes.longitude,
    map_shapes.latitude,
    if(fitted.fit_case is null, 'not_reported', 'reported') as state,
from map_shapes
left join fitted on map_shapes.code = fitted.compound_id
where map_shapes.level = 'compound'
    and (
        $unit = ''
        or lies_in(
            $unit,
            map_shapes.code,
            [map_shapes.district_code, map_shapes.subdistrict_code, map_shapes.community_code, map_shapes.parent_code]
        )
    )
    and (len($districts) = 0 or map_shapes.district_code in $districts)
    and (len($compound_types) = 0 or map_shapes.compound_type in $compound_types)
order by map_shapes.code
