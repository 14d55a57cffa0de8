-- Members by quarterly band and stars: one row per quarter, district, compound type, standing, band and stars.
--
-- standing: rated (starred, qualified or warning), pending or exempt. Organisations without a compound have the
-- compound type 'none', those of the whole place the district 'none'. All quarters, the whole scope: filters
-- come after small cells are hidden.
--
-- $language  varchar  language of the names, zh or en

with placed_members as (
    select
        quarter,
        coalesce(district_code, 'none') as district_code,
        coalesce(compound_type, 'none') as compound_type,
        if(band in ('pending', 'exempt'), band, 'rated') as standing,
        band,
        cast(stars as varchar) as stars,
        member_count,
    from pioneer_quarters
),

counted_members as (
    select
        quarter,
        district_code,
        compound_type,
        standing,
        band,
        stars,
        sum(member_count) as member_count,
    from placed_members
    group by all
)

select
    counted_members.quarter,
    counted_members.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted_members.compound_type,
    counted_members.standing,
    counted_members.band,
    counted_members.stars,
    counted_members.member_count,
from counted_members
left join region_facts on counted_members.district_code = region_facts.region_code
order by all
