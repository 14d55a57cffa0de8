-- How ready a community is for an emergency at the as-of date: one row per community.
--
-- Grids and micro-grids by whether they have a plan of their own; unknown is not reported, exempt are those to which a
-- plan does not apply. Teams are emergency teams; a headcount that a team does not report is counted apart.

with plans as (
    select
        community_code,
        level,
        has_emergency_plan,
        coalesce(list_contains(not_applicable, 'has_emergency_plan'), false) as is_exempt,
    from grids
),

planned as (
    select
        community_code,
        count(*) filter (where level = 'grid' and has_emergency_plan) as grid_with_count,
        count(*) filter (where level = 'grid' and not has_emergency_plan) as grid_without_count,
        count(*) filter (where level = 'grid' and has_emergency_plan is null and not is_exempt) as grid_unknown_count,
        count(*) filter (where level = 'micro_grid' and has_emergency_plan) as micro_grid_with_count,
        count(*) filter (where level = 'micro_grid' and not has_emergency_plan) as micro_grid_without_count,
        count(*) filter (where level = 'micro_grid' and has_emergency_plan is null and not is_exempt) as micro_grid_unknown_count,
        count(*) filter (where level = 'grid' and is_exempt) as grid_exempt_count,
    from plans
    group by community_code
),

manned as (
    select
        community_code,
        count(*) as team_count,
        sum(headcount) as headcount,
        count(*) - count(headcount) as unreported_team_count,
    from teams
    where kind = 'emergency'
    group by community_code
)

select
    region_facts.region_code as community_code,
    region_facts.name,
    region_facts.name_en,
    region_facts.subdistrict_code,
    region_facts.district_code,
    coalesce(planned.grid_with_count, 0) as grid_with_count,
    coalesce(planned.grid_without_count, 0) as grid_without_count,
    coalesce(planned.grid_unknown_count, 0) as grid_unknown_count,
    coalesce(planned.micro_grid_with_count, 0) as micro_grid_with_count,
    coalesce(planned.micro_grid_without_count, 0) as micro_grid_without_count,
    coalesce(planned.micro_grid_unknown_count, 0) as micro_grid_unknown_count,
    coalesce(planned.grid_exempt_count, 0) as grid_exempt_count,
    coalesce(manned.team_count, 0) as team_count,
    cast(manned.headcount as bigint) as headcount,
    coalesce(manned.unreported_team_count, 0) as unreported_team_count,
from region_facts
left join planned on region_facts.region_code = planned.community_code
left join manned on region_facts.region_code = manned.community_code
where region_facts.level = 'community'
order by region_facts.region_code
