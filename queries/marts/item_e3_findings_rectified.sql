-- Item E3, findings rectified by their time limit ÷ findings whose time limit fell in the quarter: one row
-- per branch and quarter, none where the place publishes no rectifications.
--
-- Attribution: findings about the branch itself, not the programmes for weak branches, in the quarter of their
-- due date, so that a finding that may still be rectified in time is not yet counted.
--
-- Intermediate: read by other marts, not kept in the edition.

with due_findings as (
    select
        scored_branch_quarters.org_id,
        scored_branch_quarters.quarter,
        count(*) filter (where rectifications.closed_date <= rectifications.due_date) as numerator,
        count(*) as denominator,
    from rectifications
    inner join scored_branch_quarters
        on rectifications.org_id = scored_branch_quarters.org_id
        and cast(date_trunc('quarter', rectifications.due_date) as date) = scored_branch_quarters.quarter
        and rectifications.due_date <= scored_branch_quarters.last_day
    where coalesce(rectifications.rectification_kind, 'finding') = 'finding'
    group by scored_branch_quarters.org_id, scored_branch_quarters.quarter
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    coalesce(due_findings.numerator, 0) as numerator,
    coalesce(due_findings.denominator, 0) as denominator,
from scored_branch_quarters
inner join published_tables on published_tables.table_name = 'rectifications'
left join due_findings
    on scored_branch_quarters.org_id = due_findings.org_id
    and scored_branch_quarters.quarter = due_findings.quarter
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
