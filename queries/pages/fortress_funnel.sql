-- Branches by the number of cases and the rate of one item, with the limits that chance alone would keep to: one row
-- per branch that has cases.
--
-- Limits p0 ± z √(p0 (1 - p0) / n) about the rate p0 of all branches shown together, z = 1.96 (95 %) and 3.09
-- (99.8 %), inside 0 and 1; Spiegelhalter 2005, doi 10.1002/sim.1970. Outside the wider pair chance is hardly an explanation.
--
-- $quarter         date       quarter shown
-- $item_code       varchar    item of the rule set whose numerator and denominator are shown
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $language        varchar    language of the names, zh or en

with cases as (
    select
        branch_items.org_id,
        branch_items.district_code,
        branch_facts.name,
        branch_facts.name_en,
        branch_items.numerator,
        branch_items.denominator,
        branch_items.ratio as item_ratio,
        sum(branch_items.numerator) over () / sum(branch_items.denominator) over () as overall_ratio,
    from branch_items
    inner join branch_facts on branch_items.org_id = branch_facts.org_id
    where branch_items.quarter = $quarter
        and branch_items.item_code = $item_code
        and branch_items.denominator > 0
        and branch_items.numerator is not null
        and (len($districts) = 0 or branch_items.district_code in $districts)
        and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
),

judged as (
    select
        *,
        sqrt(overall_ratio * (1 - overall_ratio) / denominator) as error,
    from cases
)

select
    label(judged.name, judged.name_en, $language) as branch_name,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    judged.numerator,
    judged.denominator,
    judged.item_ratio,
    judged.overall_ratio,
    greatest(judged.overall_ratio - 1.96 * judged.error, 0) as low_95,
    least(judged.overall_ratio + 1.96 * judged.error, 1) as high_95,
    greatest(judged.overall_ratio - 3.09 * judged.error, 0) as low_998,
    least(judged.overall_ratio + 3.09 * judged.error, 1) as high_998,
    case
        when judged.item_ratio < judged.overall_ratio - 3.09 * judged.error then 'far_below'
        when judged.item_ratio < judged.overall_ratio - 1.96 * judged.error then 'below'
        when judged.item_ratio > judged.overall_ratio + 3.09 * judged.error then 'far_above'
        when judged.item_ratio > judged.overall_ratio + 1.96 * judged.error then 'above'
        else 'within_chance'
    end as funnel_state,
    judged.org_id,
from judged
left join region_facts on judged.district_code = region_facts.region_code
order by judged.denominator, judged.org_id
