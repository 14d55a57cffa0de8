-- Against which property firms do residents complain most? One row per firm, the most complaints per household first, at
-- most 100, without those that serve fewer than 300 households.
--
-- Complaints and fees are those of the last twelve months on record, of the compounds in the selection's districts.
-- The interval of a rate of x complaints is 1.645 standard errors √(x + 1), as of a Poisson count that none does not
-- make certain; first and last place are those left open by firms whose intervals lie wholly above or below.
--
-- $districts  varchar[]  districts served; empty means all in scope
-- $language   varchar    language of the names, zh or en

with firms as (
    select
        firm_id,
        label(any_value(name), any_value(name_en), $language) as firm_name,
        sum(complaint_count) / nullif(sum(complaint_households) / 1000, 0) as property_complaints,
        1.645 * sqrt(sum(complaint_count) + 1) / nullif(sum(complaint_households) / 1000, 0) as margin,
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
),

shown as (
    from firms
    order by property_complaints desc nulls last, firm_id
    limit 100
),

reaches as (
    select
        shown.firm_id,
        1 + count(*) filter (
            where others.property_complaints - others.margin > shown.property_complaints + shown.margin
        ) as first_place,
        count(others.property_complaints) - count(*) filter (
            where others.property_complaints + others.margin < shown.property_complaints - shown.margin
        ) as last_place,
    from shown
    cross join firms as others
    where shown.property_complaints is not null
    group by shown.firm_id
)

select
    shown.firm_name,
    shown.property_complaints,
    reaches.first_place,
    reaches.last_place,
    shown.fee_collection,
    shown.households,
    shown.served_compound_count,
    shown.firm_mode,
    shown.complaint_count,
from shown
left join reaches on shown.firm_id = reaches.firm_id
order by shown.property_complaints desc nulls last, shown.firm_id
