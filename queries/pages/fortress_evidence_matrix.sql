-- What every branch was scored on in a quarter, to try other methods on it: one row per branch and item.
--
-- Bonus items have their units over the members of the branch, deductions their cases. Not official by itself:
-- ranks and stars made from it by other rules are nowhere kept.
--
-- $quarter         date       quarter shown
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all

select
    branch_items.org_id,
    branch_items.item_code,
    branch_items.numerator,
    branch_items.denominator,
from branch_items
inner join branch_facts on branch_items.org_id = branch_facts.org_id
where branch_items.quarter = $quarter
    and (len($districts) = 0 or branch_items.district_code in $districts)
    and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
order by branch_items.org_id, branch_items.item_code
