-- Who was rewarded in the year of the period and for what: one row per award.
--
-- $end_month  date       its year is shown
-- $districts  varchar[]  districts shown; empty means all in scope
-- $language   varchar    language of the names, zh or en

select
    award_facts.award as award_name,
    award_facts.place as award_place,
    award_facts.subject_kind as awarded_kind,
    label(award_facts.subject_name, award_facts.subject_name_en, $language) as awarded_name,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    award_facts.amount_yuan as award_yuan,
    award_facts.subject_id as awarded_code,
from award_facts
left join region_facts on award_facts.district_code = region_facts.region_code
where award_facts.year = extract('year' from $end_month)
    and (len($districts) = 0 or award_facts.district_code in $districts)
order by
    sum(award_facts.amount_yuan) over (partition by award_facts.award) desc nulls last,
    award_facts.award,
    award_facts.place nulls last,
    award_facts.award_id
