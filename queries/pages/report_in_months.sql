-- Report-ins by month, two years up to the end of the period: one row per month and party, members or units.
--
-- A month without a report-in is a zero; where the mode is not reported, the report-in is in unknown_count.
--
-- $end_month  date       last month shown
-- $districts  varchar[]  districts counted; empty means all in scope

with months as (
    select unnest(two_years(min(month), $end_month)) as month
    from report_in_community_months
),

counted as (
    select
        month,
        sum(member_count) as member_count,
        sum(member_routine_count) as member_routine_count,
        sum(member_emergency_count) as member_emergency_count,
        sum(member_hours) as member_hours,
        sum(unit_count) as unit_count,
        sum(unit_routine_count) as unit_routine_count,
        sum(unit_emergency_count) as unit_emergency_count,
        sum(unit_hours) as unit_hours,
    from report_in_community_months
    where len($districts) = 0 or district_code in $districts
    group by month
),

parties as (
    select
        months.month,
        'member' as report_in_party,
        counted.member_routine_count as routine_count,
        counted.member_emergency_count as emergency_count,
        counted.member_count - counted.member_routine_count - counted.member_emergency_count as unknown_count,
        counted.member_hours as served_hours,
    from months
    left join counted on months.month = counted.month
    union all
    select
        months.month,
        'unit' as report_in_party,
        counted.unit_routine_count as routine_count,
        counted.unit_emergency_count as emergency_count,
        counted.unit_count - counted.unit_routine_count - counted.unit_emergency_count as unknown_count,
        counted.unit_hours as served_hours,
    from months
    left join counted on months.month = counted.month
)

select
    month,
    report_in_party,
    cast(coalesce(routine_count, 0) as bigint) as routine_count,
    cast(coalesce(emergency_count, 0) as bigint) as emergency_count,
    cast(coalesce(unknown_count, 0) as bigint) as unknown_count,
    if(routine_count is null, 0, served_hours) as served_hours,
from parties
order by report_in_party, month
