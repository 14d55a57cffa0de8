-- What are the compounds like that the place singles out? One row per compound, demonstration compounds first.
--
-- Where none is singled out, the compounds of the selection stand here by size. At most 60 are shown.
--
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $language        varchar    language of the names, zh or en

select
    label(compound_facts.name, compound_facts.name_en, $language) as compound_name,
    compound_facts.compound_type,
    case
        when compound_facts.is_demonstration then 'demonstration'
        when compound_facts.is_hard_case then 'hard'
        else 'other'
    end as case_kind,
    compound_facts.built_year,
    compound_facts.reform_year,
    compound_facts.households,
    compound_facts.residents,
    compound_facts.residents / nullif(compound_facts.households, 0) as residents_per_household,
    compound_facts.floor_area_m2,
    round(compound_facts.floor_area_m2 / nullif(compound_facts.households, 0), 1) as floor_area_per_household_m2,
    label(region_facts.name, region_facts.name_en, $language) as community_name,
from compound_facts
left join region_facts on compound_facts.community_code = region_facts.region_code
where (len($districts) = 0 or compound_facts.district_code in $districts)
    and (len($compound_types) = 0 or compound_facts.compound_type in $compound_types)
order by
    compound_facts.is_demonstration desc nulls last,
    compound_facts.is_hard_case desc nulls last,
    compound_facts.households desc nulls last,
    compound_facts.compound_id
limit 60
