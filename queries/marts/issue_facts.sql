-- What each resident issue counts for, and in which month: one row per issue.
--
-- Each count belongs to the month of its own moment: reporting (is_responded_on_time); the due date, once it
-- has passed (is_closed, is_ontime_closed, is_due_resolved); closing (is_overnight, is_reworked, is_resolved,
-- is_compound_resolved, is_revisited, is_satisfied, hours_to_close); registration (is_extended). Void issues
-- were reported but are neither due nor finished. A flag is null throughout where the place publishes nothing
-- that it could be judged by.
-- Intermediate: read by other marts, not kept in the edition.

with response_promise as (
    select max(minutes) as minutes
    from promises
    where code = 'respond'
),

filled_columns as (
    select
        count(first_response_at) > 0 as has_responses,
        count(rework_count) > 0 as has_reworks,
        count(is_extended) > 0 as has_extensions,
    from issues
),

judged as (
    select
        issues.*,
        cast(issues.due_at as date) <= place_facts.as_of and issues.status <> 'void' as is_due,
        issues.closed_at is not null and issues.status <> 'void' as is_finished,
    from issues
    cross join place_facts
)

select
    judged.compound_id,
    judged.grid_code,
    judged.district_code,
    judged.category,
    judged.subcategory,
    judged.family,
    judged.tier,
    judged.phase,
    judged.owner_unit,
    judged.resolved_level,
    cast(date_trunc('month', judged.reported_at) as date) as reported_month,
    if(judged.is_due, cast(date_trunc('month', judged.due_at) as date), null) as due_month,
    if(judged.is_finished, cast(date_trunc('month', judged.closed_at) as date), null) as finished_month,
    cast(date_trunc('month', judged.registered_at) as date) as registered_month,
    case
        when not filled_columns.has_responses or response_promise.minutes is null then null
        else coalesce(
            date_diff('second', judged.reported_at, judged.first_response_at) <= 60 * response_promise.minutes,
            false
        )
    end as is_responded_on_time,
    judged.status = 'void' as is_void,
    judged.accepted_at is not null as is_accepted,
    judged.registered_at is not null as is_registered,
    judged.dispatched_at is not null as is_dispatched,
    judged.handled_at is not null as is_handled,
    judged.checked_at is not null as is_checked,
    judged.closed_at is not null as is_closed,
    coalesce(judged.closed_at <= judged.due_at, false) as is_ontime_closed,
    judged.closed_at is not null and judged.status = 'closed' as is_due_resolved,
    cast(judged.closed_at as date) > cast(judged.reported_at as date) as is_overnight,
    if(filled_columns.has_reworks, coalesce(judged.rework_count, 0) > 0, null) as is_reworked,
    judged.status = 'closed' and judged.resolved_level is not null as is_resolved,
    judged.status = 'closed' and coalesce(judged.resolved_level = 'compound', false) as is_compound_resolved,
    coalesce(judged.revisit_result = 'reached', false) as is_revisited,
    coalesce(judged.revisit_result = 'reached' and judged.satisfaction = 'satisfied', false) as is_satisfied,
    if(filled_columns.has_extensions, coalesce(judged.is_extended, false), null) as is_extended,
    if(judged.is_finished, date_diff('second', judged.reported_at, judged.closed_at) / 3600, null) as hours_to_close,
from judged
cross join response_promise
cross join filled_columns
