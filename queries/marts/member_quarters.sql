-- Quarterly pioneer score, band and stars: one row per member and quarter, from the year the member joined.
--
-- The score is the mean of the quarter's closed months; with fewer of them than the rule set asks for it is
-- pending and null. A veto in a closed month makes the band a warning. Exempt members keep their score but
-- are not banded. Bands and stars are cut on the unrounded score (domain.md, rule set pioneer-1).

with event_quarters as (
    select
        member_id,
        cast(date_trunc('quarter', month) as date) as quarter,
        sum(score) as score_sum,
        count(*) as month_count,
        bool_or(is_vetoed) as is_vetoed,
    from member_event_months
    group by member_id, cast(date_trunc('quarter', month) as date)
),

scores as (
    select
        members.member_id,
        members.masked_name,
        members.org_id,
        members.group_org_id,
        members.category,
        members.district_code,
        coalesce(members.is_exempt, false) as is_exempt,
        pioneer_calendar.quarter,
        pioneer_calendar.rule_version,
        pioneer_calendar.closed_months as months_closed,
        coalesce(event_quarters.is_vetoed, false) as is_vetoed,
        if(
            pioneer_calendar.closed_months >= pioneer_calendar.min_closed_months,
            round((
                coalesce(event_quarters.score_sum, 0)
                + (pioneer_calendar.closed_months - coalesce(event_quarters.month_count, 0))
                * pioneer_calendar.start_score
            ) / pioneer_calendar.closed_months, 9),
            null
        ) as score,
    from members
    inner join pioneer_calendar
        on coalesce(members.joined_year, 0) <= extract('year' from pioneer_calendar.quarter)
    left join event_quarters
        on members.member_id = event_quarters.member_id
        and pioneer_calendar.quarter = event_quarters.quarter
),

cut_offs as (
    select
        pioneer_versions.rule_version,
        max(pioneer_bands.minimum) filter (where pioneer_bands.band = 'starred') as starred_minimum,
        max(pioneer_bands.minimum) filter (where pioneer_bands.band = 'qualified') as qualified_minimum,
        max(pioneer_stars.minimum) filter (where pioneer_stars.stars = 3) as three_stars_minimum,
        max(pioneer_stars.minimum) filter (where pioneer_stars.stars = 4) as four_stars_minimum,
        max(pioneer_stars.minimum) filter (where pioneer_stars.stars = 5) as five_stars_minimum,
    from pioneer_versions
    inner join pioneer_bands on pioneer_versions.rule_version = pioneer_bands.rule_version
    inner join pioneer_stars on pioneer_versions.rule_version = pioneer_stars.rule_version
    group by pioneer_versions.rule_version
),

banded_scores as (
    select
        scores.member_id,
        scores.masked_name,
        scores.org_id,
        scores.group_org_id,
        scores.category,
        scores.district_code,
        scores.quarter,
        scores.score,
        scores.months_closed,
        scores.is_exempt,
        case
            when scores.is_exempt then 'exempt'
            when scores.score is null then 'pending'
            when scores.is_vetoed or scores.score < cut_offs.qualified_minimum then 'warning'
            when scores.score >= cut_offs.starred_minimum then 'starred'
            else 'qualified'
        end as band,
        case
            when scores.score >= cut_offs.five_stars_minimum then 5
            when scores.score >= cut_offs.four_stars_minimum then 4
            when scores.score >= cut_offs.three_stars_minimum then 3
            else 0
        end as score_stars,
    from scores
    inner join cut_offs on scores.rule_version = cut_offs.rule_version
)

select
    member_id,
    masked_name,
    org_id,
    group_org_id,
    category,
    district_code,
    quarter,
    score,
    months_closed,
    band,
    cast(if(band = 'starred', score_stars, 0) as bigint) as stars,
    is_exempt,
from banded_scores
order by district_code nulls first, org_id, member_id, quarter
