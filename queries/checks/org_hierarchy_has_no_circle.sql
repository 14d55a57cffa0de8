-- One row per organisation that is its own superior, directly or through others.
--
-- title: The organisation is its own superior, directly or through others
-- severity: error
-- expected: a superior organisation that is not below this one

with recursive superiors as (
    select
        org_id,
        parent_org_id as superior_id,
        1 as step,
    from party_orgs
    where parent_org_id is not null

    union all

    select
        superiors.org_id,
        party_orgs.parent_org_id as superior_id,
        superiors.step + 1 as step,
    from superiors
    inner join party_orgs on superiors.superior_id = party_orgs.org_id
    where party_orgs.parent_org_id is not null
        and superiors.superior_id <> superiors.org_id
        and superiors.step < 20
)

select distinct
    'party_orgs' as table_name,
    party_orgs.rowid as row_number,
    'parent_org_id' as column_name,
    party_orgs.parent_org_id as value,
    null as expected,
from superiors
inner join party_orgs on superiors.org_id = party_orgs.org_id
where superiors.superior_id = superiors.org_id
