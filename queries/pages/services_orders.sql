-- Which kinds of orders were placed in the period, and what became of them by the as-of date? One row per kind.
--
-- $start_month           date       first month of the period
-- $end_month             date       last month of the period
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all

with orders as (
    select
        *,
        month between $start_month and $end_month as is_present,
    from order_months
    where facet = 'kind'
        and (
            month between $start_month and $end_month
            or month between $previous_start_month and $previous_end_month
        )
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
)

select
    kind as order_kind,
    cast(sum(order_count) filter (where is_present) as bigint) as order_count,
    cast(sum(order_count) filter (where not is_present) as bigint) as previous_order_count,
    cast(sum(completed_count) filter (where is_present) as bigint) as completed_count,
    sum(completed_count) filter (where is_present) / sum(order_count) filter (where is_present)
        as order_completion_rate,
    sum(rating_sum) filter (where is_present) / nullif(sum(rated_count) filter (where is_present), 0) as order_rating,
    round(
        sum(accept_seconds) filter (where is_present) / 3600
        / nullif(sum(accept_known_count) filter (where is_present), 0),
        1
    ) as hours_to_accept,
    round(
        sum(complete_seconds) filter (where is_present) / 3600
        / nullif(sum(complete_known_count) filter (where is_present), 0),
        1
    ) as hours_to_complete,
    cast(sum(rated_count) filter (where is_present) as bigint) as rated_order_count,
from orders
group by kind
having bool_or(is_present)
order by order_count desc, order_kind
