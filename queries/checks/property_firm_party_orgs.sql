-- One row per property firm whose Party organisation and its way of being set up do not fit together.
--
-- title: The firm's Party organisation and the way it was set up do not fit
-- severity: warning
-- expected: with an organisation: set up alone, within the industry or the area; without: an adviser or nothing

select
    'property_firms' as table_name,
    rowid as row_number,
    'party_org_mode' as column_name,
    party_org_mode as value,
    cast(null as varchar) as expected,
from property_firms
where (has_party_org and coalesce(party_org_mode = 'adviser', true))
    or (not has_party_org and party_org_mode <> 'adviser')
