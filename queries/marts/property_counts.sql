-- Property service by month: one row per district, compound type, month, mode and whether there is service.
--
-- In the as-of month the register of compounds decides, in earlier months property_months; mode null is not reported.
-- Households are those of the register. Fees and complaints count the compounds that report them: fee_households
-- weigh the rates, and a compound without service owes no fee.

with months as (
    select property_months.month
    from property_months
    inner join place_facts on property_months.month <= place_facts.as_of
    union
    select cast(date_trunc('month', place_facts.as_of) as date) as month
    from place_facts
),

compound_states as (
    select
        compound_facts.district_code,
        compound_facts.compound_type,
        months.month,
        compound_facts.households,
        if(months.month = compound_facts.as_of_month, compounds.property_mode, property_months.mode) as property_mode,
        if(
            months.month = compound_facts.as_of_month,
            compound_facts.is_property_covered,
            coalesce(property_months.is_covered, property_months.mode <> 'none')
        ) as is_covered,
        property_months.fee_collection_rate,
        property_months.complaint_count,
    from compound_facts
    cross join months
    inner join compounds on compound_facts.compound_id = compounds.compound_id
    left join property_months
        on compound_facts.compound_id = property_months.compound_id
        and months.month = property_months.month
)

select
    district_code,
    compound_type,
    month,
    property_mode,
    is_covered,
    count(*) as compound_count,
    coalesce(sum(households), 0)::bigint as households,
    coalesce(sum(households) filter (where fee_collection_rate is not null), 0)::bigint as fee_households,
    sum(households * fee_collection_rate) as fee_collected_households,
    count(*) filter (where is_covered and fee_collection_rate is null) as fee_unreported_count,
    sum(complaint_count)::bigint as complaint_count,
    coalesce(sum(households) filter (where complaint_count is not null), 0)::bigint as complaint_households,
from compound_states
group by all
order by all
