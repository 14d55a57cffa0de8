-- Rated members by the unit they work for and the starred ones among them: one row per quarter, district of their
-- branch, unit and band; the band '' is all of them, the unit 'none' members of no unit.
--
-- No other bands, as in pioneer_branches. Members of no unit are counted so that the totals are those of the districts.
--
-- $quarter   date     quarter counted
-- $language  varchar  language of the names, zh or en

with rated_members as (
    select
        quarter,
        coalesce(district_code, 'none') as district_code,
        'rated' as standing,
        coalesce(unit_id, 'none') as unit_id,
        unnest(if(band = 'starred', ['', 'starred'], [''])) as band,
        member_count,
        score_sum,
    from pioneer_unit_quarters
    where quarter = $quarter
),

counted_members as (
    select
        quarter,
        district_code,
        standing,
        unit_id,
        band,
        sum(member_count) as member_count,
        sum(score_sum) as score_sum,
    from rated_members
    group by all
)

select
    counted_members.quarter,
    counted_members.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted_members.standing,
    counted_members.unit_id,
    label(unit_facts.name, unit_facts.name_en, $language) as unit_name,
    counted_members.band,
    counted_members.member_count,
    counted_members.score_sum,
from counted_members
left join region_facts on counted_members.district_code = region_facts.region_code
left join unit_facts on counted_members.unit_id = unit_facts.unit_id
order by all
