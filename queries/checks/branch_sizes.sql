-- One row per branch with more or fewer full members than the place's norm.
--
-- title: The branch has more or fewer full members than the norm
-- severity: warning
-- expected: at least three full members; more than the norm: a general branch is due

select
    'party_orgs' as table_name,
    party_orgs.rowid as row_number,
    'full_member_count' as column_name,
    party_orgs.full_member_count as value,
    place_facts.min_full_members || ' – ' || place_facts.max_full_members as expected,
from party_orgs
cross join place_facts
where party_orgs.org_type in ('branch', 'temporary_branch')
    and (
        party_orgs.full_member_count < place_facts.min_full_members
        or party_orgs.full_member_count > place_facts.max_full_members
    )
