-- Teams by the role they play in a compound: one row per district, type of compound and role.
--
-- Headcount is null where no team of the row reports it; a type of compound is null where the team serves a community.

select
    teams.district_code,
    compounds.compound_type,
    teams.role,
    count(*) as team_count,
    count(distinct teams.compound_id) as teamed_compounds,
    sum(teams.headcount) as headcount,
from teams
left join compounds on teams.compound_id = compounds.compound_id
where teams.role is not null
group by all
order by teams.district_code, compounds.compound_type, teams.role
