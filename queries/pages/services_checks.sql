-- Which standards of service are met, where? One row per standard for the whole selection and one per standard and
-- district.
--
-- $start_month     date       first month of the period
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

with summed as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        item,
        sum(judged_count) as judged_count,
        sum(met_count) as met_count,
        sum(unjudged_count) as unjudged_count,
    from service_check_months
    where month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by grouping sets ((item), (district_code, item))
)

select
    summed.level,
    summed.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    summed.item as service_standard,
    cast(summed.judged_count as bigint) as checked_count,
    cast(summed.met_count as bigint) as met_count,
    summed.met_count / nullif(summed.judged_count, 0) as standard_met_rate,
    cast(summed.unjudged_count as bigint) as unjudged_count,
from summed
left join region_facts on summed.district_code = region_facts.region_code
order by summed.level desc, summed.district_code, summed.item
