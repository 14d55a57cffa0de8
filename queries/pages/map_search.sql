-- Which units have these words in their name or begin with this code? One row per unit, the best twelve.
--
-- $words      varchar    part of a name, or the beginning of a code
-- $districts  varchar[]  districts searched; empty means all in scope
-- $language   varchar    language of the names, zh or en

with named as (
    select
        level,
        code,
        label(name, name_en, $language) as unit_name,
        coalesce(community_code, parent_code) as around_code,
        list_position(['district', 'subdistrict', 'community', 'compound', 'grid', 'micro_grid'], level) as depth,
    from map_shapes
    where (len($districts) = 0 or district_code in $districts)
        and (
            contains(lower(label(name, name_en, $language)), lower($words))
            or starts_with(lower(code), lower($words))
        )
),

best as (
    select
        *,
        lower($words) in (lower(unit_name), lower(code)) as is_exact,
        starts_with(lower(unit_name), lower($words)) as is_start,
    from named
    order by is_exact desc, depth, is_start desc, unit_name, code
    limit 12
)

select
    best.level,
    best.code as unit_code,
    best.unit_name,
    label(around.name, around.name_en, $language) as around_name,
from best
left join map_shapes as around
    on best.around_code = around.code
    and best.code <> around.code
order by best.is_exact desc, best.depth, best.is_start desc, best.unit_name, best.code
