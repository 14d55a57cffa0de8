-- What is scored: one row per branch and quarter, from the first whole quarter after its founding.
--
-- Intermediate: read by other marts, not kept in the edition.

select
    branch_facts.org_id,
    branch_facts.district_code,
    branch_facts.compound_type,
    branch_facts.size_band,
    branch_facts.member_count,
    scored_quarters.quarter,
    scored_quarters.last_day,
from branch_facts
cross join scored_quarters
where branch_facts.founded_date is null
    or branch_facts.founded_date <= scored_quarters.quarter
order by branch_facts.org_id, scored_quarters.quarter
