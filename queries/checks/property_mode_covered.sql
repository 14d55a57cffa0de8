-- One row per compound and month whose property service and mode contradict each other.
--
-- title: Whether there is property service contradicts its mode
-- severity: warning

select
    'property_months' as table_name,
    rowid as row_number,
    'is_covered' as column_name,
    is_covered as value,
    mode as expected,
from property_months
where is_covered <> (mode <> 'none')
