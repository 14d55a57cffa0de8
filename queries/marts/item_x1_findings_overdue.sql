-- Deduction X1, findings past their time limit and still open ÷ findings open, at the end of the quarter: one
-- row per branch and quarter, none where the place publishes no rectifications.
--
-- Attribution: findings about the branch itself, not the programmes for weak branches, in every quarter at whose
-- end they are overdue.
--
-- Intermediate: read by other marts, not kept in the edition.

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    count(*) filter (where rectifications.due_date <= scored_branch_quarters.last_day) as numerator,
    count(rectifications.rectification_id) as denominator,
from scored_branch_quarters
inner join published_tables on published_tables.table_name = 'rectifications'
left join rectifications
    on scored_branch_quarters.org_id = rectifications.org_id
    and rectifications.found_date <= scored_branch_quarters.last_day
    and coalesce(rectifications.closed_date > scored_branch_quarters.last_day, true)
    and coalesce(rectifications.rectification_kind, 'finding') = 'finding'
group by scored_branch_quarters.org_id, scored_branch_quarters.quarter
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
