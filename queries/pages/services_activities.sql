-- Which activities were held, for how many? One row per kind of activity.
--
-- Sessions, people and person-times stand apart: whoever takes part in two sessions is not two persons, so people are
-- given per session only.
--
-- $start_month           date       first month of the period
-- $end_month             date       last month of the period
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all

with activities as (
    select
        *,
        month between $start_month and $end_month as is_present,
    from activity_months
    where facet = 'kind'
        and (
            month between $start_month and $end_month
            or month between $previous_start_month and $previous_end_month
        )
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
)

select
    kind as activity_kind,
    cast(sum(session_count) filter (where is_present) as bigint) as activity_sessions,
    cast(coalesce(sum(session_count) filter (where not is_present), 0) as bigint) as previous_activity_sessions,
    sum(people) filter (where is_present) / nullif(sum(people_known_count) filter (where is_present), 0)
        as people_per_session,
    cast(sum(person_times) filter (where is_present) as bigint) as activity_person_times,
    cast(sum(session_count - times_known_count) filter (where is_present) as bigint) as unreported_sessions,
from activities
group by kind
having bool_or(is_present)
order by activity_sessions desc, activity_kind
