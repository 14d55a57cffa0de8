-- Numerator and denominator of every fortress item: one row per branch, quarter and item. A missing row means
-- not reported, a denominator of 0 not applicable.
--
-- Assessed items come from branch_assessments, derived items and deductions from the item_ marts; which is
-- which is decided by the rule set valid in the quarter.

with derived_counts as (
    select
        org_id,
        quarter,
        'A2' as item_code,
        numerator,
        denominator,
    from item_a2_set_up_properly

    union all

    select
        org_id,
        quarter,
        'B1' as item_code,
        numerator,
        denominator,
    from item_b1_issues_closed_on_time

    union all

    select
        org_id,
        quarter,
        'B2' as item_code,
        numerator,
        denominator,
    from item_b2_orders_done

    union all

    select
        org_id,
        quarter,
        'B3' as item_code,
        numerator,
        denominator,
    from item_b3_satisfied_at_revisit

    union all

    select
        org_id,
        quarter,
        'C1' as item_code,
        numerator,
        denominator,
    from item_c1_active_report_ins

    union all

    select
        org_id,
        quarter,
        'C2' as item_code,
        numerator,
        denominator,
    from item_c2_property_and_owners_body

    union all

    select
        org_id,
        quarter,
        'C3' as item_code,
        numerator,
        denominator,
    from item_c3_venues_meeting_norm

    union all

    select
        org_id,
        quarter,
        'D1' as item_code,
        numerator,
        denominator,
    from item_d1_deliberations_closed

    union all

    select
        org_id,
        quarter,
        'D2' as item_code,
        numerator,
        denominator,
    from item_d2_households_visited

    union all

    select
        org_id,
        quarter,
        'D3' as item_code,
        numerator,
        denominator,
    from item_d3_notices_on_time

    union all

    select
        org_id,
        quarter,
        'E1' as item_code,
        numerator,
        denominator,
    from item_e1_funds_in_order

    union all

    select
        org_id,
        quarter,
        'E3' as item_code,
        numerator,
        denominator,
    from item_e3_findings_rectified

    union all

    select
        org_id,
        quarter,
        'X1' as item_code,
        numerator,
        denominator,
    from item_x1_findings_overdue
),

all_counts as (
    select
        org_id,
        quarter,
        item_code,
        'assessed' as origin,
        numerator,
        denominator,
    from branch_assessments
    where numerator is not null
        and denominator is not null

    union all

    select
        org_id,
        quarter,
        item_code,
        'derived' as origin,
        numerator,
        denominator,
    from derived_counts
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.district_code,
    scored_branch_quarters.quarter,
    all_counts.item_code,
    all_counts.origin,
    cast(all_counts.numerator as double) as numerator,
    cast(all_counts.denominator as double) as denominator,
from scored_branch_quarters
inner join all_counts
    on scored_branch_quarters.org_id = all_counts.org_id
    and scored_branch_quarters.quarter = all_counts.quarter
inner join fortress_items
    on all_counts.item_code = fortress_items.item_code
    and scored_branch_quarters.quarter between fortress_items.valid_from and fortress_items.valid_to
    and all_counts.origin = if(fortress_items.kind = 'deduction', 'derived', fortress_items.origin)
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter, all_counts.item_code
