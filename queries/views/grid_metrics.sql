-- Numerator and denominator of every issue metric that a grid has: one row per grid, month and metric; a grid
-- that had nothing to count in a month has no row. The value is numerator / denominator, or the numerator
-- where the denominator is null (a count).

select
    grid_code,
    community_code,
    subdistrict_code,
    district_code,
    month,
    'reported_issues' as metric,
    'month' as basis,
    cast(reported_count as double) as numerator,
    cast(null as double) as denominator,
from grid_issue_months
where reported_count > 0

union all

select
    grid_code,
    community_code,
    subdistrict_code,
    district_code,
    month,
    'response_rate' as metric,
    'month' as basis,
    cast(responded_on_time_count as double) as numerator,
    cast(reported_count as double) as denominator,
from grid_issue_months
where reported_count > 0
    and responded_on_time_count is not null

union all

select
    grid_code,
    community_code,
    subdistrict_code,
    district_code,
    month,
    'close_rate' as metric,
    'month' as basis,
    cast(closed_count as double) as numerator,
    cast(due_count as double) as denominator,
from grid_issue_months
where due_count > 0

union all

select
    grid_code,
    community_code,
    subdistrict_code,
    district_code,
    month,
    'ontime_close_rate' as metric,
    'month' as basis,
    cast(ontime_closed_count as double) as numerator,
    cast(due_count as double) as denominator,
from grid_issue_months
where due_count > 0

union all

select
    grid_code,
    community_code,
    subdistrict_code,
    district_code,
    month,
    'resolution_rate' as metric,
    'month' as basis,
    cast(due_resolved_count as double) as numerator,
    cast(due_count as double) as denominator,
from grid_issue_months
where due_count > 0

union all

select
    grid_code,
    community_code,
    subdistrict_code,
    district_code,
    month,
    'overnight_rate' as metric,
    'month' as basis,
    cast(overnight_count as double) as numerator,
    cast(finished_count as double) as denominator,
from grid_issue_months
where finished_count > 0

union all

select
    grid_code,
    community_code,
    subdistrict_code,
    district_code,
    month,
    'rework_rate' as metric,
    'month' as basis,
    cast(rework_count as double) as numerator,
    cast(finished_count as double) as denominator,
from grid_issue_months
where finished_count > 0
    and rework_count is not null

union all

select
    grid_code,
    community_code,
    subdistrict_code,
    district_code,
    month,
    'satisfaction_rate' as metric,
    'month' as basis,
    cast(satisfied_count as double) as numerator,
    cast(revisited_count as double) as denominator,
from grid_issue_months
where revisited_count > 0

union all

select
    grid_code,
    community_code,
    subdistrict_code,
    district_code,
    month,
    'solved_at_compound_rate' as metric,
    'month' as basis,
    cast(resolved_compound_count as double) as numerator,
    cast(resolved_count as double) as denominator,
from grid_issue_months
where resolved_count > 0

union all

select
    grid_code,
    community_code,
    subdistrict_code,
    district_code,
    month,
    'extension_rate' as metric,
    'month' as basis,
    cast(extended_count as double) as numerator,
    cast(registered_count as double) as denominator,
from grid_issue_months
where registered_count > 0
    and extended_count is not null
