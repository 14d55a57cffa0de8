-- How far has the year come, beside the same day a year before? One row per metric with anything counted in either year.
--
-- Counted from 1 January up to the end of the period, or to the as-of date where that comes first: a year that is not
-- over is held against as much of the one before. Before its first published month a year is not reported.
--
-- $end_month       date       last month of the period
-- $as_of           date       day whose state the edition describes
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

with years as (
    select
        least($as_of, last_day($end_month)) as progress_to,
        cast(date_trunc('year', progress_to) as date) as first_day,
        cast(progress_to - interval 1 year as date) as same_day,
        cast(first_day - interval 1 year as date) as first_day_before,
),

events as (
    select 'reported_issues' as metric, cast(reported_at as date) as day, district_code, compound_id
    from issues
    union all
    select 'closed_issues' as metric, cast(closed_at as date) as day, district_code, compound_id
    from issues
    where closed_at is not null
    union all
    select 'deliberation_topics' as metric, held_date as day, district_code, compound_id
    from deliberations
    union all
    select 'order_count' as metric, cast(ordered_at as date) as day, district_code, compound_id
    from service_orders
    union all
    select 'activity_sessions' as metric, held_date as day, district_code, compound_id
    from service_activities
    union all
    select 'drill_count' as metric, occurred_date as day, district_code, null as compound_id
    from drills
),

counted as (
    select
        events.metric,
        count(*) filter (where events.day between years.first_day and years.progress_to) as value,
        count(*) filter (where events.day between years.first_day_before and years.same_day) as before_count,
        min(events.day) as first_event_day,
    from events
    cross join years
    where (len($districts) = 0 or events.district_code in $districts)
        and (
            len($compound_types) = 0
            or events.compound_id in (select compound_id from compound_facts where compound_type in $compound_types)
        )
        and events.day between years.first_day_before - interval 1 year and years.progress_to
    group by events.metric
)

select
    counted.metric,
    years.progress_to,
    counted.value,
    if(counted.first_event_day < years.first_day_before + interval 1 month, counted.before_count, null) as same_day_value,
    counted.value - same_day_value as same_day_change,
from counted
cross join years
where counted.value > 0
    or counted.before_count > 0
order by list_position(
    [
        'reported_issues', 'closed_issues', 'deliberation_topics', 'order_count', 'activity_sessions', 'drill_count'
    ],
    counted.metric
)
