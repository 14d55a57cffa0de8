-- How were Party organisations set up in the property firms of each district? One row per district and way.
--
-- $districts  varchar[]  districts of registration; empty means all in scope
-- $language   varchar    language of the names, zh or en

with firms as (
    select
        district_code,
        case
            when has_party_org then party_org_mode
            when has_adviser then 'adviser'
            when not has_party_org then 'without'
        end as firm_mode,
        count(*) as firm_count,
    from property_firm_facts
    where is_registered_here
        and (len($districts) = 0 or district_code in $districts)
    group by all
)

select
    firms.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    firms.firm_mode,
    firms.firm_count,
    firms.firm_count / sum(firms.firm_count) over (partition by firms.district_code) as firm_share,
from firms
inner join region_facts on firms.district_code = region_facts.region_code
order by
    firms.district_code,
    list_position(['alone', 'industry', 'area', 'adviser', 'without'], firms.firm_mode) nulls last
