-- By which channels issues come in, and how fast each leads to an answer: one row per channel; null is not reported.
--
-- $start_month           date       first month counted
-- $end_month             date       last month counted
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all

with sums as (
    select
        channel,
        coalesce(sum(reported_count) filter (where month >= $start_month), 0) as reported_count,
        coalesce(sum(reported_count) filter (where month < $start_month), 0) as previous_reported_count,
        sum(responded_on_time_count) filter (where month >= $start_month) as responded_on_time_count,
        sum(dispatch_seconds) filter (where month >= $start_month) as dispatch_seconds,
        sum(dispatched_count) filter (where month >= $start_month) as dispatched_count,
        sum(closed_count) filter (where month >= $start_month) as closed_count,
        sum(same_day_count) filter (where month >= $start_month) as same_day_count,
    from issue_channel_months
    where (month between $start_month and $end_month or month between $previous_start_month and $previous_end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by channel
)

select
    channel as issue_channel,
    cast(reported_count as bigint) as reported_issues,
    reported_count / nullif(sum(reported_count) over (), 0) as issue_share,
    cast(previous_reported_count as bigint) as previous_reported_issues,
    responded_on_time_count / nullif(reported_count, 0) as channel_response_rate,
    round(dispatch_seconds / nullif(dispatched_count, 0) / 60, 1) as dispatch_minutes,
    same_day_count / nullif(closed_count, 0) as same_day_rate,
from sums
order by reported_count desc, channel
