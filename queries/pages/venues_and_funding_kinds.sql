-- How many venues of each kind are there, how were they built, how large are they? One row per kind.
--
-- $end_month       date       venues opened until the end of this month
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds with a venue of their own; empty means all venues

select
    kind as venue_kind,
    count(*) as venue_count,
    count(*) filter (where meets_norm) / nullif(count(meets_norm), 0) as venue_norm_rate,
    count(*) filter (where unified_item_count = 6) / nullif(count(unified_item_count), 0) as unified_rate,
    count(*) filter (where meets_norm) as meeting_count,
    count(meets_norm) as judged_count,
    count(*) filter (where build_mode = 'new') as new_count,
    count(*) filter (where build_mode = 'shared') as shared_count,
    count(*) filter (where build_mode = 'converted') as converted_count,
    quantile_cont(area_m2, 0.05) as area_5_m2,
    median(area_m2) as area_50_m2,
    quantile_cont(area_m2, 0.95) as area_95_m2,
    count(*) - count(area_m2) as unmeasured_count,
from venue_facts
where coalesce(venue_facts.opened_date, date '1949-01-01') <= last_day($end_month)
    and (len($districts) = 0 or venue_facts.district_code in $districts)
    and (len($compound_types) = 0 or venue_facts.compound_type in $compound_types)
group by venue_kind
order by list_position(['service_centre', 'micro_station', 'deliberation_hall', 'help_point', 'canteen'], kind)
