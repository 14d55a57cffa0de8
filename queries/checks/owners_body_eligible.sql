-- One row per compound with an owners' body that is said not to be due for one.
--
-- title: There is an owners' body where none is due
-- severity: warning
-- expected: due for one where there is one: the rates among those due and among all compounds have two denominators

select
    'compounds' as table_name,
    rowid as row_number,
    'is_owners_body_eligible' as column_name,
    is_owners_body_eligible as value,
    owners_body as expected,
from compounds
where owners_body <> 'none'
    and not is_owners_body_eligible
