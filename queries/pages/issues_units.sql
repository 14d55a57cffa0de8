-- Which responsible units are late: one row per unit with what fell due in the period and its backlog at the end.
--
-- Overdue at the end of a month: due by then and not closed by then.
--
-- $start_month         date       first month counted
-- $end_month           date       last month counted
-- $previous_end_month  date       last month of the period before
-- $districts           varchar[]  districts counted; empty means all in scope
-- $compound_types      varchar[]  compound types counted; empty means all

select
    owner_unit,
    cast(sum(entered_count - left_count) as bigint) as overdue_issues,
    cast(coalesce(sum(entered_count - left_count) filter (where month <= $previous_end_month), 0) as bigint)
        as previous_overdue_issues,
    overdue_issues - previous_overdue_issues as overdue_change,
    cast(coalesce(sum(due_count) filter (where month >= $start_month), 0) as bigint) as due_issues,
    sum(due_closed_count) filter (where month >= $start_month)
        / nullif(sum(due_count) filter (where month >= $start_month), 0) as close_rate,
    sum(ontime_closed_count) filter (where month >= $start_month)
        / nullif(sum(due_count) filter (where month >= $start_month), 0) as ontime_close_rate,
from issue_unit_months
where month <= $end_month
    and (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by owner_unit
having overdue_issues > 0 or due_issues > 0
order by overdue_issues desc, owner_unit
