-- Inspections of the period and what became of their findings: one row per kind and who was inspected.
--
-- $start_month  date       first month of the period
-- $end_month    date       last month of the period
-- $districts    varchar[]  districts counted; empty means all in scope

select
    kind as inspection_kind,
    inspected_kind,
    cast(sum(inspection_count) as bigint) as inspection_count,
    cast(sum(finding_inspection_count) as bigint) as finding_inspection_count,
    sum(finding_inspection_count) / nullif(sum(reported_count), 0) as finding_share,
    cast(sum(finding_count) as bigint) as inspection_finding_count,
    sum(ontime_count) / nullif(sum(due_count), 0) as inspection_ontime_rate,
    cast(sum(overdue_count) as bigint) as inspection_overdue_count,
    sum(recorded_count) / nullif(sum(record_known_count), 0) as recorded_share,
    sum(appraisal_count) / nullif(sum(appraisal_known_count), 0) as in_appraisal_share,
from inspection_months
where month between $start_month and $end_month
    and (len($districts) = 0 or district_code in $districts)
group by kind, inspected_kind
order by list_position(['two_random', 'routine', 'special', 'follow_up'], kind), inspected_kind
