-- Issues by family and phase, and how each family is handled: one row per family of the place, zeros included.
--
-- Phases count the issues reported in the period; rates stand on what fell due and on whom the revisits reached.
--
-- $start_month     date       first month counted
-- $end_month       date       last month counted
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $families        varchar[]  families of the place, in its order

with sums as (
    select
        family,
        sum(reported_count) as reported_count,
        coalesce(sum(reported_count) filter (where phase = 'before'), 0) as before_count,
        coalesce(sum(reported_count) filter (where phase = 'during'), 0) as during_count,
        coalesce(sum(reported_count) filter (where phase = 'after'), 0) as after_count,
        coalesce(sum(reported_count) filter (where phase is null), 0) as no_phase_count,
        sum(due_count) as due_count,
        sum(due_closed_count) as due_closed_count,
        sum(ontime_closed_count) as ontime_closed_count,
        sum(revisited_count) as revisited_count,
        sum(satisfied_count) as satisfied_count,
    from issue_flow_months
    where month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by family
),

families as (
    select unnest($families) as family
    union
    select family from sums
)

select
    families.family,
    cast(coalesce(sums.reported_count, 0) as bigint) as reported_issues,
    cast(coalesce(sums.before_count, 0) as bigint) as before_count,
    cast(coalesce(sums.during_count, 0) as bigint) as during_count,
    cast(coalesce(sums.after_count, 0) as bigint) as after_count,
    cast(coalesce(sums.no_phase_count, 0) as bigint) as no_phase_count,
    cast(coalesce(sums.due_count, 0) as bigint) as due_issues,
    sums.due_closed_count / nullif(sums.due_count, 0) as close_rate,
    sums.ontime_closed_count / nullif(sums.due_count, 0) as ontime_close_rate,
    cast(coalesce(sums.revisited_count, 0) as bigint) as revisited_issues,
    sums.satisfied_count / nullif(sums.revisited_count, 0) as satisfaction_rate,
from families
left join sums on families.family is not distinct from sums.family
order by coalesce(list_position($families, families.family), 1000), families.family
