-- Report-ins of units by month: one row per unit, district reported to and month.
--
-- Hours are null where none are reported.

select
    unit_id,
    district_code,
    cast(date_trunc('month', reported_date) as date) as month,
    count(*) as report_in_count,
    count(*) filter (where mode = 'emergency') as emergency_count,
    sum(hours) as unit_hours,
from report_ins
where party = 'unit'
    and unit_id is not null
group by all
order by unit_id, month, district_code
