-- One row per member whose group is not a group of the member's organisation.
--
-- title: The group does not belong to the member's organisation
-- severity: error
-- expected: a Party group below the member's own organisation

select
    'members' as table_name,
    members.rowid as row_number,
    'group_org_id' as column_name,
    members.group_org_id as value,
    'parent_org_id = ' || members.org_id as expected,
from members
inner join party_orgs on members.group_org_id = party_orgs.org_id
where party_orgs.org_type not in ('building_group', 'member_household')
    or party_orgs.parent_org_id <> members.org_id
