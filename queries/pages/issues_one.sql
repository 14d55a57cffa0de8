-- What is known of one issue: one row, or none outside the reader's scope.
--
-- $issue_id  varchar  issue shown
-- $language  varchar  language of the names, zh or en

select
    issues.issue_id,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    label(compound_facts.name, compound_facts.name_en, $language) as compound_name,
    issues.family,
    coalesce(issues.subcategory, issues.category) as matter,
    issues.tier,
    issues.owner_unit,
    issues.status,
    issues.due_at,
    issues.resolved_level,
    issues.rework_count,
    issues.is_extended,
    issues.revisit_result,
    issues.satisfaction,
from issues
left join region_facts on issues.district_code = region_facts.region_code
left join compound_facts on issues.compound_id = compound_facts.compound_id
where issues.issue_id = $issue_id
order by issues.issue_id
