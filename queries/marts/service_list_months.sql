-- How demands and projects of the lists went on by month: one row per district, kind of order and month of any step.
--
-- Claimed is assigned to someone, accepted is begun, completed is done; a step without a moment of its own was
-- taken at the latest with the next one. Sums up to a month are what stood at its end.

with steps as (
    select
        district_code,
        kind,
        ordered_at,
        coalesce(assigned_at, accepted_at, completed_at) as claimed_at,
        coalesce(accepted_at, completed_at) as begun_at,
        completed_at,
    from service_orders
    where kind <> 'order'
),

taken as (
    select district_code, kind, date_trunc('month', ordered_at) as month, 'listed' as step from steps
    union all
    select district_code, kind, date_trunc('month', claimed_at) as month, 'claimed' as step from steps
    union all
    select district_code, kind, date_trunc('month', begun_at) as month, 'begun' as step from steps
    union all
    select district_code, kind, date_trunc('month', completed_at) as month, 'done' as step from steps
)

select
    district_code,
    kind,
    cast(month as date) as month,
    count(*) filter (where step = 'listed') as listed_count,
    count(*) filter (where step = 'claimed') as claimed_count,
    count(*) filter (where step = 'begun') as begun_count,
    count(*) filter (where step = 'done') as done_count,
from taken
where month is not null
group by all
order by district_code, kind, month
