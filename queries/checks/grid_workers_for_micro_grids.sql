-- One row per district whose grid workers, of all kinds together, are fewer than its micro-grids.
--
-- title: The district has fewer grid workers than micro-grids
-- severity: warning
-- expected: at least one grid worker, full-time, part-time or auxiliary, per micro-grid

with micro_grids as (
    select left(community_code, 6) || '000000' as region_code, count(*) as micro_grid_count
    from grids
    where level = 'micro_grid'
    group by region_code
),

workers as (
    select left(grid_workers.community_code, 6) || '000000' as region_code, count(*) as worker_count
    from grid_workers
    cross join place_facts
    where grid_workers.kind <> 'community_worker'
        and coalesce(grid_workers.ended_date, date '9999-12-31') > place_facts.as_of
    group by region_code
)

select
    'regions' as table_name,
    regions.rowid as row_number,
    'region_code' as column_name,
    regions.region_code || ': ' || workers.worker_count as value,
    '≥ ' || micro_grids.micro_grid_count as expected,
from regions
inner join micro_grids on regions.region_code = micro_grids.region_code
inner join workers on regions.region_code = workers.region_code
where workers.worker_count < micro_grids.micro_grid_count
