-- How ready the selection and its districts are for an emergency: one row for the selection, then one per district.
--
-- A community is without a drill if none was held in the 12 months up to the end of the period. The number of
-- volunteers is text if it is below the limit, and null if no team reports it. What a place does not publish is
-- null, not 0.
--
-- $end_month         date       last month of the 12 in which a drill counts
-- $small_cell_limit  integer    fewer people than this are not shown
-- $districts         varchar[]  districts counted; empty means all in scope
-- $language          varchar    language of the names, zh or en

with published as (
    select
        count(*) filter (where table_name = 'drills') > 0 as has_drills,
        count(*) filter (where table_name = 'teams') > 0 as has_teams,
    from published_tables
),

drilled as (
    select
        community_code,
        sum(drill_count) as drill_count,
    from drill_months
    where facet = 'all'
        and month between cast($end_month - interval 11 month as date) and $end_month
    group by community_code
),

counted as (
    select
        if(grouping(emergency_communities.district_code) = 1, 'selection', 'district') as level,
        emergency_communities.district_code,
        count(*) as community_count,
        count(*) filter (where emergency_communities.team_count > 0) as team_community_count,
        cast(sum(emergency_communities.team_count) as bigint) as team_count,
        sum(emergency_communities.headcount) as headcount,
        sum(emergency_communities.team_count) - sum(emergency_communities.unreported_team_count) as known_team_count,
        coalesce(cast(sum(drilled.drill_count) as bigint), 0) as drill_count,
        count(*) filter (where drilled.community_code is null) as undrilled_count,
        sum(emergency_communities.grid_with_count) as grid_with_count,
        sum(emergency_communities.grid_without_count) as grid_without_count,
        sum(emergency_communities.grid_unknown_count) as grid_unknown_count,
        sum(emergency_communities.micro_grid_with_count) as micro_grid_with_count,
        sum(emergency_communities.micro_grid_without_count) as micro_grid_without_count,
        sum(emergency_communities.micro_grid_unknown_count) as micro_grid_unknown_count,
        sum(emergency_communities.grid_exempt_count) as grid_exempt_count,
    from emergency_communities
    left join drilled on emergency_communities.community_code = drilled.community_code
    where len($districts) = 0 or emergency_communities.district_code in $districts
    group by grouping sets ((), (emergency_communities.district_code))
)

select
    counted.level,
    counted.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.community_count,
    cast(counted.grid_with_count as bigint) as grid_with_count,
    cast(counted.grid_without_count as bigint) as grid_without_count,
    cast(counted.grid_unknown_count as bigint) as grid_unknown_count,
    cast(counted.grid_exempt_count as bigint) as grid_exempt_count,
    counted.grid_with_count / nullif(counted.grid_with_count + counted.grid_without_count, 0) as grid_plan_rate,
    cast(counted.micro_grid_with_count as bigint) as micro_grid_with_count,
    cast(counted.micro_grid_without_count as bigint) as micro_grid_without_count,
    cast(counted.micro_grid_unknown_count as bigint) as micro_grid_unknown_count,
    counted.micro_grid_with_count
    / nullif(counted.micro_grid_with_count + counted.micro_grid_without_count, 0) as micro_grid_plan_rate,
    if(published.has_teams, counted.team_count, null) as emergency_team_count,
    if(published.has_teams, counted.team_community_count, null) as team_community_count,
    if(
        counted.headcount < $small_cell_limit and counted.headcount > 0,
        '<' || $small_cell_limit,
        cast(counted.headcount as varchar)
    ) as volunteers_shown,
    if(
        counted.headcount < $small_cell_limit,
        null,
        counted.headcount / nullif(counted.known_team_count, 0)
    ) as volunteers_per_team,
    if(published.has_drills, counted.drill_count, null) as drill_count,
    if(published.has_drills, counted.undrilled_count, null) as undrilled_count,
    if(published.has_drills, 1 - counted.undrilled_count / counted.community_count, null) as drilled_rate,
from counted
cross join published
left join region_facts on counted.district_code = region_facts.region_code
where counted.community_count > 0
order by counted.level desc, counted.district_code
