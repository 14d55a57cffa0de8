-- How long issues took from report to closing: one row per district, compound type, month of closing and
-- class of hours, where hours_bin is the upper edge of the class (1e9 for everything above 720 hours).

with classed as (
    select
        compound_id,
        district_code,
        finished_month as month,
        case
            when hours_to_close <= 1 then 1
            when hours_to_close <= 2 then 2
            when hours_to_close <= 4 then 4
            when hours_to_close <= 8 then 8
            when hours_to_close <= 24 then 24
            when hours_to_close <= 48 then 48
            when hours_to_close <= 72 then 72
            when hours_to_close <= 120 then 120
            when hours_to_close <= 168 then 168
            when hours_to_close <= 336 then 336
            when hours_to_close <= 720 then 720
            else 1e9
        end as hours_bin,
    from issue_facts
    where finished_month is not null
)

select
    classed.district_code,
    compound_facts.compound_type,
    classed.month,
    cast(classed.hours_bin as double) as hours_bin,
    count(*) as closed_count,
from classed
left join compound_facts on classed.compound_id = compound_facts.compound_id
group by classed.district_code, compound_facts.compound_type, classed.month, classed.hours_bin
order by classed.month, classed.district_code, compound_facts.compound_type, hours_bin
