-- Which units did most in the period? One row per unit, most person-hours first, then most report-ins.
--
-- Units, never persons. previous_unit_hours is the period before.
--
-- $start_month           date       first month of the period
-- $end_month             date       last month of the period
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts reported to; empty means all in scope
-- $row_limit             integer    number of units shown
-- $language              varchar    language of the names, zh or en

with counted as (
    select
        unit_id,
        sum(report_in_count) filter (where month between $start_month and $end_month) as report_in_count,
        sum(emergency_count) filter (where month between $start_month and $end_month) as emergency_count,
        sum(unit_hours) filter (where month between $start_month and $end_month) as unit_hours,
        sum(unit_hours) filter (where month between $previous_start_month and $previous_end_month)
            as previous_unit_hours,
    from unit_report_in_months
    where len($districts) = 0 or district_code in $districts
    group by unit_id
)

select
    rank() over (order by counted.unit_hours desc nulls last, counted.report_in_count desc) as unit_rank,
    coalesce(label(unit_facts.name, unit_facts.name_en, $language), counted.unit_id) as co_unit_name,
    counted.unit_hours,
    counted.previous_unit_hours,
    cast(counted.report_in_count as bigint) as unit_report_ins,
    cast(counted.emergency_count as bigint) as unit_emergencies,
    unit_facts.unit_type,
    unit_facts.unit_level,
from counted
left join unit_facts on counted.unit_id = unit_facts.unit_id
where counted.report_in_count > 0
order by unit_rank, counted.unit_id
limit $row_limit
