-- Events of public safety and what became of them: one row per kind and finder; a null finder is not reported.
--
-- $start_month            date       first month of the period
-- $end_month              date       last month of the period
-- $last_year_start_month  date       first month of the period a year before
-- $last_year_end_month    date       last month of the period a year before
-- $districts              varchar[]  districts counted; empty means all in scope
-- $compound_types         varchar[]  types of the compounds named; empty means all events

with placed as (
    select
        *,
        month between $start_month and $end_month as is_now,
    from safety_months
    where (
        month between $start_month and $end_month
        or month between $last_year_start_month and $last_year_end_month
    )
    and (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
)

select
    kind as safety_kind,
    found_by as safety_finder,
    coalesce(cast(sum(event_count) filter (where is_now) as bigint), 0) as safety_event_count,
    coalesce(cast(sum(resolved_count) filter (where is_now) as bigint), 0) as safety_resolved_count,
    coalesce(cast(sum(handed_over_count) filter (where is_now) as bigint), 0) as safety_handed_over_count,
    coalesce(cast(sum(open_count) filter (where is_now) as bigint), 0) as safety_open_count,
    coalesce(
        cast(sum(event_count - resolved_count - handed_over_count - open_count) filter (where is_now) as bigint), 0
    ) as safety_unknown_count,
    sum(resolving_days) filter (where is_now)
    / nullif(sum(timed_count) filter (where is_now), 0) as mean_resolving_days,
    coalesce(cast(sum(event_count) filter (where not is_now) as bigint), 0) as last_year_event_count,
from placed
group by kind, found_by
order by
    list_position(['property_damage', 'neighbour_dispute', 'hazard'], kind),
    safety_event_count desc,
    safety_finder
