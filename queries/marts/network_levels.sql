-- The levels of the network with their centres, workers and report-ins, at the as-of date: one row per district and level.
--
-- A centre belongs to the level it is recorded at. A worker or report-in stands at the finest level it names: the
-- micro-grid, the grid, else the community. An extract that is not published leaves its numbers null.

with published as (
    select
        count(*) filter (where table_name = 'facilities') > 0 as has_facilities,
        count(*) filter (where table_name = 'grid_workers') > 0 as has_workers,
        count(*) filter (where table_name = 'report_ins') > 0 as has_report_ins,
    from published_tables
),

units as (
    select district_code, level, count(*) as unit_count
    from regions
    where level in ('district', 'subdistrict', 'community')
    group by district_code, level
    union all
    select district_code, level, count(*) as unit_count
    from grids
    group by district_code, level
),

centres as (
    select
        district_code,
        if(level = 'compound', 'community', level) as level,
        count(*) as centre_count,
        count(
            distinct case level
                when 'district' then left(community_code, 6)
                when 'subdistrict' then left(community_code, 9)
                else community_code
            end
        ) as centred_unit_count,
    from facilities
    where kind = 'service_centre'
    group by all
),

placed_workers as (
    select
        district_code,
        case length(grid_code)
            when 17 then 'micro_grid'
            when 15 then 'grid'
            else 'community'
        end as level,
        count(*) as worker_count,
    from grid_workers
    cross join place_facts
    where coalesce(ended_date, date '9999-12-31') > place_facts.as_of
        and kind <> 'community_worker'
    group by all
),

placed_report_ins as (
    select
        district_code,
        case length(grid_code)
            when 17 then 'micro_grid'
            when 15 then 'grid'
            else 'community'
        end as level,
        count(*) as report_in_count,
    from report_ins
    group by all
)

select
    units.district_code,
    units.level,
    units.unit_count,
    if(
        published.has_facilities and units.level in ('district', 'subdistrict', 'community'),
        coalesce(centres.centre_count, 0),
        null
    ) as centre_count,
    if(
        published.has_facilities and units.level in ('district', 'subdistrict', 'community'),
        coalesce(centres.centred_unit_count, 0),
        null
    ) as centred_unit_count,
    if(
        published.has_workers and units.level in ('community', 'grid', 'micro_grid'),
        coalesce(placed_workers.worker_count, 0),
        null
    ) as worker_count,
    if(
        published.has_report_ins and units.level in ('community', 'grid', 'micro_grid'),
        coalesce(placed_report_ins.report_in_count, 0),
        null
    ) as report_in_count,
from units
cross join published
left join centres on units.district_code = centres.district_code and units.level = centres.level
left join placed_workers on units.district_code = placed_workers.district_code and units.level = placed_workers.level
left join placed_report_ins
    on units.district_code = placed_report_ins.district_code and units.level = placed_report_ins.level
order by units.district_code, list_position(['district', 'subdistrict', 'community', 'grid', 'micro_grid'], units.level)
