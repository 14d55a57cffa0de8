-- Response, resolution and satisfaction with their weighted score, and the backlog: one row for the whole
-- selection and one per district.
--
-- The score is the weighted mean of the three rates times 100, none if one of them is not reported; its error that of
-- three rates x / n, each with the variance p (1 - p) / n and p = (x + 1) / (n + 2). Overdue at the end of a month: due
-- by then and not closed by then.
--
-- $start_month           date       first month counted
-- $end_month             date       last month counted
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all
-- $response_weight       double     weight of the response rate
-- $resolution_weight     double     weight of the resolution rate
-- $satisfaction_weight   double     weight of the satisfaction rate
-- $language              varchar    language of the names, zh or en

with rates as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        metric,
        month >= $start_month as is_present,
        sum(numerator) as numerator,
        sum(numerator) / nullif(sum(denominator), 0) as rate,
        (sum(numerator) + 1) / (sum(denominator) + 2) as drawn_rate,
        drawn_rate * (1 - drawn_rate) / nullif(sum(denominator), 0) as variance,
    from metric_months
    where (month between $start_month and $end_month or month between $previous_start_month and $previous_end_month)
        and metric in ('reported_issues', 'response_rate', 'resolution_rate', 'satisfaction_rate')
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by grouping sets ((metric, is_present), (district_code, metric, is_present))
),

periods as (
    select
        level,
        district_code,
        is_present,
        max(numerator) filter (where metric = 'reported_issues') as reported_issues,
        max(rate) filter (where metric = 'response_rate') as response_rate,
        max(rate) filter (where metric = 'resolution_rate') as resolution_rate,
        max(rate) filter (where metric = 'satisfaction_rate') as satisfaction_rate,
        100 * (
            $response_weight * response_rate
            + $resolution_weight * resolution_rate
            + $satisfaction_weight * satisfaction_rate
        ) / nullif($response_weight + $resolution_weight + $satisfaction_weight, 0) as combined_score,
        100 * sqrt(
            $response_weight ** 2 * max(variance) filter (where metric = 'response_rate')
            + $resolution_weight ** 2 * max(variance) filter (where metric = 'resolution_rate')
            + $satisfaction_weight ** 2 * max(variance) filter (where metric = 'satisfaction_rate')
        ) / nullif($response_weight + $resolution_weight + $satisfaction_weight, 0) as combined_score_error,
    from rates
    group by level, district_code, is_present
),

backlogs as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        sum(entered_count - left_count) as overdue_issues,
        coalesce(sum(entered_count - left_count) filter (where month <= $previous_end_month), 0)
            as previous_overdue_issues,
    from issue_unit_months
    where month <= $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by grouping sets ((), (district_code))
)

select
    present.level,
    present.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    cast(present.reported_issues as bigint) as reported_issues,
    present.response_rate,
    present.resolution_rate,
    present.satisfaction_rate,
    present.combined_score,
    present.combined_score_error,
    before.combined_score as previous_combined_score,
    present.combined_score - before.combined_score as combined_score_change,
    cast(coalesce(backlogs.overdue_issues, 0) as bigint) as overdue_issues,
    cast(coalesce(backlogs.overdue_issues - backlogs.previous_overdue_issues, 0) as bigint) as overdue_change,
from periods as present
left join periods as before
    on not before.is_present
    and present.level = before.level
    and present.district_code is not distinct from before.district_code
left join backlogs
    on present.level = backlogs.level
    and present.district_code is not distinct from backlogs.district_code
left join region_facts on present.district_code = region_facts.region_code
where present.is_present
    and (present.level = 'selection' or present.district_code is not null)
order by present.level desc, present.combined_score nulls last, present.district_code
