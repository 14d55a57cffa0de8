-- Item D2, households visited ÷ households: one row per branch and quarter in which its grids reported
-- visits.
--
-- Attribution: visits are reported by grid (micro-grids count for the grid of their first 15 digits). Visits
-- of a grid reach its compounds evenly: a compound's part in the grid is its households × its overlap share,
-- and counts as visited at the grid's rate, at most all of it in a quarter. Grids that reported nothing in
-- the quarter are left out of both sides; a branch without any has not reported.
--
-- Intermediate: read by other marts, not kept in the edition.

with grid_visits as (
    select
        left(visit_months.grid_code, 15) as grid_code,
        cast(date_trunc('quarter', visit_months.month) as date) as quarter,
        sum(visit_months.households_visited) as households_visited,
    from visit_months
    where visit_months.households_visited is not null
    group by left(visit_months.grid_code, 15), cast(date_trunc('quarter', visit_months.month) as date)
),

grid_households as (
    select
        left(grid_code, 15) as grid_code,
        coalesce(sum(households) filter (where level = 'grid'), sum(households)) as households,
    from grids
    group by left(grid_code, 15)
),

compound_parts as (
    select
        compound_id,
        left(grid_code, 15) as grid_code,
        coalesce(
            max(overlap_share) filter (where length(grid_code) = 15),
            sum(overlap_share)
        ) as overlap_share,
    from compound_grids
    group by compound_id, left(grid_code, 15)
),

visited_parts as (
    select
        branch_compounds.org_id,
        grid_visits.quarter,
        branch_compounds.households * compound_parts.overlap_share as households,
        least(1, grid_visits.households_visited / grid_households.households) as visited_share,
    from branch_compounds
    inner join compound_parts on branch_compounds.compound_id = compound_parts.compound_id
    inner join grid_visits on compound_parts.grid_code = grid_visits.grid_code
    inner join grid_households on compound_parts.grid_code = grid_households.grid_code
    where grid_households.households > 0
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    round(sum(visited_parts.households * visited_parts.visited_share), 6) as numerator,
    round(sum(visited_parts.households), 6) as denominator,
from scored_branch_quarters
inner join visited_parts
    on scored_branch_quarters.org_id = visited_parts.org_id
    and scored_branch_quarters.quarter = visited_parts.quarter
group by scored_branch_quarters.org_id, scored_branch_quarters.quarter
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
