-- Orders, wishes and projects by month ordered and what became of them: one row per district, compound type, month and
-- facet.
--
-- facet says what a row tells apart beside them: 'kind' the kind of order, 'need' who asked for which service,
-- 'package' the package, 'provider' the hired provider. Rows of one facet add up. What became of an order is what is
-- known at the as-of date. Seconds run from the order to its acceptance and to its completion.

with orders as (
    select
        service_orders.district_code,
        compound_facts.compound_type,
        cast(date_trunc('month', service_orders.ordered_at) as date) as month,
        service_orders.kind,
        service_orders.target_group,
        service_orders.service_type,
        service_orders.package,
        service_orders.provider,
        service_orders.assigned_at is not null or service_orders.accepted_at is not null
            or service_orders.completed_at is not null as is_assigned,
        service_orders.accepted_at is not null or service_orders.completed_at is not null as is_accepted,
        service_orders.completed_at is not null as is_completed,
        if(is_completed, service_orders.rating, null) as rating,
        date_diff('second', service_orders.ordered_at, service_orders.accepted_at) as accept_seconds,
        date_diff('second', service_orders.ordered_at, service_orders.completed_at) as complete_seconds,
    from service_orders
    left join compound_facts on service_orders.compound_id = compound_facts.compound_id
),

facets as (
    select 'kind' as facet, kind, null as target_group, null as service_type, null as package, null as provider,
        orders.* exclude (kind, target_group, service_type, package, provider),
    from orders
    union all
    select 'need' as facet, null, target_group, service_type, null, null,
        orders.* exclude (kind, target_group, service_type, package, provider),
    from orders
    where target_group is not null and service_type is not null
    union all
    select 'package' as facet, null, null, null, package, null,
        orders.* exclude (kind, target_group, service_type, package, provider),
    from orders
    where package is not null
    union all
    select 'provider' as facet, null, null, null, null, provider,
        orders.* exclude (kind, target_group, service_type, package, provider),
    from orders
    where provider is not null
)

select
    facet,
    district_code,
    compound_type,
    month,
    kind,
    target_group,
    service_type,
    package,
    provider,
    count(*) as order_count,
    count(*) filter (where is_assigned) as assigned_count,
    count(*) filter (where is_accepted) as accepted_count,
    count(*) filter (where is_completed) as completed_count,
    count(rating) as rated_count,
    cast(sum(rating) as bigint) as rating_sum,
    count(accept_seconds) as accept_known_count,
    cast(sum(accept_seconds) as bigint) as accept_seconds,
    count(complete_seconds) as complete_known_count,
    cast(sum(complete_seconds) as bigint) as complete_seconds,
from facets
group by all
order by facet, month, district_code, compound_type, kind, target_group, service_type, package, provider
