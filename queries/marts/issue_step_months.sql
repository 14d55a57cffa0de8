-- How long each step of handling took, as a histogram: one row per district, compound type, month in which the
-- step was done and step.
--
-- seconds_classes and class_counts run in parallel: class k holds the steps done from 1.1^k to less than
-- 1.1^(k + 1) seconds after the step before that is on record, class -1 those that took no time. So a percentile
-- taken between the edges is never off by more than a tenth. The step 'whole' lasts from report to closing. Void
-- issues are left out.

with moments as (
    select
        issues.district_code,
        compound_facts.compound_type,
        issues.reported_at,
        issues.accepted_at,
        issues.registered_at,
        issues.dispatched_at,
        issues.handled_at,
        issues.checked_at,
        issues.closed_at,
        coalesce(issues.accepted_at, issues.reported_at) as last_before_registered,
        coalesce(issues.registered_at, last_before_registered) as last_before_dispatched,
        coalesce(issues.dispatched_at, last_before_dispatched) as last_before_handled,
        coalesce(issues.handled_at, last_before_handled) as last_before_checked,
        coalesce(issues.checked_at, last_before_checked) as last_before_closed,
    from issues
    left join compound_facts on issues.compound_id = compound_facts.compound_id
    where issues.status <> 'void'
),

steps as (
    select district_code, compound_type, 'accepted' as step, reported_at as started_at, accepted_at as done_at
    from moments
    union all
    select district_code, compound_type, 'registered' as step, last_before_registered as started_at, registered_at as done_at
    from moments
    union all
    select district_code, compound_type, 'dispatched' as step, last_before_dispatched as started_at, dispatched_at as done_at
    from moments
    union all
    select district_code, compound_type, 'handled' as step, last_before_handled as started_at, handled_at as done_at
    from moments
    union all
    select district_code, compound_type, 'checked' as step, last_before_checked as started_at, checked_at as done_at
    from moments
    union all
    select district_code, compound_type, 'closed' as step, last_before_closed as started_at, closed_at as done_at
    from moments
    union all
    select district_code, compound_type, 'whole' as step, reported_at as started_at, closed_at as done_at
    from moments
),

classed as (
    select
        district_code,
        compound_type,
        step,
        cast(date_trunc('month', done_at) as date) as month,
        date_diff('second', started_at, done_at) as seconds,
        if(seconds < 1, -1, cast(floor(ln(seconds) / ln(1.1)) as integer)) as seconds_class,
    from steps
    where done_at is not null
),

counted as (
    select
        district_code,
        compound_type,
        month,
        step,
        seconds_class,
        count(*) as class_count,
    from classed
    group by district_code, compound_type, month, step, seconds_class
)

select
    district_code,
    compound_type,
    month,
    step,
    list(seconds_class order by seconds_class) as seconds_classes,
    list(class_count order by seconds_class) as class_counts,
from counted
group by district_code, compound_type, month, step
order by month, step, district_code, compound_type
