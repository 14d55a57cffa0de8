-- Which teams stand ready for what, and how active are those with a colour? One row per kind, colour and role.
--
-- $start_month     date       first month of the period
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope

with teams as (
    select
        kind,
        colour,
        role,
        sum(team_count) as team_count,
        sum(community_count) as community_count,
        sum(headcount) as headcount,
        sum(unreported_count) as unreported_count,
    from team_totals
    where len($districts) = 0 or district_code in $districts
    group by kind, colour, role
),

communities as (
    select count(*) as community_count
    from region_facts
    where level = 'community'
        and (len($districts) = 0 or district_code in $districts)
),

sessions as (
    select
        colour,
        sum(session_count) as session_count,
        sum(person_times) as person_times,
    from activity_months
    where facet = 'kind'
        and colour is not null
        and month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
    group by colour
)

select
    teams.kind as team_kind,
    teams.colour as team_colour,
    teams.role as team_role,
    cast(teams.team_count as bigint) as team_count,
    cast(teams.headcount as bigint) as team_headcount,
    teams.community_count / nullif(communities.community_count, 0) as team_community_share,
    if(teams.kind = 'volunteer', cast(sessions.session_count as bigint), null) as activity_sessions,
    if(teams.kind = 'volunteer', cast(sessions.person_times as bigint), null) as activity_person_times,
    cast(teams.unreported_count as bigint) as unreported_teams,
from teams
cross join communities
left join sessions on teams.colour = sessions.colour
order by
    list_position(
        ['volunteer', 'mutual_help', 'compound_service', 'self_governance', 'patrol', 'emergency'], teams.kind
    ),
    team_count desc,
    team_colour,
    team_role
