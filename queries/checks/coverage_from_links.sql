-- One row per claim that every compound has a Party organisation although compounds are linked to no branch.
--
-- title: Full coverage is claimed, but compounds are linked to no branch
-- severity: warning
-- expected: a link from each compound to its branch; a joint branch has a link to each of its compounds

with linked as (
    select distinct org_compounds.compound_id
    from org_compounds
    inner join party_orgs on org_compounds.org_id = party_orgs.org_id
    where party_orgs.org_type in ('branch', 'general_branch', 'temporary_branch', 'temporary_general_branch')
),

coverage as (
    select
        count(linked.compound_id) as linked_count,
        count(*) as compound_count,
    from compounds
    left join linked on compounds.compound_id = linked.compound_id
)

select
    'report_claims' as table_name,
    report_claims.rowid as row_number,
    'claimed_value' as column_name,
    report_claims.claimed_value as value,
    coverage.linked_count || ' / ' || coverage.compound_count as expected,
from report_claims
cross join coverage
where report_claims.figure = 'organisation_coverage'
    and report_claims.claimed_value >= 100
    and coverage.linked_count < coverage.compound_count
