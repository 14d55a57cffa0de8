-- Monthly scores of members who are not exempt: one row per month, district and compound type.
--
-- score_sum adds up the members' scores. All months, the whole scope: filters come after small cells are hidden.
--
-- $language  varchar  language of the names, zh or en

with counted_members as (
    select
        month,
        coalesce(district_code, 'none') as district_code,
        coalesce(compound_type, 'none') as compound_type,
        sum(member_count) as member_count,
        sum(score_sum) as score_sum,
    from pioneer_months
    group by all
)

select
    counted_members.month,
    counted_members.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted_members.compound_type,
    counted_members.member_count,
    counted_members.score_sum,
from counted_members
left join region_facts on counted_members.district_code = region_facts.region_code
order by all
