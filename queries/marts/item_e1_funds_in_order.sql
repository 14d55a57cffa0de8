-- Item E1, budget lines not overspent and published ÷ budget lines of the year: one row per branch and
-- quarter, none where the place publishes no budget lines.
--
-- Attribution: lines paid to the branch itself or to a compound linked to it; a year's lines stand in each of
-- its quarters. A line that does not say whether it was published is left out.
--
-- Intermediate: read by other marts, not kept in the edition.

with payees as (
    select
        org_id,
        'branch' as payee_kind,
        org_id as payee_id,
    from branch_facts

    union all

    select
        org_id,
        'compound' as payee_kind,
        compound_id as payee_id,
    from branch_compounds
),

branch_lines as (
    select
        payees.org_id,
        funding_lines.year,
        count(*) filter (
            where funding_lines.is_published
                and not coalesce(funding_lines.spent_yuan > funding_lines.budget_yuan, false)
        ) as numerator,
        count(funding_lines.is_published) as denominator,
    from funding_lines
    inner join payees
        on funding_lines.payee_kind = payees.payee_kind
        and funding_lines.payee_id = payees.payee_id
    group by payees.org_id, funding_lines.year
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    coalesce(branch_lines.numerator, 0) as numerator,
    coalesce(branch_lines.denominator, 0) as denominator,
from scored_branch_quarters
inner join published_tables on published_tables.table_name = 'funding_lines'
left join branch_lines
    on scored_branch_quarters.org_id = branch_lines.org_id
    and extract('year' from scored_branch_quarters.quarter) = branch_lines.year
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
