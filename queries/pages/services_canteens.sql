-- What do canteens do? One row for the whole selection and one per district, busiest canteens first.
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
    from canteen_totals
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
        sum(canteen_count + unreported_count) filter (where month = $end_month) as canteen_count,
        sum(covered_people) filter (where month = $end_month) as covered_people,
        sum(person_times) filter (where is_present) as person_times,
        sum(open_days) filter (where is_present) as open_days,
        sum(person_times) filter (where not is_present) as previous_person_times,
        sum(open_days) filter (where not is_present) as previous_open_days,
        sum(unreported_count) filter (where is_present) as unreported_count,
    from months
    group by grouping sets ((), (district_code))
    having bool_or(is_present)
)

select
    summed.level,
    summed.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    cast(summed.canteen_count as bigint) as canteen_count,
    cast(summed.covered_people as bigint) as covered_people,
    cast(summed.person_times as bigint) as canteen_person_times,
    summed.person_times / (date_diff('day', $start_month, last_day($end_month)) + 1) as person_times_per_day,
    summed.person_times / nullif(summed.open_days, 0) as person_times_per_canteen_day,
    summed.previous_person_times / nullif(summed.previous_open_days, 0) as previous_person_times_per_canteen_day,
    cast(summed.unreported_count as bigint) as unreported_months,
from summed
left join region_facts on summed.district_code = region_facts.region_code
order by summed.level desc, person_times_per_canteen_day desc nulls last, summed.district_code
