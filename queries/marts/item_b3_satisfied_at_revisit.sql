-- Item B3, revisited residents who were satisfied ÷ issues revisited: one row per branch and quarter.
--
-- Attribution: an issue belongs to every scored branch linked to its compound, in the quarter it was closed.
-- Counts as in issue_months.
--
-- Intermediate: read by other marts, not kept in the edition.

with revisited_issues as (
    select
        branch_compounds.org_id,
        cast(date_trunc('quarter', issue_months.month) as date) as quarter,
        sum(issue_months.satisfied_count) as numerator,
        sum(issue_months.revisited_count) as denominator,
    from issue_months
    inner join branch_compounds on issue_months.compound_id = branch_compounds.compound_id
    group by branch_compounds.org_id, cast(date_trunc('quarter', issue_months.month) as date)
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    coalesce(revisited_issues.numerator, 0) as numerator,
    coalesce(revisited_issues.denominator, 0) as denominator,
from scored_branch_quarters
left join revisited_issues
    on scored_branch_quarters.org_id = revisited_issues.org_id
    and scored_branch_quarters.quarter = revisited_issues.quarter
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
