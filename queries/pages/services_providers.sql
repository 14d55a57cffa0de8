-- What do hired providers do for their money? One row per provider with orders in the period or a budget of the year.
--
-- $start_month     date       first month of the period
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

with ordered as (
    select
        provider,
        sum(order_count) as order_count,
        sum(completed_count) as completed_count,
        sum(rated_count) as rated_count,
        sum(rating_sum) as rating_sum,
    from order_months
    where facet = 'provider'
        and month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by provider
),

bought as (
    select
        provider,
        sum(line_count) as line_count,
        sum(budget_yuan) as budget_yuan,
        sum(accounted_yuan) as accounted_yuan,
        sum(spent_yuan) as spent_yuan,
    from purchase_years
    where year = extract('year' from $end_month)
        and (len($districts) = 0 or district_code in $districts)
    group by provider
)

select
    coalesce(ordered.provider, bought.provider) as service_provider,
    cast(ordered.order_count as bigint) as order_count,
    ordered.completed_count / ordered.order_count as order_completion_rate,
    ordered.rating_sum / nullif(ordered.rated_count, 0) as order_rating,
    cast(bought.line_count as bigint) as purchase_count,
    bought.budget_yuan,
    bought.spent_yuan / nullif(bought.accounted_yuan, 0) as spending_rate,
from ordered
full join bought on ordered.provider = bought.provider
order by ordered.order_count desc nulls last, service_provider
