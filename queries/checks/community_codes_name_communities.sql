-- One row per community code that names a region of another level.
--
-- title: The code names a region that is not a community
-- severity: error
-- expected: the 12-digit code of a community

select
    'compounds' as table_name,
    compounds.rowid as row_number,
    'community_code' as column_name,
    compounds.community_code as value,
    null as expected,
from compounds
inner join regions on compounds.community_code = regions.region_code
where regions.level <> 'community'

union all

select
    'grids' as table_name,
    grids.rowid as row_number,
    'community_code' as column_name,
    grids.community_code as value,
    null as expected,
from grids
inner join regions on grids.community_code = regions.region_code
where regions.level <> 'community'

union all

select
    'service_orders' as table_name,
    service_orders.rowid as row_number,
    'community_code' as column_name,
    service_orders.community_code as value,
    null as expected,
from service_orders
inner join regions on service_orders.community_code = regions.region_code
where regions.level <> 'community'

union all

select
    'report_ins' as table_name,
    report_ins.rowid as row_number,
    'community_code' as column_name,
    report_ins.community_code as value,
    null as expected,
from report_ins
inner join regions on report_ins.community_code = regions.region_code
where regions.level <> 'community'

union all

select
    'facilities' as table_name,
    facilities.rowid as row_number,
    'community_code' as column_name,
    facilities.community_code as value,
    null as expected,
from facilities
inner join regions on facilities.community_code = regions.region_code
where regions.level <> 'community'

union all

select
    'deliberations' as table_name,
    deliberations.rowid as row_number,
    'community_code' as column_name,
    deliberations.community_code as value,
    null as expected,
from deliberations
inner join regions on deliberations.community_code = regions.region_code
where regions.level <> 'community'
