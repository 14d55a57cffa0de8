-- What do help points do? One row for the whole selection and one per district, busiest points first.
--
-- $start_month           date       first month of the period
-- $end_month             date       last month of the period
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $language              varchar    language of the names, zh or en

with months as (
    select
        *,
        month between $start_month and $end_month as is_present,
    from help_point_totals
    where (
            month between $start_month and $end_month
            or month between $previous_start_month and $previous_end_month
        )
        and (len($districts) = 0 or district_code in $districts)
),

summed as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        sum(point_count) filter (where month = $end_month) as point_count,
        sum(point_count) filter (where is_present) as point_months,
        sum(unreported_count) filter (where is_present) as unreported_count,
        sum(matter_count) filter (where is_present) as matter_count,
        sum(person_times) filter (where is_present) as person_times,
        sum(idle_count) filter (where is_present) as idle_count,
        sum(matter_count) filter (where not is_present) as previous_matter_count,
        sum(point_count) filter (where not is_present) as previous_point_months,
    from months
    group by grouping sets ((), (district_code))
    having bool_or(is_present)
)

select
    summed.level,
    summed.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    cast(summed.point_count as bigint) as point_count,
    cast(summed.matter_count as bigint) as help_matters,
    cast(summed.person_times as bigint) as help_person_times,
    summed.matter_count / nullif(summed.point_months, 0) as matters_per_point,
    summed.previous_matter_count / nullif(summed.previous_point_months, 0) as previous_matters_per_point,
    summed.person_times / nullif(summed.point_months, 0) as person_times_per_point,
    summed.idle_count / nullif(summed.point_months, 0) as idle_share,
    cast(summed.unreported_count as bigint) as unreported_months,
from summed
left join region_facts on summed.district_code = region_facts.region_code
order by summed.level desc, matters_per_point desc nulls last, summed.district_code
