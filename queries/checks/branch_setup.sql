-- One row per branch set up for one compound that is linked to several, or set up for several and linked to one.
--
-- title: The way the branch was set up does not fit its compounds
-- severity: warning
-- expected: set up alone: one compound; jointly or merged: a link to each of several

with links as (
    select org_id, count(*) as compound_count
    from org_compounds
    group by org_id
)

select
    'party_orgs' as table_name,
    party_orgs.rowid as row_number,
    'setup_mode' as column_name,
    party_orgs.setup_mode as value,
    links.compound_count as expected,
from party_orgs
inner join links on party_orgs.org_id = links.org_id
where (party_orgs.setup_mode = 'single') <> (links.compound_count = 1)
