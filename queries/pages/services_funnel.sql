-- How far have the orders, wishes and projects of the period come by the as-of date, and those of the period before?
-- One row per step.
--
-- $start_month           date       first month of the period
-- $end_month             date       last month of the period
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all

with sums as (
    select
        month between $start_month and $end_month as is_present,
        sum(order_count) as ordered,
        sum(assigned_count) as assigned,
        sum(accepted_count) as accepted,
        sum(completed_count) as completed,
        sum(rated_count) as rated,
    from order_months
    where facet = 'kind'
        and (
            month between $start_month and $end_month
            or month between $previous_start_month and $previous_end_month
        )
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by is_present
),

steps as (
    unpivot sums on ordered, assigned, accepted, completed, rated into name step value step_count
)

select
    steps.step,
    cast(max(steps.step_count) filter (where steps.is_present) as bigint) as step_count,
    max(steps.step_count / sums.ordered) filter (where steps.is_present) as step_share,
    cast(max(steps.step_count) filter (where not steps.is_present) as bigint) as previous_step_count,
    max(steps.step_count / sums.ordered) filter (where not steps.is_present) as previous_step_share,
from steps
inner join sums on steps.is_present = sums.is_present
group by steps.step
having bool_or(steps.is_present)
order by list_position(['ordered', 'assigned', 'accepted', 'completed', 'rated'], steps.step)
