-- What do the metrics say of one unit of the map below the districts, beside the unit around it and the whole place? One
-- row per metric and relation (unit, parent, place).
--
-- Values and states are those of map_values; the place is everything in scope. What the filters leave out has no row.
--
-- $unit            varchar    code of the unit
-- $parent          varchar    code of the unit around it; '' for none
-- $unit_metrics    varchar[]  codes of the metrics that the unit's level has
-- $start_month     date       first month counted
-- $end_month       date       last month counted; states hold at its end
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

with relations as (
    select
        if(code = $unit, 'unit', 'parent') as relation,
        level in ('grid', 'micro_grid') as is_grid,
        label(name, name_en, $language) as unit_name,
        households,
    from map_shapes
    where code in ($unit, $parent)
        and (
            len($compound_types) = 0
            or level in ('district', 'subdistrict', 'community')
            or compound_type in $compound_types
            or code in (
                select compound_grids.grid_code
                from compound_grids
                inner join compound_facts using (compound_id)
                where compound_facts.compound_type in $compound_types
            )
        )
    union all
    select
        'place' as relation,
        false as is_grid,
        null as unit_name,
        null as households,
),

spans as (
    select
        min(month) as first_month,
        count(distinct month) filter (where month between $start_month and $end_month) as issue_month_count,
        coalesce(
            (select true from grid_issue_months where month between $start_month and $end_month limit 1), false
        ) as has_grid_issues,
    from issue_months
),

issue_sums as (
    select
        $unit in (issue_months.district_code, issue_months.subdistrict_code, issue_months.community_code, compound_id)
            as is_unit,
        $parent in (issue_months.district_code, issue_months.subdistrict_code, issue_months.community_code) as is_parent,
        false as is_grid,
        sum(reported_count) filter (where compound_facts.households > 0) as inhabited_reported_count,
        sum(
            columns(
                issue_months.*
                exclude (month, compound_id, compound_type, community_code, subdistrict_code, district_code)
            )
        ),
    from issue_months
    left join compound_facts using (compound_id)
    where issue_months.month between $start_month and $end_month
        and (len($compound_types) = 0 or issue_months.compound_type in $compound_types)
    group by is_unit, is_parent
    union all
    select
        $unit in (grid_code, left(grid_code, 15)) as is_unit,
        $parent = left(grid_code, 15) as is_parent,
        true as is_grid,
        sum(reported_count) as inhabited_reported_count,
        sum(columns(* exclude (month, grid_code, community_code, subdistrict_code, district_code))),
    from grid_issue_months
    where community_code = left($unit, 12)
        and month between $start_month and $end_month
        and ($unit in (grid_code, left(grid_code, 15)) or $parent = left(grid_code, 15))
    group by is_unit, is_parent
),

compound_sums as (
    select
        $unit in (district_code, subdistrict_code, community_code, compound_id) as is_unit,
        $parent in (district_code, subdistrict_code, community_code) as is_parent,
        count(*) as compound_count,
        count(*) filter (where is_owners_body_eligible is not false) as eligible_count,
        sum(households / 100) filter (where households > 0) as household_hundreds,
        count(*) filter (where first_branch_date <= last_day($end_month)) as covered_count,
        count(is_property_covered) as property_known_count,
        count(*) filter (where is_property_covered) as property_count,
        count(has_owners_body) as body_known_count,
        count(*) filter (where has_owners_body) as body_count,
        count(has_owners_body) filter (where is_owners_body_eligible) as eligible_known_count,
        count(*) filter (where is_owners_body_eligible and has_owners_body) as eligible_body_count,
        max(as_of_month) as as_of_month,
    from compound_facts
    where len($compound_types) = 0
        or compound_type in $compound_types
    group by is_unit, is_parent
),

branch_sums as (
    select
        $unit in (branch_facts.district_code, branch_facts.subdistrict_code, branch_facts.community_code) as is_unit,
        $parent in (branch_facts.district_code, branch_facts.subdistrict_code, branch_facts.community_code) as is_parent,
        count(*) as branch_count,
        sum(branch_quarters.total) as total_sum,
        count(branch_quarters.total) as total_count,
    from branch_facts
    left join branch_quarters
        on branch_facts.org_id = branch_quarters.org_id
        and branch_quarters.quarter between date_trunc('quarter', $start_month) and $end_month
    where len($compound_types) = 0
        or branch_facts.compound_type in $compound_types
    group by is_unit, is_parent
),

