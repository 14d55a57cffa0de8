-- Where are the venues? One row per place on the map and kind, at the compound a venue lies in or else in the middle
-- of its community.
--
-- $kinds           varchar[]  kinds of venue shown
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $end_month       date       last month: venues opened after it are left out
-- $language        varchar    language of the names, zh or en

select
    map_shapes.code as unit_code,
    venue_facts.kind,
    count(*) as venue_count,
    any_value(label(map_shapes.name, map_shapes.name_en, $language)) as unit_name,
    any_value(map_shapes.longitude) as longitude,
    any_value(map_shapes.latitude) as latitude,
from venue_facts
inner join map_shapes
    on coalesce(venue_facts.compound_id, venue_facts.community_code) = map_shapes.code
    and map_shapes.level in ('community', 'compound')
where venue_facts.kind in $kinds
    and map_shapes.longitude is not null
    and (len($districts) = 0 or venue_facts.district_code in $districts)
    and (len($compound_types) = 0 or venue_facts.compound_type in $compound_types)
    and (venue_facts.opened_date is null or venue_facts.opened_date <= last_day($end_month))
group by map_shapes.code, venue_facts.kind
order by map_shapes.code, venue_facts.kind
