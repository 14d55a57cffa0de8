-- Which packages are ordered, and what becomes of them? One row per package.
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
    where facet = 'package'
        and (
            month between $start_month and $end_month
            or month between $previous_start_month and $previous_end_month
        )
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
)

select
    package as service_package,
    cast(sum(order_count) filter (where is_present) as bigint) as order_count,
    cast(sum(order_count) filter (where not is_present) as bigint) as previous_order_count,
    sum(completed_count) filter (where is_present) / sum(order_count) filter (where is_present)
        as order_completion_rate,
    sum(rating_sum) filter (where is_present) / nullif(sum(rated_count) filter (where is_present), 0) as order_rating,
from orders
group by package
having bool_or(is_present)
order by order_count desc, service_package
