-- Compounds linked to a branch at the end of the period, of the period before and a year before: one row for the
-- whole selection and one per district.
--
-- Beside it the naive ratio, branches ÷ compounds, which is no coverage: one joint branch covers several compounds.
-- A change counts as up or down only beyond 1.645 standard errors (90 %, two-sided) of two shares p with variance
-- p (1 - p) / n, as for every headline metric.
--
-- $end_month            date       month whose end is shown
-- $previous_end_month   date       last month of the period before
-- $last_year_end_month  date       last month of the period a year before
-- $districts            varchar[]  districts counted; empty means all in scope
-- $compound_types       varchar[]  compound types counted; empty means all
-- $language             varchar    language of the names, zh or en

with covered as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        sum(numerator) filter (where month = $end_month) as numerator,
        sum(denominator) filter (where month = $end_month) as denominator,
        sum(numerator) filter (where month = $previous_end_month)
            / sum(denominator) filter (where month = $previous_end_month) as previous_value,
        sum(denominator) filter (where month = $previous_end_month) as previous_denominator,
        sum(numerator) filter (where month = $last_year_end_month)
            / sum(denominator) filter (where month = $last_year_end_month) as last_year_value,
        sum(denominator) filter (where month = $last_year_end_month) as last_year_denominator,
    from metric_months
    where metric = 'organisation_coverage'
        and month in ($end_month, $previous_end_month, $last_year_end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by grouping sets ((), (district_code))
),

branches as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        count(*) as branch_count,
    from organisation_tree
    where level = 'branch'
        and (founded_date is null or founded_date <= last_day($end_month))
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by grouping sets ((), (district_code))
),

measured as (
    select
        covered.level,
        covered.district_code,
        covered.numerator,
        covered.denominator,
        covered.numerator / covered.denominator as value,
        covered.previous_value,
        covered.last_year_value,
        coalesce(branches.branch_count, 0) as branch_count,
        value * (1 - value) / covered.denominator as variance,
        covered.previous_value * (1 - covered.previous_value) / covered.previous_denominator as previous_variance,
        covered.last_year_value * (1 - covered.last_year_value) / covered.last_year_denominator
            as last_year_variance,
    from covered
    left join branches
        on covered.level = branches.level
        and covered.district_code is not distinct from branches.district_code
    where covered.denominator > 0
        and (covered.level = 'selection' or covered.district_code is not null)
)

select
    measured.level,
    measured.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    'organisation_coverage' as metric,
    measured.value,
    cast(measured.numerator as bigint) as covered_compound_count,
    cast(measured.denominator as bigint) as compound_count,
    cast(measured.denominator - measured.numerator as bigint) as uncovered_compound_count,
    measured.branch_count,
    measured.branch_count / measured.denominator as naive_ratio,
    measured.previous_value,
    measured.value - measured.previous_value as previous_change,
    case
        when previous_change is null then null
        when abs(previous_change) <= 1.645 * sqrt(variance + previous_variance) then 'within_error'
        when previous_change > 0 then 'up'
        else 'down'
    end as previous_flag,
    measured.last_year_value,
    measured.value - measured.last_year_value as last_year_change,
    case
        when last_year_change is null then null
        when abs(last_year_change) <= 1.645 * sqrt(variance + last_year_variance) then 'within_error'
        when last_year_change > 0 then 'up'
        else 'down'
    end as last_year_flag,
from measured
left join region_facts on measured.district_code = region_facts.region_code
order by measured.level desc, measured.district_code
