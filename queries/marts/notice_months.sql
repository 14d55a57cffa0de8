-- Public notices by the month they were due: one row per district, channel, kind of notice and month.
--
-- Only notices due by the as-of date count. Late: published after the due date or not at all.

select
    notices.district_code,
    notices.channel,
    notices.kind,
    cast(date_trunc('month', notices.due_date) as date) as month,
    count(*) as due_count,
    count(*) filter (where notices.published_date <= notices.due_date) as ontime_count,
    count(*) filter (where notices.published_date is null) as unpublished_count,
from notices
cross join place_facts
where notices.due_date <= place_facts.as_of
group by notices.district_code, notices.channel, notices.kind, month
order by month, notices.district_code, notices.channel, notices.kind
