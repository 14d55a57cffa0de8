-- Property firms where they are registered and where they serve: one row per firm and district.
--
-- Served are the compounds that name the firm in the last month on record; fees and complaints are those of the
-- twelve months up to it, of this district alone. A firm registered above the districts has a row without district.

with last_months as (
    select max(property_months.month) as last_month
    from property_months
    inner join place_facts on property_months.month <= place_facts.as_of
),

served as (
    select
        property_months.firm_id,
        property_months.district_code,
        count(*) filter (where property_months.month = last_months.last_month) as compound_count,
        coalesce(
            sum(compounds.households) filter (where property_months.month = last_months.last_month), 0
        )::bigint as households,
        sum(compounds.households) filter (where property_months.fee_collection_rate is not null)::bigint as fee_households,
        sum(compounds.households * property_months.fee_collection_rate) as fee_collected_households,
        sum(property_months.complaint_count)::bigint as complaint_count,
        sum(compounds.households) filter (where property_months.complaint_count is not null)::bigint
            as complaint_households,
    from property_months
    cross join last_months
    inner join compounds on property_months.compound_id = compounds.compound_id
    where property_months.firm_id is not null
        and property_months.month between last_months.last_month - interval 11 month and last_months.last_month
    group by property_months.firm_id, property_months.district_code
),

places as (
    select firm_id, district_code
    from property_firms
    union
    select firm_id, district_code
    from served
)

select
    places.firm_id,
    property_firms.name,
    property_firms.name_en,
    places.district_code,
    places.district_code is not distinct from property_firms.district_code as is_registered_here,
    property_firms.has_party_org,
    property_firms.party_org_mode,
    property_firms.has_adviser,
    coalesce(served.compound_count, 0) as compound_count,
    coalesce(served.households, 0) as households,
    served.fee_households,
    served.fee_collected_households,
    served.complaint_count,
    served.complaint_households,
from places
inner join property_firms on places.firm_id = property_firms.firm_id
left join served
    on places.firm_id = served.firm_id
    and places.district_code = served.district_code
order by places.firm_id, places.district_code
