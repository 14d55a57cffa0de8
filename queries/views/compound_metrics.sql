-- Numerator and denominator of every metric that a compound has: one row per compound, month and metric;
-- issues that name no compound stand under compound_id null. The value is numerator / denominator, or the
-- numerator where the denominator is null (a count).
--
-- basis says how months add up: 'month' counts add up over months; 'moment' states hold at the end of a month
-- and only the last month of a period counts.

with compound_months as (
    select
        compound_facts.compound_id,
        compound_facts.compound_type,
        compound_facts.community_code,
        compound_facts.subdistrict_code,
        compound_facts.district_code,
        compound_facts.households,
        compound_facts.first_branch_date,
        months.month,
    from compound_facts
    cross join (
        select cast(unnest(generate_series(first_month, last_month, interval 1 month)) as date) as month
        from (
            select
                (select min(month) from issue_months) as first_month,
                (select max(as_of_month) from compound_facts) as last_month,
        )
    ) as months
),

compound_reports as (
    select
        compound_months.compound_id,
        compound_months.compound_type,
        compound_months.community_code,
        compound_months.subdistrict_code,
        compound_months.district_code,
        compound_months.month,
        compound_months.households,
        coalesce(issue_months.reported_count, 0) as reported_count,
    from compound_months
    left join issue_months
        on compound_months.compound_id = issue_months.compound_id
        and compound_months.month = issue_months.month
)

select
    compound_reports.compound_id,
    compound_reports.compound_type,
    compound_reports.community_code,
    compound_reports.subdistrict_code,
    compound_reports.district_code,
    compound_reports.month,
    'reported_issues' as metric,
    'month' as basis,
    cast(compound_reports.reported_count as double) as numerator,
    cast(null as double) as denominator,
from compound_reports

union all

select
    issue_months.compound_id,
    issue_months.compound_type,
    issue_months.community_code,
    issue_months.subdistrict_code,
    issue_months.district_code,
    issue_months.month,
    'reported_issues' as metric,
    'month' as basis,
    cast(issue_months.reported_count as double) as numerator,
    cast(null as double) as denominator,
from issue_months
where issue_months.compound_id is null

union all

select
    compound_reports.compound_id,
    compound_reports.compound_type,
    compound_reports.community_code,
    compound_reports.subdistrict_code,
    compound_reports.district_code,
    compound_reports.month,
    'issues_per_100_households' as metric,
    'month' as basis,
    cast(compound_reports.reported_count as double) as numerator,
    cast(compound_reports.households / 100 as double) as denominator,
from compound_reports
where compound_reports.households > 0

union all

select
    issue_months.compound_id,
    issue_months.compound_type,
    issue_months.community_code,
    issue_months.subdistrict_code,
    issue_months.district_code,
    issue_months.month,
    'response_rate' as metric,
    'month' as basis,
    cast(issue_months.responded_on_time_count as double) as numerator,
    cast(issue_months.reported_count as double) as denominator,
from issue_months
where issue_months.reported_count > 0
    and issue_months.responded_on_time_count is not null

union all

select
    issue_months.compound_id,
    issue_months.compound_type,
    issue_months.community_code,
    issue_months.subdistrict_code,
    issue_months.district_code,
    issue_months.month,
    'close_rate' as metric,
    'month' as basis,
    cast(issue_months.closed_count as double) as numerator,
    cast(issue_months.due_count as double) as denominator,
from issue_months
where issue_months.due_count > 0

union all

select
    issue_months.compound_id,
    issue_months.compound_type,
    issue_months.community_code,
    issue_months.subdistrict_code,
    issue_months.district_code,
    issue_months.month,
    'ontime_close_rate' as metric,
    'month' as basis,
    cast(issue_months.ontime_closed_count as double) as numerator,
    cast(issue_months.due_count as double) as denominator,
from issue_months
where issue_months.due_count > 0

union all

select
    issue_months.compound_id,
    issue_months.compound_type,
    issue_months.community_code,
    issue_months.subdistrict_code,
    issue_months.district_code,
    issue_months.month,
    'resolution_rate' as metric,
    'month' as basis,
    cast(issue_months.due_resolved_count as double) as numerator,
    cast(issue_months.due_count as double) as denominator,
