-- Item C2, (compounds with property service + eligible compounds with an owners' body) ÷ (compounds +
-- eligible compounds): one row per branch and quarter.
--
-- Attribution: the compounds linked to the branch. The register of compounds has no history: its state at the
-- as-of date stands in every quarter. A compound whose property service or owners' body is not reported is
-- left out of that half of the fraction.
--
-- Intermediate: read by other marts, not kept in the edition.

with covered_compounds as (
    select
        org_id,
        count(*) filter (where is_property_covered)
        + count(*) filter (where is_owners_body_eligible and has_owners_body) as numerator,
        count(is_property_covered)
        + count(has_owners_body) filter (where is_owners_body_eligible) as denominator,
    from branch_compounds
    group by org_id
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    covered_compounds.numerator,
    covered_compounds.denominator,
from scored_branch_quarters
inner join covered_compounds on scored_branch_quarters.org_id = covered_compounds.org_id
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
