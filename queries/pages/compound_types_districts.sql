-- One metric by district and compound type: one row per district and type.
--
-- $metric            varchar    metric wanted
-- $start_month       date       first month counted
-- $end_month         date       last month counted
-- $districts         varchar[]  districts shown; empty means all in scope
-- $compound_types    varchar[]  compound types shown; empty means all
-- $small_cell_limit  integer    fewer people than this are not shown
-- $language          varchar    language of the names, zh or en

with summed as (
    select
        district_code,
        compound_type,
        sum(unit_count) as unit_count,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
    from metric_spreads
    where metric = $metric
        and start_month = $start_month
        and end_month = $end_month
        and compound_type is not null
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by district_code, compound_type
)

select
    summed.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    summed.compound_type,
    summed.numerator / nullif(summed.denominator, 0) as value,
    summed.numerator,
    summed.denominator,
    summed.unit_count,
from summed
inner join region_facts on summed.district_code = region_facts.region_code
where $metric <> 'starred_member_share'
    or least(summed.numerator, summed.denominator - summed.numerator) not between 1 and $small_cell_limit - 1
order by summed.district_code, summed.compound_type
