-- Communities without a drill in the 12 months up to the end of the period: one row per community, those never
-- drilled first.
--
-- $end_month  date       last of the 12 months
-- $districts  varchar[]  districts shown; empty means all in scope
-- $language   varchar    language of the names, zh or en

with held as (
    select
        community_code,
        max(last_drill_date) as last_drill_date,
    from drill_months
    where facet = 'all' and month <= $end_month
    group by community_code
)

select
    label(emergency_communities.name, emergency_communities.name_en, $language) as community_name,
    label(subdistricts.name, subdistricts.name_en, $language) as subdistrict_name,
    label(districts.name, districts.name_en, $language) as district_name,
    held.last_drill_date,
    emergency_communities.team_count as emergency_team_count,
    emergency_communities.grid_without_count,
    emergency_communities.community_code,
from emergency_communities
left join held on emergency_communities.community_code = held.community_code
left join region_facts as subdistricts on emergency_communities.subdistrict_code = subdistricts.region_code
left join region_facts as districts on emergency_communities.district_code = districts.region_code
where (len($districts) = 0 or emergency_communities.district_code in $districts)
    and coalesce(held.last_drill_date < cast($end_month - interval 11 month as date), true)
order by held.last_drill_date nulls first, emergency_communities.community_code
