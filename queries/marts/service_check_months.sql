-- Checks of the service standard: one row per district, compound type, month and standard.

select
    service_checks.district_code,
    compound_facts.compound_type,
    cast(date_trunc('month', service_checks.checked_date) as date) as month,
    service_checks.item,
    count(service_checks.is_met) as judged_count,
    count(*) filter (where service_checks.is_met) as met_count,
    count(*) - count(service_checks.is_met) as unjudged_count,
from service_checks
left join compound_facts on service_checks.compound_id = compound_facts.compound_id
where service_checks.district_code is not null
group by all
order by month, district_code, compound_type, item
