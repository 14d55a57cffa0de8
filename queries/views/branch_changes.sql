-- Change of a branch's score on the quarter before and on a year before: one row per scored branch, quarter and
-- comparison (previous, last_year) that has both scores by the same version of the rules.
--
-- margin is 1.645 standard errors of the difference (90 %); movement is up or down only beyond it.

with comparisons as (
    select *
    from (values ('previous', 3), ('last_year', 12)) as offsets (comparison, months)
),

changes as (
    select
        comparisons.comparison,
        branch_quarters.org_id,
        branch_quarters.district_code,
        branch_quarters.quarter,
        earlier.total as earlier_total,
        branch_quarters.total,
        branch_quarters.total - earlier.total as change,
        1.645 * sqrt(branch_quarters.score_variance + earlier.score_variance) as margin,
    from branch_quarters
    cross join comparisons
    inner join branch_quarters as earlier
        on branch_quarters.org_id = earlier.org_id
        and branch_quarters.rule_version = earlier.rule_version
        and cast(branch_quarters.quarter - to_months(comparisons.months) as date) = earlier.quarter
    where branch_quarters.total is not null
        and earlier.total is not null
)

select
    *,
    case
        when change > margin then 'up'
        when change < -margin then 'down'
        else 'within_error'
    end as movement,
from changes
