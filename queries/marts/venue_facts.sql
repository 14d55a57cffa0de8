-- One row per venue: where it lies, what it offers, and whether it meets the place's norm of area.
--
-- The norm is met with a fixed area or an area per 100 households of the compound (or, for a venue that names none,
-- the community) it serves; null where the area or the norm of this kind of venue is not known.

with community_households as (
    select
        community_code,
        sum(households) as households,
    from compound_facts
    group by community_code
)

select
    facilities.facility_id,
    facilities.kind,
    facilities.build_mode,
    facilities.community_code,
    facilities.compound_id,
    compound_facts.compound_type,
    facilities.district_code,
    facilities.area_m2,
    facilities.opened_date,
    string_split(replace(facilities.functions, ';', '、'), '、') as functions,
    facilities.unified_item_count,
    coalesce(compound_facts.households, community_households.households) as served_households,
    venue_norms.min_area_m2,
    if(
        facilities.area_m2 is null or venue_norms.kind is null,
        null,
        coalesce(facilities.area_m2 >= venue_norms.min_area_m2, false)
        or coalesce(
            facilities.area_m2 * 100 >= venue_norms.min_area_m2_per_100_households
            * coalesce(compound_facts.households, community_households.households),
            false
        )
    ) as meets_norm,
from facilities
left join compound_facts on facilities.compound_id = compound_facts.compound_id
left join community_households on facilities.community_code = community_households.community_code
left join venue_norms on facilities.kind = venue_norms.kind
order by facilities.facility_id
