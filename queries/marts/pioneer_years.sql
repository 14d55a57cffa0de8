-- Yearly award: one row per organisation and year. A member is eligible with four quarters banded, none of
-- them a warning (a veto is one), and a review at least as good as the rule set asks; pending while a quarter
-- or the review is still open and nothing speaks against it. Exempt members are counted apart.

with member_years as (
    select
        member_id,
        org_id,
        district_code,
        extract('year' from quarter) as year,
        min(quarter) as first_quarter,
        bool_or(is_exempt) as is_exempt,
        bool_or(band = 'warning') as has_warning,
        count(*) filter (where band in ('starred', 'qualified')) = 4 as is_complete,
    from member_quarters
    group by member_id, org_id, district_code, extract('year' from quarter)
),

reviewed_years as (
    select
        member_years.org_id,
        member_years.district_code,
        cast(member_years.year as bigint) as year,
        member_years.is_exempt,
        member_years.has_warning,
        member_years.is_complete,
        member_reviews.grade is not null as is_reviewed,
        pioneer_award_grades.grade is not null as is_review_enough,
    from member_years
    inner join pioneer_calendar on member_years.first_quarter = pioneer_calendar.quarter
    left join member_reviews
        on member_years.member_id = member_reviews.member_id
        and member_years.year = member_reviews.year
    left join pioneer_award_grades
        on member_reviews.grade = pioneer_award_grades.grade
        and pioneer_calendar.rule_version = pioneer_award_grades.rule_version
),

judged_years as (
    select
        org_id,
        district_code,
        year,
        is_exempt,
        is_complete and is_review_enough as is_eligible,
        not is_exempt and not has_warning
        and (is_review_enough or not is_reviewed)
        and not (is_complete and is_review_enough) as is_pending,
    from reviewed_years
)

select
    judged_years.org_id,
    judged_years.district_code,
    branch_facts.compound_type,
    judged_years.year,
    count(*) as member_count,
    count(*) filter (where judged_years.is_eligible) as eligible_count,
    count(*) filter (where judged_years.is_pending) as pending_count,
    count(*) filter (where judged_years.is_exempt) as exempt_count,
from judged_years
left join branch_facts on judged_years.org_id = branch_facts.org_id
group by judged_years.org_id, judged_years.district_code, branch_facts.compound_type, judged_years.year
order by judged_years.org_id, judged_years.year
