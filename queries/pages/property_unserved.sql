-- Which compounds are left without property service at the as-of date? One row per compound, the largest first.
--
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

select
    label(property_unserved.name, property_unserved.name_en, $language) as compound_name,
    label(districts.name, districts.name_en, $language) as district_name,
    label(communities.name, communities.name_en, $language) as community_name,
    property_unserved.compound_type,
    property_unserved.households,
    property_unserved.is_unmanaged,
    property_unserved.is_owners_body_eligible,
    property_unserved.owners_body,
    property_unserved.has_branch as has_linked_branch,
    property_unserved.last_served_month,
    property_unserved.compound_id,
    property_unserved.community_code,
from property_unserved
inner join region_facts as districts on property_unserved.district_code = districts.region_code
inner join region_facts as communities on property_unserved.community_code = communities.region_code
where (len($districts) = 0 or property_unserved.district_code in $districts)
    and (len($compound_types) = 0 or property_unserved.compound_type in $compound_types)
order by property_unserved.households desc nulls last, property_unserved.compound_id
