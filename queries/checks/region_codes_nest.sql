-- One row per region outside the place, or whose code does not lie below its parent's.
--
-- title: The region code does not fit the place or the parent region
-- severity: error

select
    'regions' as table_name,
    regions.rowid as row_number,
    'region_code' as column_name,
    regions.region_code as value,
    place_code.region_prefix || '…' as expected,
from regions
cross join place_code
where not starts_with(regions.region_code, place_code.region_prefix)

union all

select
    'regions' as table_name,
    rowid as row_number,
    'parent_code' as column_name,
    parent_code as value,
    left(region_code, case level when 'community' then 9 when 'subdistrict' then 6 else 4 end) || '…' as expected,
from regions
where parent_code is not null
    and (parent_code = region_code or not starts_with(region_code, rtrim(parent_code, '0')))
