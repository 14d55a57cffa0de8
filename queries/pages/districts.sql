-- Districts inside the reader's scope: one row per district, in the order of their codes.
--
-- $language  varchar  language of the names, zh or en

select
    region_facts.region_code as district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name
from region_facts
where region_facts.level = 'district'
order by district_code