from issue_months
where issue_months.due_count > 0

union all

select
    issue_months.compound_id,
    issue_months.compound_type,
    issue_months.community_code,
    issue_months.subdistrict_code,
    issue_months.district_code,
    issue_months.month,
    'overnight_rate' as metric,
    'month' as basis,
    cast(issue_months.overnight_count as double) as numerator,
    cast(issue_months.finished_count as double) as denominator,
from issue_months
where issue_months.finished_count > 0

union all

select
    issue_months.compound_id,
    issue_months.compound_type,
    issue_months.community_code,
    issue_months.subdistrict_code,
    issue_months.district_code,
    issue_months.month,
    'rework_rate' as metric,
    'month' as basis,
    cast(issue_months.rework_count as double) as numerator,
    cast(issue_months.finished_count as double) as denominator,
from issue_months
where issue_months.finished_count > 0
    and issue_months.rework_count is not null

union all

select
    issue_months.compound_id,
    issue_months.compound_type,
    issue_months.community_code,
    issue_months.subdistrict_code,
    issue_months.district_code,
    issue_months.month,
    'satisfaction_rate' as metric,
    'month' as basis,
    cast(issue_months.satisfied_count as double) as numerator,
    cast(issue_months.revisited_count as double) as denominator,
from issue_months
where issue_months.revisited_count > 0

union all

select
    issue_months.compound_id,
    issue_months.compound_type,
    issue_months.community_code,
    issue_months.subdistrict_code,
    issue_months.district_code,
    issue_months.month,
    'solved_at_compound_rate' as metric,
    'month' as basis,
    cast(issue_months.resolved_compound_count as double) as numerator,
    cast(issue_months.resolved_count as double) as denominator,
from issue_months
where issue_months.resolved_count > 0

union all

select
    issue_months.compound_id,
    issue_months.compound_type,
    issue_months.community_code,
    issue_months.subdistrict_code,
    issue_months.district_code,
    issue_months.month,
    'extension_rate' as metric,
    'month' as basis,
    cast(issue_months.extended_count as double) as numerator,
    cast(issue_months.registered_count as double) as denominator,
from issue_months
where issue_months.registered_count > 0
    and issue_months.extended_count is not null

union all

select
    compound_months.compound_id,
    compound_months.compound_type,
    compound_months.community_code,
    compound_months.subdistrict_code,
    compound_months.district_code,
    compound_months.month,
    'organisation_coverage' as metric,
    'moment' as basis,
    cast(coalesce(compound_months.first_branch_date <= last_day(compound_months.month), false) as double) as numerator,
    cast(1 as double) as denominator,
from compound_months

union all

select
    compound_facts.compound_id,
    compound_facts.compound_type,
    compound_facts.community_code,
    compound_facts.subdistrict_code,
    compound_facts.district_code,
    compound_facts.as_of_month as month,
    'property_coverage' as metric,
    'moment' as basis,
    cast(compound_facts.is_property_covered as double) as numerator,
    cast(1 as double) as denominator,
from compound_facts
where compound_facts.is_property_covered is not null

union all

select
    compound_facts.compound_id,
    compound_facts.compound_type,
    compound_facts.community_code,
    compound_facts.subdistrict_code,
    compound_facts.district_code,
    compound_facts.as_of_month as month,
    'owners_body_rate_eligible' as metric,
    'moment' as basis,
    cast(compound_facts.has_owners_body as double) as numerator,
    cast(1 as double) as denominator,
from compound_facts
where compound_facts.has_owners_body is not null
    and compound_facts.is_owners_body_eligible

union all

select
    compound_facts.compound_id,
    compound_facts.compound_type,
    compound_facts.community_code,
    compound_facts.subdistrict_code,
    compound_facts.district_code,
    compound_facts.as_of_month as month,
    'owners_body_rate_all' as metric,
    'moment' as basis,
    cast(compound_facts.has_owners_body as double) as numerator,
    cast(1 as double) as denominator,
from compound_facts
where compound_facts.has_owners_body is not null
