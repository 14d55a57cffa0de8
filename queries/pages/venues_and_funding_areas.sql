-- How large are the venues of one kind? One row per class of area, of twenty equal ones up to the 99th percentile.
--
-- $venue_kind      varchar    kind of venue
-- $end_month       date       venues opened until the end of this month
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds with a venue of their own; empty means all venues

with venues as (
    select
        venue_facts.area_m2,
        venue_facts.min_area_m2,
        quantile_cont(venue_facts.area_m2, 0.99) over () / 20 as width,
    from venue_facts
    where coalesce(venue_facts.opened_date, date '1949-01-01') <= last_day($end_month)
    and (len($districts) = 0 or venue_facts.district_code in $districts)
    and (len($compound_types) = 0 or venue_facts.compound_type in $compound_types)
        and venue_facts.kind = $venue_kind
        and venue_facts.area_m2 is not null
)

select
    round(least(floor(area_m2 / width), 20) * width, 1) as area_class_m2,
    count(*) as venue_count,
    any_value(min_area_m2) as min_area_m2,
from venues
group by area_class_m2
order by area_class_m2
