-- One row per notice whose subject is not in the table of its kind.
--
-- title: The reference leads nowhere
-- severity: error
-- expected: the number of a branch, compound or community, as the kind of subject says

select
    'notices' as table_name,
    notices.rowid as row_number,
    'subject_id' as column_name,
    notices.subject_id as value,
    notices.subject_kind as expected,
from notices
left join party_orgs on notices.subject_kind = 'branch' and notices.subject_id = party_orgs.org_id
left join compounds on notices.subject_kind = 'compound' and notices.subject_id = compounds.compound_id
left join regions on notices.subject_kind = 'community' and notices.subject_id = regions.region_code
where coalesce(party_orgs.org_id, compounds.compound_id, regions.region_code) is null
