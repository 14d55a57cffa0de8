-- Who asks for which service, and how much of it is done? One row per target group and type of service.
--
-- $start_month     date       first month of the period
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    target_group,
    service_type,
    cast(sum(order_count) as bigint) as order_count,
    sum(order_count) / sum(sum(order_count)) over (partition by target_group) as share_of_group,
    sum(completed_count) / sum(order_count) as order_completion_rate,
    sum(rating_sum) / nullif(sum(rated_count), 0) as order_rating,
from order_months
where facet = 'need'
    and month between $start_month and $end_month
    and (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by target_group, service_type
order by sum(sum(order_count)) over (partition by target_group) desc, target_group, order_count desc, service_type
