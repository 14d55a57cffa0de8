-- How many branches rose, fell or stayed within error: one row per comparison and movement.
--
-- comparison and movement as in fortress_movements. By chance alone about one branch in ten moves beyond error.
--
-- $quarter            date       quarter shown
-- $previous_quarter   date       quarter before
-- $last_year_quarter  date       same quarter of the year before
-- $districts          varchar[]  districts counted; empty means all in scope
-- $compound_types     varchar[]  compound types counted; empty means all

with earlier as (
    select 'previous' as comparison, org_id, rule_version, total, score_variance
    from branch_quarters
    where quarter = $previous_quarter

    union all

    select 'last_year' as comparison, org_id, rule_version, total, score_variance
    from branch_quarters
    where quarter = $last_year_quarter
),

changes as (
    select
        earlier.comparison,
        branch_quarters.total - earlier.total as change,
        1.645 * sqrt(branch_quarters.score_variance + earlier.score_variance) as margin,
    from branch_quarters
    inner join earlier
        on branch_quarters.org_id = earlier.org_id
        and branch_quarters.rule_version = earlier.rule_version
    inner join branch_facts on branch_quarters.org_id = branch_facts.org_id
    where branch_quarters.quarter = $quarter
        and branch_quarters.total is not null
        and earlier.total is not null
        and (len($districts) = 0 or branch_quarters.district_code in $districts)
        and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
)

select
    comparison,
    case
        when change > margin then 'up'
        when change < -margin then 'down'
        else 'within_error'
    end as movement,
    count(*) as branch_count,
from changes
group by all
order by all
