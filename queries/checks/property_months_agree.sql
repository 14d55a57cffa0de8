-- One row per compound whose month of the as-of date has another mode of property service than the register.
--
-- title: The monthly mode of property service differs from the register
-- severity: warning

select
    'property_months' as table_name,
    property_months.rowid as row_number,
    'mode' as column_name,
    property_months.mode as value,
    compounds.property_mode as expected,
from property_months
inner join compounds on property_months.compound_id = compounds.compound_id
cross join place_facts
where property_months.month = date_trunc('month', place_facts.as_of)
    and property_months.mode <> compounds.property_mode
