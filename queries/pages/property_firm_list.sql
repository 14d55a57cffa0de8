-- Against which property firms do residents complain most? One row per firm, the most complaints per household first, at
-- most 100, without those that serve fewer than 300 households.
--
-- Complaints and fees are those of the last twelve months on record, of the compounds in the selection's districts.
--
-- $districts  varchar[]  districts served; empty means all in scope
-- $language   varchar    language of the names, zh or en

select
    label(any_value(name), any_value(name_en), $language) as firm_name,
    sum(complaint_count) / nullif(sum(complaint_households) / 1000, 0) as property_complaints,
    sum(fee_collected_households) / nullif(sum(fee_households), 0) as fee_collection,
    sum(households)::bigint as households,
    sum(compound_count)::bigint as served_compound_count,
    case
        when any_value(has_party_org) then any_value(party_org_mode)
        when any_value(has_adviser) then 'adviser'
        when not any_value(has_party_org) then 'without'
    end as firm_mode,
    sum(complaint_count)::double as complaint_count,
from property_firm_facts
where (len($districts) = 0 or district_code in $districts)
group by firm_id
having sum(households) >= 300
order by property_complaints desc nulls last, firm_id
limit 100
