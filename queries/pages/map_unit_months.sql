-- How did the metrics of one unit of the map below the districts run over the 24 months up to the end of the period? One
-- row per metric and month; the fortress index stands in the first month of its quarter.
--
-- Counted as in map_unit_figures. A month with nothing to count has no row, nor have states that are known as of the
-- edition alone.
--
-- $unit            varchar    code of the unit
-- $unit_metrics    varchar[]  codes of the metrics that the unit's level has
-- $end_month       date       last month shown
-- $compound_types  varchar[]  compound types counted; empty means all

with months as (
    select unnest(two_years(min(month), $end_month)) as month
    from issue_months
),

issue_sums as (
    select
        issue_months.month,
        sum(reported_count) filter (where compound_facts.households > 0) as inhabited_reported_count,
        sum(
            columns(
                issue_months.*
                exclude (month, compound_id, compound_type, community_code, subdistrict_code, district_code)
            )
        ),
    from issue_months
    left join compound_facts using (compound_id)
    where issue_months.month between $end_month - to_months(23) and $end_month
        and $unit in (
            issue_months.district_code, issue_months.subdistrict_code, issue_months.community_code, compound_id
        )
        and (len($compound_types) = 0 or issue_months.compound_type in $compound_types)
    group by issue_months.month
    union all
    select
        month,
        sum(reported_count) as inhabited_reported_count,
        sum(columns(* exclude (month, grid_code, community_code, subdistrict_code, district_code))),
    from grid_issue_months
    where community_code = left($unit, 12)
        and month between $end_month - to_months(23) and $end_month
        and $unit in (grid_code, left(grid_code, 15))
    group by month
),

households as (
    select
        months.month,
        sum(compound_facts.households / 100) filter (where compound_facts.households > 0) as household_hundreds,
        count(*) as compound_count,
        count(*) filter (where compound_facts.first_branch_date <= last_day(months.month)) as covered_count,
    from compound_facts
    inner join months on months.month <= compound_facts.as_of_month
    where $unit in (district_code, subdistrict_code, community_code, compound_id)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by months.month
    union all
    select months.month, map_shapes.households / 100 as household_hundreds, null as compound_count, null as covered_count
    from map_shapes
    cross join months
    where map_shapes.code = $unit
        and map_shapes.level in ('grid', 'micro_grid')
),

counts as (
    select
        households.*,
        issue_sums.* exclude (month) replace (
            coalesce(issue_sums.reported_count, 0) as reported_count,
            coalesce(issue_sums.inhabited_reported_count, 0) as inhabited_reported_count
        ),
    from households
    left join issue_sums using (month)
    where exists (select 1 from issue_sums)
),

branch_sums as (
    select
        branch_quarters.quarter as month,
        'fortress_index' as metric,
        sum(branch_quarters.total) as part,
        count(branch_quarters.total) as whole,
    from branch_quarters
    inner join branch_facts using (org_id)
    where branch_quarters.quarter between date_trunc('quarter', $end_month - to_months(23)) and $end_month
        and $unit in (branch_facts.district_code, branch_facts.subdistrict_code, branch_facts.community_code)
        and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
    group by branch_quarters.quarter
),

parts as (
    select month, unnest(issue_parts(counts), recursive := true)
    from counts
    union all
    select month, 'issues_per_100_households' as metric, inhabited_reported_count as part, household_hundreds as whole
    from counts
    union all
    select month, 'organisation_coverage' as metric, covered_count as part, compound_count as whole
    from households
    union all
    select month, metric, part, whole
    from branch_sums
)

select
    metric,
    cast(month as date) as month,
    cast(part as double) / cast(coalesce(whole, 1) as double) as value,
    cast(part as double) as numerator,
    cast(whole as double) as denominator,
from parts
where metric in $unit_metrics
    and (metric = 'reported_issues' or whole > 0)
    and part is not null
order by list_position($unit_metrics, metric), month
