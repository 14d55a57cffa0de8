-- How many issues were passed on from level to level, and how long they waited there: one row per step between levels.
--
-- $start_month           date       first month counted
-- $end_month             date       last month counted
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all

with passed as (
    select
        from_level,
        to_level,
        coalesce(sum(passed_count) filter (where month >= $start_month), 0) as passed_count,
        coalesce(sum(passed_count) filter (where month < $start_month), 0) as previous_passed_count,
        sum(held_hours) filter (where month >= $start_month)
            / nullif(sum(held_count) filter (where month >= $start_month), 0) as mean_held_hours,
    from issue_passing_months
    where (month between $start_month and $end_month or month between $previous_start_month and $previous_end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by from_level, to_level
),

reported as (
    select sum(reported_count - void_count) as reported_count
    from issue_tier_months
    where month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
)

select
    passed.from_level,
    passed.to_level,
    cast(passed.passed_count as bigint) as passed_issues,
    passed.passed_count / nullif(reported.reported_count, 0) as passed_share,
    cast(passed.previous_passed_count as bigint) as previous_passed_issues,
    passed.mean_held_hours,
from passed
cross join reported
order by
    list_position(['compound', 'community', 'subdistrict', 'department'], passed.from_level),
    list_position(['compound', 'community', 'subdistrict', 'department'], passed.to_level)
