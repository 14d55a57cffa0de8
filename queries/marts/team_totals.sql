-- Teams and what they are for: one row per district, kind of team, colour and role.
--
-- Headcount is null where no team of the row reports one, or where it is below the limit for small cells.

select
    teams.district_code,
    teams.kind,
    teams.colour,
    teams.role,
    count(*) as team_count,
    count(distinct teams.community_code) as community_count,
    count(distinct teams.compound_id) as compound_count,
    cast(
        if(sum(teams.headcount) >= any_value(place_facts.small_cell_limit), sum(teams.headcount), null) as bigint
    ) as headcount,
    count(*) - count(teams.headcount) as unreported_count,
from teams
cross join place_facts
where teams.district_code is not null
group by teams.district_code, teams.kind, teams.colour, teams.role
order by teams.district_code, teams.kind, teams.colour, teams.role
