-- Inspections and what became of their findings: one row per month, district, kind and who was inspected.
--
-- An inspection with findings is due once its time limit is past at the as-of date; without a time limit it never is.

select
    cast(date_trunc('month', inspections.found_date) as date) as month,
    inspections.district_code,
    inspections.kind,
    case
        when inspections.unit_id is not null then 'unit'
        when inspections.org_id is not null then 'branch'
        else 'community'
    end as inspected_kind,
    count(*) as inspection_count,
    count(*) filter (where inspections.finding_count > 0) as finding_inspection_count,
    count(inspections.finding_count) as reported_count,
    cast(sum(inspections.finding_count) as bigint) as finding_count,
    count(*) filter (where inspections.finding_count > 0 and inspections.due_date <= place_facts.as_of) as due_count,
    count(*) filter (
        where inspections.finding_count > 0
            and inspections.due_date <= place_facts.as_of
            and inspections.closed_date <= inspections.due_date
    ) as ontime_count,
    count(*) filter (
        where inspections.finding_count > 0
            and inspections.due_date <= place_facts.as_of
            and inspections.closed_date is null
    ) as overdue_count,
    count(inspections.is_recorded) as record_known_count,
    count(*) filter (where inspections.is_recorded) as recorded_count,
    count(inspections.is_in_appraisal) as appraisal_known_count,
    count(*) filter (where inspections.is_in_appraisal) as appraisal_count,
from inspections
cross join place_facts
group by all
order by month, inspections.district_code, inspections.kind, inspected_kind
