-- How does one metric of property service move over two years? One row per month for the whole selection, one per
-- district and month.
--
-- $property_metric  varchar    property_coverage, property_household_coverage, fee_collection or property_complaints
-- $end_month        date       last month shown, of 25
-- $districts        varchar[]  districts counted; empty means all in scope
-- $compound_types   varchar[]  compound types counted; empty means all
-- $language         varchar    language of the names, zh or en

with summed as (
    select
        if(grouping(district_code) = 0, 'district', 'selection') as level,
        district_code,
        month,
        case $property_metric
            when 'property_coverage' then coalesce(sum(compound_count) filter (where is_covered), 0)
            when 'property_household_coverage' then coalesce(sum(households) filter (where is_covered), 0)
            when 'fee_collection' then sum(fee_collected_households)
            when 'property_complaints' then sum(complaint_count)
        end as numerator,
        case $property_metric
            when 'property_coverage' then sum(compound_count) filter (where is_covered is not null)
            when 'property_household_coverage' then sum(households) filter (where is_covered is not null)
            when 'fee_collection' then sum(fee_households)
            when 'property_complaints' then sum(complaint_households) / 1000
        end as denominator,
    from property_counts
    where month between $end_month - interval 24 month and $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by grouping sets ((month), (month, district_code))
)

select
    summed.level,
    summed.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    $property_metric as metric,
    summed.month,
    summed.numerator / nullif(summed.denominator, 0) as value,
from summed
left join region_facts on summed.district_code = region_facts.region_code
where summed.numerator / nullif(summed.denominator, 0) is not null
order by summed.level desc, summed.district_code, summed.month
