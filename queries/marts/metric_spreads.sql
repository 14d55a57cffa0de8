-- How units differ in every metric, as sums from which means, errors and tests follow: one row per district,
-- compound type, metric and span (each month, calendar quarter and calendar year).
--
-- Units are compounds, and branches for the two indexes. With y the numerator and x the denominator of a unit
-- over the span (x = 1 for counts): unit_count, Σy, Σx, Σy², Σxy, Σx². The sums add up over districts and types.

with branch_units as (
    select
        branch_quarters.org_id as unit_id,
        branch_facts.compound_type,
        branch_quarters.district_code,
        branch_quarters.quarter,
        'fortress_index' as metric,
        cast(branch_quarters.total as double) as numerator,
        cast(1 as double) as denominator,
    from branch_quarters
    inner join branch_facts on branch_quarters.org_id = branch_facts.org_id
    where branch_quarters.total is not null
    union all
    select
        org_id as unit_id,
        compound_type,
        district_code,
        quarter,
        'starred_member_share' as metric,
        cast(sum(if(band = 'starred', member_count, 0)) as double) as numerator,
        cast(sum(member_count) as double) as denominator,
    from pioneer_quarters
    where band in ('starred', 'qualified', 'warning')
    group by org_id, compound_type, district_code, quarter
),

unit_months as (
    select
        branch_units.unit_id,
        branch_units.compound_type,
        branch_units.district_code,
        cast(date_add(branch_units.quarter, to_months(offsets.month_offset)) as date) as month,
        branch_units.metric,
        'quarter' as basis,
        branch_units.numerator,
        branch_units.denominator,
    from branch_units
    cross join (values (0), (1), (2)) as offsets (month_offset)
    union all
    select
        compound_id as unit_id,
        compound_type,
        district_code,
        month,
        metric,
        basis,
        numerator,
        denominator,
    from compound_metrics
    where compound_id is not null
),

unit_quarters as (
    select
        unit_id,
        min(compound_type) as compound_type,
        min(district_code) as district_code,
        metric,
        basis,
        cast(date_trunc('quarter', month) as date) as quarter,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
    from unit_months
    where basis = 'month' or month(month) % 3 = 0
    group by unit_id, metric, basis, date_trunc('quarter', month)
),

unit_years as (
    select
        unit_id,
        min(compound_type) as compound_type,
        min(district_code) as district_code,
        metric,
        cast(date_trunc('year', quarter) as date) as year,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
    from unit_quarters
    where basis <> 'moment' or month(quarter) = 10
    group by unit_id, metric, date_trunc('year', quarter)
),

unit_spans as (
    select
        compound_type,
        district_code,
        metric,
        month as start_month,
        month as end_month,
        numerator,
        coalesce(denominator, 1) as denominator,
    from unit_months
    union all
    select
        compound_type,
        district_code,
        metric,
        quarter as start_month,
        cast(quarter + interval 2 month as date) as end_month,
        numerator,
        coalesce(denominator, 1) as denominator,
    from unit_quarters
    union all
    select
        compound_type,
        district_code,
        metric,
        year as start_month,
        cast(year + interval 11 month as date) as end_month,
        numerator,
        coalesce(denominator, 1) as denominator,
    from unit_years
)

select
    district_code,
    compound_type,
    metric,
    start_month,
    end_month,
    count(*) as unit_count,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    sum(numerator * numerator) as numerator_square_sum,
    sum(numerator * denominator) as product_sum,
    sum(denominator * denominator) as denominator_square_sum,
from unit_spans
group by district_code, compound_type, metric, start_month, end_month
order by metric, start_month, end_month, district_code, compound_type
