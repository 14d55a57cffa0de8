-- One row per count of people, or of households visited, that exceeds those who live there.
--
-- title: More people or households are counted than live there
-- severity: warning
-- expected: people, not person-times, and no more than live in the community, compound or grid

with communities as (
    select
        community_code,
        sum(residents) as resident_count,
    from compounds
    group by community_code
    having count(residents) = count(*)
)

select
    'resident_point_months' as table_name,
    resident_point_months.rowid as row_number,
    'participants' as column_name,
    resident_point_months.participants as value,
    '≤ ' || communities.resident_count as expected,
from resident_point_months
inner join communities on resident_point_months.community_code = communities.community_code
where resident_point_months.participants > communities.resident_count

union all

select
    'service_activities' as table_name,
    service_activities.rowid as row_number,
    'participant_count' as column_name,
    service_activities.participant_count as value,
    '≤ ' || communities.resident_count as expected,
from service_activities
inner join communities on service_activities.community_code = communities.community_code
where service_activities.participant_count > communities.resident_count

union all

select
    'deliberations' as table_name,
    deliberations.rowid as row_number,
    'attendee_count' as column_name,
    deliberations.attendee_count as value,
    '≤ ' || coalesce(compounds.residents, communities.resident_count) as expected,
from deliberations
inner join communities on deliberations.community_code = communities.community_code
left join compounds on deliberations.compound_id = compounds.compound_id
where deliberations.attendee_count > coalesce(compounds.residents, communities.resident_count)

union all

select
    'visit_months' as table_name,
    visit_months.rowid as row_number,
    'households_visited' as column_name,
    visit_months.households_visited as value,
    '≤ ' || grids.households as expected,
from visit_months
inner join grids on visit_months.grid_code = grids.grid_code
where visit_months.households_visited > grids.households
