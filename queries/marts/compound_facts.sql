-- What is known of each residential compound at the as-of date: one row per compound.
--
-- A compound is covered by an organisation when a link says so, whatever the number of organisations.

with linked_branches as (
    select
        org_compounds.compound_id,
        min(coalesce(party_orgs.founded_date, date '1900-01-01')) as first_branch_date,
    from org_compounds
    inner join party_orgs on org_compounds.org_id = party_orgs.org_id
    where party_orgs.org_type in ('branch', 'general_branch', 'temporary_branch', 'temporary_general_branch')
    group by org_compounds.compound_id
)

select
    compounds.compound_id,
    compounds.name,
    compounds.name_en,
    compounds.compound_type,
    compounds.community_code,
    left(compounds.community_code, 9) || '000' as subdistrict_code,
    compounds.district_code,
    compounds.households,
    compounds.residents,
    compounds.floor_area_m2,
    compounds.built_year,
    compounds.reform_year,
    compounds.is_pilot,
    compounds.is_demonstration,
    compounds.is_hard_case,
    linked_branches.compound_id is not null as has_branch,
    linked_branches.first_branch_date,
    compounds.property_mode <> 'none' as is_property_covered,
    compounds.owners_body <> 'none' as has_owners_body,
    compounds.is_owners_body_eligible,
    cast(date_trunc('month', place_facts.as_of) as date) as as_of_month,
from compounds
cross join place_facts
left join linked_branches on compounds.compound_id = linked_branches.compound_id
order by compounds.compound_id
