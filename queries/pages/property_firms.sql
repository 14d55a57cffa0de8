-- How far are there Party organisations in property firms, at the as-of date? One row for the whole selection, one per
-- district.
--
-- A firm counts where it is registered; compounds are those served in the district, by whatever firm.
--
-- $districts  varchar[]  districts counted; empty means all in scope
-- $language   varchar    language of the names, zh or en

with summed as (
    select
        if(grouping(district_code) = 0, 'district', 'selection') as level,
        district_code,
        count(*) filter (where is_registered_here) as firm_count,
        count(has_party_org) filter (where is_registered_here) as party_known_count,
        count(*) filter (where is_registered_here and has_party_org) as party_firm_count,
        count(*) filter (where is_registered_here and has_party_org and party_org_mode = 'alone') as alone_count,
        count(*) filter (where is_registered_here and has_party_org and party_org_mode = 'industry') as industry_count,
        count(*) filter (where is_registered_here and has_party_org and party_org_mode = 'area') as area_count,
        count(*) filter (where is_registered_here and has_adviser) as adviser_count,
        count(*) filter (
            where is_registered_here and not has_party_org and not coalesce(has_adviser, false)
        ) as partyless_count,
        sum(compound_count)::bigint as served_compound_count,
        coalesce(sum(compound_count) filter (where has_party_org), 0)::bigint as party_served_compound_count,
    from property_firm_facts
    where len($districts) = 0 or district_code in $districts
    group by grouping sets ((), (district_code))
    having count(*) > 0
)

select
    summed.level,
    summed.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    summed.firm_count,
    summed.party_firm_count,
    summed.party_firm_count / nullif(summed.party_known_count, 0) as party_firm_rate,
    summed.alone_count,
    summed.industry_count,
    summed.area_count,
    summed.adviser_count,
    summed.partyless_count,
    summed.firm_count - summed.party_known_count as firm_unreported_count,
    summed.served_compound_count,
    summed.party_served_compound_count,
    summed.party_served_compound_count / nullif(summed.served_compound_count, 0) as party_served_rate,
from summed
left join region_facts on summed.district_code = region_facts.region_code
where summed.level = 'selection' or summed.district_code is not null
order by summed.level desc, summed.district_code
