-- Emergency and patrol teams with their people: one row per district, type of compound, kind of team and role.
--
-- The type is null for a team of a whole community. Headcount is null where no team of the row reports it.

select
    teams.district_code,
    compounds.compound_type,
    teams.kind,
    teams.role,
    count(*) as team_count,
    cast(sum(teams.headcount) as bigint) as headcount,
    count(teams.headcount) as known_team_count,
from teams
left join compounds on teams.compound_id = compounds.compound_id
where teams.kind in ('emergency', 'patrol')
group by teams.district_code, compounds.compound_type, teams.kind, teams.role
order by teams.district_code, compounds.compound_type, teams.kind, teams.role
