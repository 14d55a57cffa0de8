-- Are workers stationed where it is hardest, and in the compounds that show the way? One row for the whole selection and
-- one per district, hard and demonstration compounds apart, at the end of the period.
--
-- A compound that is both counts as a hard case. Null means that no worker names a compound.
--
-- $end_month       date       its end is looked at
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

with counted as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        count(*) filter (where stationing = 'hard_case') as hard_compounds,
        count(*) filter (where stationing = 'hard_case' and stationed_workers > 0) as hard_stationed,
        count(*) filter (where stationing = 'demonstration') as demonstration_compounds,
        count(*) filter (where stationing = 'demonstration' and stationed_workers > 0) as demonstration_stationed,
        sum(stationed_workers) filter (where stationing <> 'other') as stationed_workers,
        sum(stationed_workers) filter (where stationing = 'other') as stationed_elsewhere,
        count(stationed_workers) > 0 as is_reported,
    from worker_station_months
    where month = $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by grouping sets ((), (district_code))
)

select
    counted.level,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.hard_compounds,
    if(counted.is_reported, counted.hard_stationed, null) as hard_stationed,
    if(counted.is_reported, counted.hard_stationed / nullif(counted.hard_compounds, 0), null) as hard_stationed_rate,
    counted.demonstration_compounds,
    if(counted.is_reported, counted.demonstration_stationed, null) as demonstration_stationed,
    if(
        counted.is_reported,
        counted.demonstration_stationed / nullif(counted.demonstration_compounds, 0),
        null
    ) as demonstration_stationed_rate,
    counted.stationed_workers,
    if(counted.is_reported, coalesce(counted.stationed_elsewhere, 0), null) as stationed_elsewhere,
from counted
left join region_facts on counted.district_code = region_facts.region_code
where counted.hard_compounds + counted.demonstration_compounds > 0
order by counted.level desc, hard_stationed_rate nulls last, counted.district_code
