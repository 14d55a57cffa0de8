-- How small, large and difficult issues are handled: one row per tier; null is not reported.
--
-- $start_month     date       first month counted
-- $end_month       date       last month counted
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    tier,
    cast(sum(reported_count) as bigint) as reported_issues,
    sum(reported_count) / nullif(sum(sum(reported_count)) over (), 0) as issue_share,
    cast(sum(due_count) as bigint) as due_issues,
    sum(ontime_closed_count) / nullif(sum(due_count), 0) as ontime_close_rate,
    sum(overnight_count) / nullif(sum(finished_count), 0) as overnight_rate,
    sum(compound_count) / nullif(sum(resolved_count), 0) as solved_at_compound_rate,
    sum(raised_count) / nullif(sum(resolved_count), 0) as raised_rate,
from issue_tier_months
where month between $start_month and $end_month
    and (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by tier
order by list_position(['small', 'large', 'difficult'], tier) nulls last
