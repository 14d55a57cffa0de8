-- How one issue went on: one row per step, answer and promise, with the wait before it and its limit.
--
-- A step waits for the step before it that is on record, the first one that is missing for the end of the as-of
-- date; answers and promises run from the report. Limits as in issue_promise_months: clock time, or working days of
-- the place's calendar to the end of the last one. The extracts have no time at which a plan was made.
--
-- $issue_id  varchar  issue shown
-- $language  varchar  language of the names, zh or en

with issue as (
    select
        issues.*,
        promises.track,
        cast(place_facts.as_of as timestamp) + interval 1 day as now_at,
    from issues
    cross join place_facts
    left join promises on issues.promise_code = promises.code
    where issues.issue_id = $issue_id
),

moments as (
    select 1 as position, 'reported' as step, reported_at as occurred_at, cast(null as timestamp) as limit_at from issue
    union all
    select 2 as position, 'accepted' as step, accepted_at as occurred_at, null as limit_at from issue
    union all
    select 3 as position, 'registered' as step, registered_at as occurred_at, null as limit_at from issue
    union all
    select 4 as position, 'dispatched' as step, dispatched_at as occurred_at, null as limit_at from issue
    union all
    select 5 as position, 'handled' as step, handled_at as occurred_at, null as limit_at from issue
    union all
    select 6 as position, 'checked' as step, checked_at as occurred_at, null as limit_at from issue
    union all
    select 7 as position, 'closed' as step, closed_at as occurred_at, due_at as limit_at from issue
),

steps as (
    select
        position,
        step,
        occurred_at,
        limit_at,
        max(occurred_at) over (order by position rows between unbounded preceding and 1 preceding) as started_at,
        max(position) filter (where occurred_at is not null) over () as last_position,
    from moments
),

promised as (
    select
        10 + promises.position as position,
        label(promises.name, promises.name_en, $language) as promise_name,
        promises.code in ('respond', 'reply', 'resolve') as is_known,
        case promises.code
            when 'respond' then issue.first_response_at
            when 'reply' then issue.replied_at
            when 'resolve' then if(issue.status = 'closed', issue.closed_at, null)
        end as occurred_at,
        coalesce(
            cast(ended.day as timestamp) + interval 1 day,
            issue.reported_at + to_seconds(coalesce(60 * promises.minutes, 3600 * promises.hours))
        ) as limit_at,
        issue.reported_at as started_at,
        issue.now_at,
    from issue
    inner join promises
        on promises.track is null
        or (promises.track = issue.track and issue.status <> 'void')
    left join working_days as reported on cast(issue.reported_at as date) = reported.day
    left join working_days as ended
        on reported.working_day_count + promises.working_days = ended.working_day_count
        and ended.is_working
),

lines as (
    select
        steps.position,
        steps.step,
        true as is_known,
        steps.occurred_at,
        steps.limit_at,
        steps.started_at,
        steps.position = steps.last_position + 1 and issue.status not in ('void', 'returned', 'closed') as is_next,
        issue.now_at,
    from steps
    cross join issue
    union all
    select
        position,
        promise_name as step,
        is_known,
        occurred_at,
        limit_at,
        started_at,
        false as is_next,
        now_at,
    from promised
)

select
    step,
    occurred_at,
    case
        when occurred_at is not null then round(date_diff('second', started_at, occurred_at) / 3600, 2)
        when is_next then round(date_diff('second', started_at, now_at) / 3600, 2)
    end as waited_hours,
    limit_at,
    case
        when limit_at is null then null
        when not is_known then 'unknown'
        when occurred_at is not null then if(occurred_at <= limit_at, 'kept', 'missed')
        else if(limit_at <= now_at, 'missed', 'running')
    end as limit_verdict,
from lines
order by position
