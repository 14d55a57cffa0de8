-- Through which channels notices are published, and are they in time? One row per channel and kind of notice.
--
-- $start_month  date       first month counted
-- $end_month    date       last month counted
-- $districts    varchar[]  districts counted; empty means all in scope

select
    channel as notice_channel,
    kind as notice_kind,
    cast(sum(due_count) as bigint) as due_notice_count,
    sum(due_count) / sum(sum(due_count)) over () as notice_share,
    sum(ontime_count) / sum(due_count) as notice_ontime_rate,
    cast(sum(unpublished_count) as bigint) as unpublished_notice_count,
from notice_months
where month between $start_month and $end_month
    and (len($districts) = 0 or district_code in $districts)
group by channel, kind
order by sum(sum(due_count)) over (partition by channel) desc, channel, sum(due_count) desc, kind
