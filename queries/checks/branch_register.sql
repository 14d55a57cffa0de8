-- One row per branch whose number of members differs from its rows in the register by more than a tenth.
--
-- title: The branch's number of members is not that of the register
-- severity: warning
-- expected: full and probationary members together as many as the branch has rows in the table of members

with registers as (
    select org_id, count(*) as member_count
    from members
    group by org_id
)

select
    'party_orgs' as table_name,
    party_orgs.rowid as row_number,
    'full_member_count' as column_name,
    party_orgs.full_member_count + coalesce(party_orgs.probationary_member_count, 0) as value,
    registers.member_count as expected,
from party_orgs
inner join registers on party_orgs.org_id = registers.org_id
where party_orgs.org_type in ('branch', 'temporary_branch')
    and abs(party_orgs.full_member_count + coalesce(party_orgs.probationary_member_count, 0) - registers.member_count)
        > greatest(2, 0.1 * registers.member_count)
