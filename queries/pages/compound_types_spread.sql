-- How one metric spreads over the compounds (branches for the fortress index) of each type: one row per type
-- with quantiles over units whose denominator is at least 5 (any for the fortress index and per households).
--
-- $metric          varchar    metric whose spread is wanted
-- $start_month     date       first month counted
-- $end_month       date       last month counted
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all

with unit_months as (
    select compound_id as unit_id, compound_type, district_code, numerator, denominator
    from compound_metrics
    where metric = $metric
        and month between $start_month and $end_month
        and (basis = 'month' or month = $end_month)
        and compound_id is not null
    union all
    select
        branch_quarters.org_id as unit_id,
        branch_facts.compound_type,
        branch_quarters.district_code,
        branch_quarters.total as numerator,
        1 as denominator,
    from branch_quarters
    inner join branch_facts on branch_quarters.org_id = branch_facts.org_id
    where $metric = 'fortress_index'
        and branch_quarters.quarter between date_trunc('quarter', $start_month) and $end_month
        and branch_quarters.total is not null
),

units as (
    select
        unit_id,
        compound_type,
        sum(numerator) / sum(denominator) as value,
        sum(denominator) >= 5 or $metric in ('fortress_index', 'issues_per_100_households') as is_large_enough,
    from unit_months
    where (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by unit_id, compound_type
),

quantiles as (
    select
        compound_type,
        quantile_cont(value, [0.05, 0.25, 0.5, 0.75, 0.95]) filter (where is_large_enough) as cut_points,
        count(*) filter (where is_large_enough) as unit_count,
        count(*) filter (where not is_large_enough) as left_out_count,
    from units
    group by compound_type
)

select
    compound_type,
    cut_points[1] as percentile_5,
    cut_points[2] as percentile_25,
    cut_points[3] as percentile_50,
    cut_points[4] as percentile_75,
    cut_points[5] as percentile_95,
    unit_count,
    left_out_count,
from quantiles
where unit_count > 0
order by compound_type
