-- In which form and through which channel talks are held: one row per kind and channel; null is not reported.
--
-- $start_month     date       first month of the period
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    kind as deliberation_kind,
    channel as deliberation_channel,
    cast(sum(topic_count) as bigint) as topic_count,
    sum(topic_count) / sum(sum(topic_count)) over () as topic_share,
    sum(resolved_count) / nullif(sum(resolution_known_count), 0) as topic_resolution_rate,
    cast(sum(attendance) as bigint) as attendance,
    sum(attendance) / nullif(sum(attendance_known_count), 0) as attendance_per_topic,
from deliberation_months
where facet = 'way'
    and month between $start_month and $end_month
    and (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by kind, channel
order by topic_count desc, kind, channel
