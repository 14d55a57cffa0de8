-- Checks of the service standard by place: one row per community, compound (null: none named) and month.

select
    service_checks.community_code,
    service_checks.district_code,
    service_checks.compound_id,
    compound_facts.compound_type,
    cast(date_trunc('month', service_checks.checked_date) as date) as month,
    count(service_checks.is_met) as judged_count,
    count(*) filter (where service_checks.is_met) as met_count,
from service_checks
left join compound_facts on service_checks.compound_id = compound_facts.compound_id
group by all
order by month, community_code, compound_id
