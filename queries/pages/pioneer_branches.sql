-- Rated members of each organisation and the starred ones among them: one row per quarter, organisation and band;
-- the band '' is all of them.
--
-- No other bands: qualified and warning members of one organisation are told together, so that nobody can be
-- seen among a handful of warnings. score_sum adds up the members' scores.
--
-- $quarter   date     quarter counted
-- $language  varchar  language of the names, zh or en

with rated_members as (
    select
        quarter,
        coalesce(district_code, 'none') as district_code,
        coalesce(compound_type, 'none') as compound_type,
        'rated' as standing,
        org_id,
        unnest(if(band = 'starred', ['', 'starred'], [''])) as band,
        member_count,
        score_sum,
    from pioneer_quarters
    where quarter = $quarter
        and band in ('starred', 'qualified', 'warning')
),

counted_members as (
    select
        quarter,
        district_code,
        compound_type,
        standing,
        org_id,
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
    counted_members.compound_type,
    counted_members.standing,
    counted_members.org_id,
    label(party_orgs.name, party_orgs.name_en, $language) as branch_name,
    counted_members.band,
    counted_members.member_count,
    counted_members.score_sum,
from counted_members
left join region_facts on counted_members.district_code = region_facts.region_code
left join party_orgs on counted_members.org_id = party_orgs.org_id
order by all
