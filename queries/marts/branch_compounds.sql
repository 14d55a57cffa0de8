-- Compounds of each scored branch: one row per branch and compound. A compound linked to several branches
-- counts for each of them.
--
-- Intermediate: read by other marts, not kept in the edition.

select
    branch_facts.org_id,
    compound_facts.compound_id,
    compound_facts.community_code,
    coalesce(compound_facts.households, 0) as households,
    compound_facts.is_property_covered,
    compound_facts.is_owners_body_eligible,
    compound_facts.has_owners_body,
from branch_facts
inner join org_compounds on branch_facts.org_id = org_compounds.org_id
inner join compound_facts on org_compounds.compound_id = compound_facts.compound_id
order by branch_facts.org_id, compound_facts.compound_id
