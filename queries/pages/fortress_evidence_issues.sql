-- Issues behind item B1 of a branch: one row per issue of its compounds that fell due in the quarter.
--
-- Due as in issue_facts: the due time lies in the quarter and has passed by the as-of date, the issue is not
-- void.
--
-- $org_id    varchar  branch shown
-- $quarter   date     quarter shown
-- $language  varchar  language of the names, zh or en

select
    issues.issue_id,
    label(compound_facts.name, compound_facts.name_en, $language) as compound_name,
    issues.family,
    issues.reported_at,
    issues.due_at,
    issues.closed_at,
    issues.status,
    coalesce(issues.closed_at <= issues.due_at, false) as is_closed_on_time,
from issues
inner join org_compounds on issues.compound_id = org_compounds.compound_id
inner join compound_facts on issues.compound_id = compound_facts.compound_id
cross join place_facts
where org_compounds.org_id = $org_id
    and issues.status <> 'void'
    and issues.due_at >= $quarter
    and issues.due_at < $quarter + interval 3 months
    and cast(issues.due_at as date) <= place_facts.as_of
order by issues.due_at, issues.issue_id
