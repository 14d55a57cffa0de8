-- Divisions with what is counted in them: one row per division.

with residential as (
    select
        substr(community_code, 1, 4) || '00000000' as city_code,
        substr(community_code, 1, 6) || '000000' as district_code,
        substr(community_code, 1, 9) || '000' as subdistrict_code,
        community_code,
        households,
    from compounds
),

counted as (
    select city_code as region_code, count(*) as compound_count, sum(households) as households
    from residential
    group by city_code
    union all
    select district_code as region_code, count(*) as compound_count, sum(households) as households
    from residential
    group by district_code
    union all
    select subdistrict_code as region_code, count(*) as compound_count, sum(households) as households
    from residential
    group by subdistrict_code
    union all
    select community_code as region_code, count(*) as compound_count, sum(households) as households
    from residential
    group by community_code
)

select
    regions.region_code,
    regions.level,
    regions.name,
    regions.name_en,
    regions.parent_code,
    if(
        regions.level in ('subdistrict', 'community'),
        substr(regions.region_code, 1, 9) || '000',
        null
    ) as subdistrict_code,
    regions.district_code,
    substr(regions.region_code, 1, 4) || '00000000' as city_code,
    coalesce(counted.compound_count, 0)::bigint as compound_count,
    counted.households::bigint as households,
from regions
left join counted using (region_code)
order by regions.region_code
