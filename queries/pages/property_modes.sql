-- How are compounds served at the end of the period? One row per mode of property service for the whole selection, one
-- per district and mode, one per compound type and mode.
--
-- $end_month       date       month counted
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

with counted as (
    select
        case
            when grouping(district_code) = 0 then 'district'
            when grouping(compound_type) = 0 then 'type'
            else 'selection'
        end as level,
        district_code,
        compound_type,
        property_mode,
        sum(compound_count) as compound_count,
        sum(households) as households,
    from property_counts
    where month = $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by grouping sets (
        (property_mode),
        (district_code, property_mode),
        (compound_type, property_mode)
    )
)

select
    counted.level,
    counted.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.compound_type,
    counted.property_mode,
    counted.compound_count::bigint as compound_count,
    counted.compound_count
    / sum(counted.compound_count) over (partition by counted.level, counted.district_code, counted.compound_type)
        as compound_share,
    counted.households::bigint as households,
    counted.households
    / nullif(sum(counted.households) over (partition by counted.level, counted.district_code, counted.compound_type), 0)
        as household_share,
from counted
left join region_facts on counted.district_code = region_facts.region_code
order by
    counted.level,
    counted.district_code,
    counted.compound_type,
    list_position(
        ['market', 'red_property', 'unit_support', 'subsidised', 'self_managed', 'none'], counted.property_mode
    ) nulls last
