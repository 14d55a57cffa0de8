-- Which of the roles of a compound do teams play? One row per role that the place names.
--
-- $roles           varchar[]  roles of the place, in its order
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds that teams belong to; empty means all teams

with roles as (
    select unnest($roles) as role, unnest(range(len($roles))) as position
),

counted as (
    select
        role,
        sum(team_count) as team_count,
        sum(teamed_compounds) as teamed_compounds,
        sum(headcount) as headcount,
    from team_role_counts
    where (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by role
)

select
    roles.role as compound_role,
    coalesce(counted.team_count, 0) as role_teams,
    coalesce(counted.teamed_compounds, 0) as teamed_compounds,
    counted.headcount as role_headcount,
from roles
left join counted on roles.role = counted.role
order by roles.position
