-- How many households are visited in a month, and what is found? One row for the whole selection and one per district,
-- fewest visits first.
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
    from visit_totals
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
        sum(households_visited) filter (where is_present) as households_visited,
        sum(households) filter (where is_present) as household_months,
        sum(matters_found) filter (where is_present) as matters_found,
        sum(searched_visits) filter (where is_present) as searched_visits,
        sum(households_visited) filter (where not is_present) as previous_visited,
        sum(households) filter (where not is_present) as previous_household_months,
        sum(unreported_count) filter (where is_present) as unreported_count,
    from months
    group by grouping sets ((), (district_code))
    having bool_or(is_present)
)

select
    summed.level,
    summed.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    cast(summed.households_visited as bigint) as households_visited,
    summed.households_visited / nullif(summed.household_months, 0) as visit_rate,
    summed.previous_visited / nullif(summed.previous_household_months, 0) as previous_visit_rate,
    visit_rate - previous_visit_rate as visit_rate_change,
    cast(summed.matters_found as bigint) as matters_found,
    100 * summed.matters_found / nullif(summed.searched_visits, 0) as matters_per_100_visits,
    cast(summed.unreported_count as bigint) as unreported_months,
from summed
left join region_facts on summed.district_code = region_facts.region_code
order by summed.level desc, visit_rate nulls last, summed.district_code
