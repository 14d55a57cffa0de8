-- Item B2, service orders and micro-wishes completed by the end of the quarter ÷ those accepted in it: one
-- row per branch and quarter, none where the place publishes no service orders.
--
-- Attribution: an order belongs to every scored branch linked to its compound, in the quarter it was
-- accepted; orders that name no compound belong to no branch. Later completions do not count, so that every
-- quarter is measured alike.
--
-- Intermediate: read by other marts, not kept in the edition.

with accepted_orders as (
    select
        branch_compounds.org_id,
        scored_quarters.quarter,
        count(*) filter (
            where cast(service_orders.completed_at as date) <= scored_quarters.last_day
        ) as numerator,
        count(*) as denominator,
    from service_orders
    inner join branch_compounds on service_orders.compound_id = branch_compounds.compound_id
    inner join scored_quarters
        on cast(date_trunc('quarter', service_orders.accepted_at) as date) = scored_quarters.quarter
        and cast(service_orders.accepted_at as date) <= scored_quarters.last_day
    where service_orders.kind in ('order', 'micro_wish')
    group by branch_compounds.org_id, scored_quarters.quarter
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    coalesce(accepted_orders.numerator, 0) as numerator,
    coalesce(accepted_orders.denominator, 0) as denominator,
from scored_branch_quarters
inner join published_tables on published_tables.table_name = 'service_orders'
left join accepted_orders
    on scored_branch_quarters.org_id = accepted_orders.org_id
    and scored_branch_quarters.quarter = accepted_orders.quarter
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
