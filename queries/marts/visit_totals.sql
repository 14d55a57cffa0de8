-- Visits to households: one row per district and month.
--
-- Households are those of the grids that report visits and are known to have so many.

select
    visit_months.district_code,
    visit_months.month,
    count(visit_months.households_visited) as grid_count,
    count(*) - count(visit_months.households_visited) as unreported_count,
    cast(sum(grids.households) filter (where visit_months.households_visited is not null) as bigint) as households,
    cast(
        sum(visit_months.households_visited) filter (where grids.households is not null) as bigint
    ) as households_visited,
    cast(sum(visit_months.matters_found) as bigint) as matters_found,
    cast(
        sum(visit_months.households_visited) filter (where visit_months.matters_found is not null) as bigint
    ) as searched_visits,
from visit_months
left join grids on visit_months.grid_code = grids.grid_code
where visit_months.district_code is not null
group by visit_months.district_code, visit_months.month
order by visit_months.district_code, visit_months.month
