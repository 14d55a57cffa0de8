-- Which works renovate compounds, how far they are and whether they were accepted: one row per class and works.
--
-- Counted are the projects under way in the year of the end of the period: started by then and not finished before.
-- Acceptances stand on the projects finished in that year that report them.
--
-- $end_month       date       its year is shown
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds renovated; empty means all

with under_way as (
    select
        *,
        coalesce(finished_year = extract('year' from $end_month), false) as is_finished,
    from renovation_years
    where started_year <= extract('year' from $end_month)
        and coalesce(finished_year, 9999) >= extract('year' from $end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
)

select
    class as renovation_class,
    item as renovation_item,
    cast(sum(project_count) as bigint) as project_count,
    cast(coalesce(sum(project_count) filter (where is_finished), 0) as bigint) as finished_project_count,
    sum(road_count) filter (where is_finished)
        / nullif(sum(road_known_count) filter (where is_finished), 0) as road_acceptance_rate,
    sum(wall_count) filter (where is_finished)
        / nullif(sum(wall_known_count) filter (where is_finished), 0) as wall_acceptance_rate,
    sum(light_count) filter (where is_finished)
        / nullif(sum(light_known_count) filter (where is_finished), 0) as light_acceptance_rate,
from under_way
group by class, item
order by list_position(['basic', 'improving', 'upgrading'], class), sum(project_count) desc, item
