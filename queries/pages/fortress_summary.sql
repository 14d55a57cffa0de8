-- What a quarter's scores say as a whole: one row.
--
-- margin is half of the typical 90 % interval; even_count the ranked branches whose distance from the first is
-- within 1.645 standard errors of the difference: they cannot be told from it. Means over all scored branches.
-- place_ranked_count are all ranked branches of the place, also those that filters or the reader's scope leave out.
--
-- $quarter            date       quarter summed up
-- $previous_quarter   date       quarter before
-- $last_year_quarter  date       same quarter of the year before
-- $districts          varchar[]  districts counted; empty means all in scope
-- $compound_types     varchar[]  compound types counted; empty means all
-- $language           varchar    language of the rule set's name, zh or en

with selected as (
    select
        branch_quarters.org_id,
        branch_quarters.quarter,
        branch_quarters.total,
        branch_quarters.score_variance,
        branch_quarters.stars,
        branch_quarters.is_ranked,
        branch_quarters.veto_code,
        branch_quarters.ranked_count,
        branch_quarters.rule_version,
    from branch_quarters
    inner join branch_facts on branch_quarters.org_id = branch_facts.org_id
    where branch_quarters.quarter in ($quarter, $previous_quarter, $last_year_quarter)
        and (len($districts) = 0 or branch_quarters.district_code in $districts)
        and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
),

first_branch as (
    select
        total,
        score_variance,
    from selected
    where quarter = $quarter
        and is_ranked
    order by total desc, org_id
    limit 1
),

earlier as (
    select
        avg(total) filter (where quarter = $previous_quarter) as previous_mean_total,
        sum(score_variance) filter (where quarter = $previous_quarter)
        / count(*) filter (where quarter = $previous_quarter) ** 2 as previous_mean_variance,
        avg(total) filter (where quarter = $last_year_quarter) as last_year_mean_total,
    from selected
    where rule_version = (select any_value(rule_version) from selected where quarter = $quarter)
),

present as (
    select
        count(*) as branch_count,
        count(*) filter (where selected.is_ranked) as ranked_count,
        max(selected.ranked_count) as place_ranked_count,
        avg(selected.total) as mean_total,
        sum(selected.score_variance) / count(*) ** 2 as mean_variance,
        1.645 * median(sqrt(selected.score_variance)) as margin,
        count(*) filter (where selected.stars = 5) as five_star_count,
        count(*) filter (
            where selected.is_ranked
            and first_branch.total - selected.total
            <= 1.645 * sqrt(first_branch.score_variance + selected.score_variance)
        ) as even_count,
        count(*) filter (where selected.veto_code is not null) as vetoed_count,
        count(*) filter (where not selected.is_ranked and selected.veto_code is null) as unranked_count,
    from selected
    left join first_branch on true
    where selected.quarter = $quarter
)

select
    present.branch_count,
    present.ranked_count,
    present.place_ranked_count,
    present.mean_total,
    present.mean_total - earlier.previous_mean_total as mean_change,
    case
        when abs(mean_change) <= 1.645 * sqrt(present.mean_variance + earlier.previous_mean_variance)
            then 'within_error'
        when mean_change > 0 then 'up'
        when mean_change < 0 then 'down'
    end as mean_change_flag,
    present.mean_total - earlier.last_year_mean_total as last_year_mean_change,
    present.margin,
    present.five_star_count,
    present.five_star_count / present.branch_count as five_star_share,
    present.even_count,
    present.vetoed_count,
    present.unranked_count,
    (
        select label(name, name_en, $language)
        from fortress_versions
        where $quarter between valid_from and valid_to
    ) as rule_name,
from present
cross join earlier
where present.branch_count > 0
