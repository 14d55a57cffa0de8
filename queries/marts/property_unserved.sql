-- Compounds left without property service at the as-of date: one row per compound.
--
-- last_served_month is the last month that reports service; null where no month on record does.

with served as (
    select
        property_months.compound_id,
        max(property_months.month) as last_served_month,
    from property_months
    inner join place_facts on property_months.month < date_trunc('month', place_facts.as_of)
    where coalesce(property_months.is_covered, property_months.mode <> 'none')
    group by property_months.compound_id
)

select
    compound_facts.compound_id,
    compound_facts.name,
    compound_facts.name_en,
    compound_facts.district_code,
    compound_facts.community_code,
    compound_facts.compound_type,
    compound_facts.households,
    compounds.is_unmanaged,
    compounds.is_owners_body_eligible,
    compounds.owners_body,
    compounds.is_hard_case,
    compound_facts.has_branch,
    served.last_served_month,
from compound_facts
inner join compounds on compound_facts.compound_id = compounds.compound_id
left join served on compound_facts.compound_id = served.compound_id
where not compound_facts.is_property_covered
order by compound_facts.compound_id
