-- How compounds fit the grids: one row per district, compound type and case of fit.
--
-- A compound counts as aligned when all its links to grids are.

with fitted as (
    select
        compound_id,
        fit_case,
        count(distinct grid_code) as grid_count,
        bool_and(is_aligned) as is_aligned,
    from compound_grids
    group by compound_id, fit_case
)

select
    compound_facts.district_code,
    compound_facts.compound_type,
    fitted.fit_case,
    count(*) as compound_count,
    sum(fitted.grid_count) as grid_count,
    count(*) filter (where fitted.is_aligned) as aligned_count,
    count(fitted.is_aligned) as aligned_known_count,
from fitted
inner join compound_facts on fitted.compound_id = compound_facts.compound_id
group by compound_facts.district_code, compound_facts.compound_type, fitted.fit_case
order by compound_facts.district_code, compound_facts.compound_type, fitted.fit_case
