-- Orders, wishes and projects by place and month ordered, and what became of them: one row per community, compound
-- (null: none named) and month.
--
-- Counted as in order_months, whose facets this mart does not tell apart.

select
    service_orders.community_code,
    service_orders.district_code,
    service_orders.compound_id,
    compound_facts.compound_type,
    cast(date_trunc('month', service_orders.ordered_at) as date) as month,
    count(*) as order_count,
    count(service_orders.completed_at) as completed_count,
    count(service_orders.rating) filter (where service_orders.completed_at is not null) as rated_count,
    cast(sum(service_orders.rating) filter (where service_orders.completed_at is not null) as bigint) as rating_sum,
    count(service_orders.accepted_at) as accept_known_count,
    cast(
        sum(date_diff('second', service_orders.ordered_at, service_orders.accepted_at)) as bigint
    ) as accept_seconds,
    cast(
        sum(date_diff('second', service_orders.ordered_at, service_orders.completed_at)) as bigint
    ) as complete_seconds,
from service_orders
left join compound_facts on service_orders.compound_id = compound_facts.compound_id
group by all
order by month, community_code, compound_id
