-- Members who had reported in by the end of a year: one row per year, district and whether they served in that year.
--
-- Each counts once, in the district of the first report-in. Not by compound type: a report-in names a community.
--
-- $language  varchar  language of the names, zh or en

select
    report_in_member_years.year,
    coalesce(report_in_member_years.district_code, 'none') as district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    report_in_member_years.service_state,
    report_in_member_years.member_count,
from report_in_member_years
left join region_facts on report_in_member_years.district_code = region_facts.region_code
order by report_in_member_years.year, district_code, report_in_member_years.service_state
