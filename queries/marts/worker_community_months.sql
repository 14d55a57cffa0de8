-- Workers in post at the end of each month against grids and micro-grids: one row per community and month.
--
-- A kind of worker that nobody in the district ever had on record is null, which is not 0. Grids have no dates: those
-- of the as-of date stand in every month. A post without a starting date counts from the beginning. Grid workers are
-- full-time, part-time and auxiliary ones.

with months as (
    select distinct month
    from metric_months
),

grid_counts as (
    select
        community_code,
        any_value(district_code) as district_code,
        count(*) filter (where level = 'grid') as grid_count,
        count(*) filter (where level = 'micro_grid') as micro_grid_count,
    from grids
    group by community_code
),

kinds_on_record as (
    select
        district_code,
        bool_or(kind = 'full_time') as has_full_time,
        bool_or(kind = 'part_time') as has_part_time,
        bool_or(kind = 'auxiliary') as has_auxiliary,
        bool_or(kind = 'community_worker') as has_community_worker,
    from grid_workers
    group by district_code
),

terms as (
    select
        community_code,
        kind,
        date_trunc('month', coalesce(started_date, date '1900-01-01')) as first_month,
        date_trunc('month', coalesce(ended_date, date '9999-12-31')) as month_of_end,
        count(*) as worker_count,
    from grid_workers
    group by all
),

posts as (
    select
        terms.community_code,
        months.month,
        sum(terms.worker_count) filter (where terms.kind = 'full_time') as full_time_workers,
        sum(terms.worker_count) filter (where terms.kind = 'part_time') as part_time_workers,
        sum(terms.worker_count) filter (where terms.kind = 'auxiliary') as auxiliary_workers,
        sum(terms.worker_count) filter (where terms.kind = 'community_worker') as community_workers,
    from terms
    inner join months on terms.first_month <= months.month and terms.month_of_end > months.month
    group by terms.community_code, months.month
)

select
    grid_counts.district_code,
    grid_counts.community_code,
    months.month,
    grid_counts.grid_count,
    grid_counts.micro_grid_count,
    if(kinds_on_record.has_full_time, coalesce(posts.full_time_workers, 0), null) as full_time_workers,
    if(kinds_on_record.has_part_time, coalesce(posts.part_time_workers, 0), null) as part_time_workers,
    if(kinds_on_record.has_auxiliary, coalesce(posts.auxiliary_workers, 0), null) as auxiliary_workers,
    if(kinds_on_record.has_community_worker, coalesce(posts.community_workers, 0), null) as community_workers,
    if(
        kinds_on_record.has_full_time or kinds_on_record.has_part_time or kinds_on_record.has_auxiliary,
        coalesce(posts.full_time_workers, 0) + coalesce(posts.part_time_workers, 0) + coalesce(posts.auxiliary_workers, 0),
        null
    ) as grid_workers,
from grid_counts
cross join months
left join kinds_on_record on grid_counts.district_code = kinds_on_record.district_code
left join posts on grid_counts.community_code = posts.community_code and months.month = posts.month
order by months.month, grid_counts.community_code
