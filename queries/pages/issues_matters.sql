-- What residents report, hazards among it: one row per category and matter, the largest categories first.
--
-- $start_month           date       first month counted
-- $end_month             date       last month counted
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all

with sums as (
    select
        category,
        subcategory,
        coalesce(sum(reported_count) filter (where month >= $start_month), 0) as reported_count,
        coalesce(sum(reported_count) filter (where month < $start_month), 0) as previous_reported_count,
        coalesce(sum(closed_count) filter (where month >= $start_month), 0) as closed_count,
        coalesce(sum(same_day_count) filter (where month >= $start_month), 0) as same_day_count,
    from issue_matter_months
    where (month between $start_month and $end_month or month between $previous_start_month and $previous_end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by category, subcategory
)

select
    category as issue_category,
    subcategory as matter,
    cast(reported_count as bigint) as reported_issues,
    reported_count / nullif(sum(reported_count) over (), 0) as issue_share,
    cast(previous_reported_count as bigint) as previous_reported_issues,
    closed_count / nullif(reported_count, 0) as closed_so_far_rate,
    same_day_count / nullif(closed_count, 0) as same_day_rate,
from sums
order by sum(reported_count) over (partition by category) desc, category, reported_count desc, subcategory
