-- How do districts stand with venues that meet the norm of area? One row per district.
--
-- $end_month       date       venues opened until the end of this month
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds with a venue of their own; empty means all venues
-- $language        varchar    language of the names, zh or en

select
    venue_facts.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    count(*) as venue_count,
    count(*) filter (where venue_facts.meets_norm) / nullif(count(venue_facts.meets_norm), 0) as venue_norm_rate,
    count(*) filter (where venue_facts.unified_item_count = 6)
    / nullif(count(venue_facts.unified_item_count), 0) as unified_rate,
    count(*) filter (where venue_facts.meets_norm) as meeting_count,
    count(venue_facts.meets_norm) as judged_count,
from venue_facts
inner join region_facts on venue_facts.district_code = region_facts.region_code
where coalesce(venue_facts.opened_date, date '1949-01-01') <= last_day($end_month)
    and (len($districts) = 0 or venue_facts.district_code in $districts)
    and (len($compound_types) = 0 or venue_facts.compound_type in $compound_types)
group by all
order by venue_norm_rate nulls last, venue_facts.district_code
