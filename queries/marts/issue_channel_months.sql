-- Resident issues by the channel they came in by: one row per district, compound type, channel and month of report.
--
-- Void issues are left out. On time: first response within the minutes the place promises; null without a promise.

select
    issues.district_code,
    compound_facts.compound_type,
    issues.channel,
    cast(date_trunc('month', issues.reported_at) as date) as month,
    count(*) as reported_count,
    if(
        any_value(place_facts.respond_minutes) is null,
        null,
        count(*) filter (
            where date_diff('second', issues.reported_at, issues.first_response_at) <= 60 * place_facts.respond_minutes
        )
    ) as responded_on_time_count,
    sum(date_diff('second', issues.reported_at, issues.dispatched_at)) as dispatch_seconds,
    count(issues.dispatched_at) as dispatched_count,
    count(issues.closed_at) as closed_count,
    count(*) filter (where cast(issues.closed_at as date) = cast(issues.reported_at as date)) as same_day_count,
from issues
cross join place_facts
left join compound_facts on issues.compound_id = compound_facts.compound_id
where issues.status <> 'void'
group by issues.district_code, compound_facts.compound_type, issues.channel, month
order by month, issues.district_code, compound_facts.compound_type, issues.channel
