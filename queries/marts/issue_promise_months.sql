-- Service promises kept: one row per district, compound type, promise and month of reporting, counting issues
-- whose limit has passed by the as-of date.
--
-- A promise with a track is one for the issues that carry a promise of that track, void ones left out; a promise
-- without a track is one for all issues reported, void ones included, so that "respond" is the response rate.
-- Minutes and hours run on the clock from the report on. Working days follow the place's calendar; the day of
-- reporting does not count and the last one counts to its end (Civil Code of the PRC, articles 201 and 203).
-- Kept: first response, reply, or closing as resolved by the limit. The extracts have no time at which a plan
-- was made, and none for promises of other codes: kept_count is null there, as it is where the place never
-- reports the moment.

with published as (
    select
        count(first_response_at) > 0 as has_responses,
        count(replied_at) > 0 as has_replies,
    from issues
),

limits as (
    select
        promises.code,
        promises.track,
        coalesce(60 * promises.minutes, 3600 * promises.hours) as seconds,
        promises.working_days,
        case promises.code
            when 'respond' then published.has_responses
            when 'reply' then published.has_replies
            else promises.code = 'resolve'
        end as is_known,
    from promises
    cross join published
),

last_days as (
    select
        limits.code,
        reported.day,
        ended.day as last_day,
    from limits
    cross join working_days as reported
    inner join working_days as ended
        on reported.working_day_count + limits.working_days = ended.working_day_count
        and ended.is_working
),

promised as (
    select
        issues.district_code,
        compound_facts.compound_type,
        limits.code as promise_code,
        cast(date_trunc('month', issues.reported_at) as date) as month,
        limits.is_known,
        limits.track,
        case
            when last_days.last_day is not null then cast(last_days.last_day as timestamp) + interval 1 day
            else issues.reported_at + to_seconds(limits.seconds)
        end as limit_at,
        case limits.code
            when 'respond' then issues.first_response_at
            when 'reply' then issues.replied_at
            when 'resolve' then if(issues.status = 'closed', issues.closed_at, null)
        end as done_at,
    from issues
    cross join limits
    left join promises as own on issues.promise_code = own.code
    left join last_days
        on limits.code = last_days.code
        and cast(issues.reported_at as date) = last_days.day
    left join compound_facts on issues.compound_id = compound_facts.compound_id
    where limits.track is null
        or (own.track = limits.track and issues.status <> 'void')
)

select
    promised.district_code,
    promised.compound_type,
    promised.promise_code,
    promised.month,
    count(*) as promised_count,
    if(bool_and(promised.is_known), count(*) filter (where promised.done_at <= promised.limit_at), null) as kept_count,
from promised
cross join place_facts
where promised.track is null
    or promised.limit_at <= cast(place_facts.as_of as timestamp) + interval 1 day
group by promised.district_code, promised.compound_type, promised.promise_code, promised.month
order by promised.month, promised.promise_code, promised.district_code, promised.compound_type