parts as (
    select
        is_unit,
        is_parent,
        is_grid,
        unnest(issue_parts(issue_sums), recursive := true),
        null as candidate_count,
    from issue_sums
    union all
    select is_unit, is_parent, is_grid, 'issues_per_100_households', inhabited_reported_count, null, null
    from issue_sums
    union all
    select
        is_unit,
        is_parent,
        false as is_grid,
        unnest(
            [
                {
                    'metric': 'issues_per_100_households',
                    'part': 0,
                    'whole': household_hundreds * (
                        date_diff('month', greatest($start_month, first_month), least($end_month, as_of_month)) + 1
                    ),
                    'candidate_count': null
                },
                {
                    'metric': 'organisation_coverage',
                    'part': covered_count,
                    'whole': if($end_month between first_month and as_of_month, compound_count, null),
                    'candidate_count': compound_count
                },
                {
                    'metric': 'property_coverage',
                    'part': property_count,
                    'whole': if($end_month = as_of_month, property_known_count, null),
                    'candidate_count': compound_count
                },
                {
                    'metric': 'owners_body_rate_all',
                    'part': body_count,
                    'whole': if($end_month = as_of_month, body_known_count, null),
                    'candidate_count': compound_count
                },
                {
                    'metric': 'owners_body_rate_eligible',
                    'part': eligible_body_count,
                    'whole': if($end_month = as_of_month, eligible_known_count, null),
                    'candidate_count': eligible_count
                }
            ],
            recursive := true
        ),
    from compound_sums
    cross join spans
    union all
    select is_unit, is_parent, false, 'fortress_index', total_sum, total_count, branch_count
    from branch_sums
),

observed as (
    select
        relations.relation,
        parts.metric,
        cast(sum(parts.part) as double) as part,
        cast(nullif(sum(parts.whole), 0) as double) as whole,
        sum(parts.candidate_count) as candidate_count,
    from relations
    inner join parts
        on relations.is_grid = parts.is_grid
        and (
            relations.relation = 'place'
            or (relations.relation = 'unit' and parts.is_unit)
            or (relations.relation = 'parent' and parts.is_parent)
        )
    group by relations.relation, parts.metric
),

metrics as (
    select
        unnest($unit_metrics) as metric,
        unnest(range(len($unit_metrics))) as place,
),

counted as (
    select
        metrics.place,
        metrics.metric,
        relations.relation,
        relations.unit_name,
        relations.households,
        -- Known somewhere in scope: then no row of a unit means that it had nothing to count.
        if(
            relations.is_grid,
            spans.has_grid_issues,
            coalesce(everywhere.whole, if(metrics.metric = 'reported_issues', everywhere.part, null)) > 0
        ) as has_values,
        observed.candidate_count,
        if(
            has_values and metrics.metric in ('reported_issues', 'issues_per_100_households'),
            coalesce(observed.part, 0),
            if(metrics.metric = 'reported_issues' or observed.whole > 0, observed.part, null)
        ) as numerator,
        case
            when relations.is_grid and metrics.metric = 'issues_per_100_households'
                then relations.households / 100 * spans.issue_month_count
            when observed.part is not null then observed.whole
        end as denominator,
    from metrics
    cross join relations
    cross join spans
    left join observed
        on metrics.metric = observed.metric
        and relations.relation = observed.relation
    left join observed as everywhere
        on metrics.metric = everywhere.metric
        and everywhere.relation = 'place'
)

select
    metric,
    relation,
    unit_name,
    if(metric = 'reported_issues', numerator, numerator / nullif(denominator, 0)) as value,
    numerator,
    denominator,
    case metric
        when 'reported_issues' then null
        when 'issues_per_100_households' then households
        else denominator
    end as base_count,
    case
        when value is not null then 'reported'
        when denominator = 0 then 'not_applicable'
        when not coalesce(has_values, false) then 'not_reported'
        when metric = 'issues_per_100_households' then 'not_reported'
        when coalesce(candidate_count, 0) = 0 then 'not_applicable'
        else 'not_reported'
    end as state,
from counted
order by place, list_position(['unit', 'parent', 'place'], relation)
