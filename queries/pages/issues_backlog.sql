-- Issues overdue at the end of each month, over the 24 months up to the end of the period: one row per month.
--
-- Overdue at the end of a month: due by then and not closed by then.
--
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

with changes as (
    select
        month,
        sum(entered_count - left_count) as change,
    from issue_unit_months
    where month <= $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by month
),

months as (
    select cast(unnest(generate_series(min(month), $end_month, interval 1 month)) as date) as month
    from changes
),

backlogs as (
    select
        months.month,
        sum(coalesce(changes.change, 0)) over (order by months.month) as overdue_issues,
    from months
    left join changes on months.month = changes.month
)

select
    month,
    cast(overdue_issues as bigint) as overdue_issues,
from backlogs
where month >= $end_month - to_months(23)
order by month
