-- Emergency and patrol teams by their duty, with their people: one row per kind of team and role.
--
-- The number of people is text if it is below the limit, and null if no team of the row reports it.
--
-- $small_cell_limit  integer    fewer people than this are not shown
-- $districts         varchar[]  districts counted; empty means all in scope
-- $compound_types    varchar[]  types of the compounds with a team of their own; empty means all teams

with counted as (
    select
        kind,
        role,
        sum(team_count) as team_count,
        sum(known_team_count) as known_team_count,
        sum(headcount) as headcount,
    from emergency_team_counts
    where (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by kind, role
)

select
    kind as team_kind,
    role as team_role,
    cast(team_count as bigint) as ready_team_count,
    if(
        headcount < $small_cell_limit and headcount > 0,
        '<' || $small_cell_limit,
        cast(headcount as varchar)
    ) as volunteers_shown,
    if(headcount < $small_cell_limit, null, headcount / nullif(known_team_count, 0)) as volunteers_per_team,
    cast(team_count - known_team_count as bigint) as unreported_team_count,
from counted
order by kind, team_count desc, role
