-- Item C3, venues meeting the area norm ÷ venues that have one: one row per branch and quarter, none where
-- the place publishes no facilities.
--
-- Attribution: a venue serves the branches linked to its compound, or, where it names none, every branch with
-- a compound in its community; from the quarter it opened. Norms come from the profile, by kind of venue: a
-- fixed area, or an area per 100 households of the compound (or community) it serves. A venue of unknown area
-- is left out.
--
-- Intermediate: read by other marts, not kept in the edition.

with community_households as (
    select
        community_code,
        sum(households) as households,
    from compound_facts
    group by community_code
),

branch_venues as (
    select
        branch_compounds.org_id,
        facilities.facility_id,
        branch_compounds.households,
    from facilities
    inner join branch_compounds on facilities.compound_id = branch_compounds.compound_id

    union

    select
        branch_compounds.org_id,
        facilities.facility_id,
        community_households.households,
    from facilities
    inner join branch_compounds on facilities.community_code = branch_compounds.community_code
    inner join community_households on facilities.community_code = community_households.community_code
    where facilities.compound_id is null
),

measured_venues as (
    select
        branch_venues.org_id,
        facilities.opened_date,
        coalesce(facilities.area_m2 >= venue_norms.min_area_m2, false)
        or coalesce(
            facilities.area_m2 * 100 >= venue_norms.min_area_m2_per_100_households * branch_venues.households,
            false
        ) as meets_norm,
    from branch_venues
    inner join facilities on branch_venues.facility_id = facilities.facility_id
    inner join venue_norms on facilities.kind = venue_norms.kind
    where facilities.area_m2 is not null
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    count(*) filter (where measured_venues.meets_norm) as numerator,
    count(measured_venues.meets_norm) as denominator,
from scored_branch_quarters
inner join published_tables on published_tables.table_name = 'facilities'
left join measured_venues
    on scored_branch_quarters.org_id = measured_venues.org_id
    and (
        measured_venues.opened_date is null
        or measured_venues.opened_date <= scored_branch_quarters.last_day
    )
group by scored_branch_quarters.org_id, scored_branch_quarters.quarter
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
