-- Units in the joint committee of each community: one row per community, with zeros where no unit has joined.

with joined as (
    select
        joint_committee_community_code as community_code,
        count(*) as unit_count,
        count(*) filter (where unit_type in ('agency', 'public_institution')) as agency_count,
        count(*) filter (where unit_type = 'state_firm') as state_firm_count,
        count(*) filter (where unit_type in ('private_firm', 'social_organisation')) as new_sector_count,
    from units
    where joint_committee_community_code is not null
    group by joint_committee_community_code
)

select
    regions.region_code as community_code,
    regions.district_code,
    coalesce(joined.unit_count, 0) as unit_count,
    coalesce(joined.agency_count, 0) as agency_count,
    coalesce(joined.state_firm_count, 0) as state_firm_count,
    coalesce(joined.new_sector_count, 0) as new_sector_count,
from regions
inner join published_tables on published_tables.table_name = 'units'
left join joined on regions.region_code = joined.community_code
where regions.level = 'community'
order by regions.region_code
