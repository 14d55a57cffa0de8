-- Issues behind item B3 of a branch: one row per issue of its compounds closed in the quarter and revisited.
--
-- Revisited as in issue_facts: the resident was reached; void issues do not count.
--
-- $org_id    varchar  branch shown
-- $quarter   date     quarter shown
-- $language  varchar  language of the names, zh or en

select
    issues.issue_id,
    label(compound_facts.name, compound_facts.name_en, $language) as compound_name,
    issues.family,
    issues.reported_at,
    issues.closed_at,
    issues.status,
    issues.satisfaction,
from issues
inner join org_compounds on issues.compound_id = org_compounds.compound_id
inner join compound_facts on issues.compound_id = compound_facts.compound_id
where org_compounds.org_id = $org_id
    and issues.status <> 'void'
    and issues.revisit_result = 'reached'
    and issues.closed_at >= $quarter
    and issues.closed_at < $quarter + interval 3 months
order by issues.closed_at, issues.issue_id
