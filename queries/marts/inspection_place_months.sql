-- Inspections by place and what became of their findings: one row per region and month found.
--
-- Counted as in inspection_months. The region is the community inspected, that of the branch or unit inspected, or the
-- wider one of a branch or unit that belongs to no community.

select
    coalesce(
        inspections.community_code, branch_facts.community_code, party_orgs.region_code, units.region_code
    ) as region_code,
    inspections.district_code,
    cast(date_trunc('month', inspections.found_date) as date) as month,
    count(*) filter (where inspections.finding_count > 0) as finding_inspection_count,
    count(inspections.finding_count) as reported_count,
    count(*) filter (where inspections.finding_count > 0 and inspections.due_date <= place_facts.as_of) as due_count,
    count(*) filter (
        where inspections.finding_count > 0
            and inspections.due_date <= place_facts.as_of
            and inspections.closed_date <= inspections.due_date
    ) as ontime_count,
    count(inspections.is_recorded) as record_known_count,
    count(*) filter (where inspections.is_recorded) as recorded_count,
    count(inspections.is_in_appraisal) as appraisal_known_count,
    count(*) filter (where inspections.is_in_appraisal) as appraisal_count,
from inspections
cross join place_facts
left join branch_facts on inspections.org_id = branch_facts.org_id
left join party_orgs on inspections.org_id = party_orgs.org_id
left join units on inspections.unit_id = units.unit_id
group by all
order by month, inspections.district_code, region_code
