-- Issues that are overdue at the as-of date, due by then and not closed: one row per issue.
--
-- Due as in issue_facts: void issues are not; returned ones are until they are closed. The list is as long as the
-- backlog, not as the history.

select
    issues.issue_id,
    issues.district_code,
    compound_facts.compound_type,
    issues.compound_id,
    issues.grid_code,
    issues.family,
    coalesce(issues.subcategory, issues.category) as matter,
    issues.tier,
    issues.owner_unit,
    issues.status,
    issues.reported_at,
    issues.due_at,
    date_diff('day', cast(issues.due_at as date), place_facts.as_of) as overdue_days,
from issues
cross join place_facts
left join compound_facts on issues.compound_id = compound_facts.compound_id
where issues.status <> 'void'
    and issues.closed_at is null
    and cast(issues.due_at as date) <= place_facts.as_of
order by issues.due_at, issues.issue_id
