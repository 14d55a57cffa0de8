-- Resident issues by what they are about: one row per district, compound type, category, matter and month of report.
--
-- Closed: closed by the as-of date. Void issues are left out.

select
    issue_facts.district_code,
    compound_facts.compound_type,
    issue_facts.category,
    issue_facts.subcategory,
    issue_facts.reported_month as month,
    count(*) as reported_count,
    count(*) filter (where issue_facts.is_closed) as closed_count,
    count(*) filter (where issue_facts.is_closed and not issue_facts.is_overnight) as same_day_count,
from issue_facts
left join compound_facts on issue_facts.compound_id = compound_facts.compound_id
where not issue_facts.is_void
group by
    issue_facts.district_code,
    compound_facts.compound_type,
    issue_facts.category,
    issue_facts.subcategory,
    issue_facts.reported_month
order by month, issue_facts.district_code, compound_facts.compound_type, issue_facts.category, issue_facts.subcategory
