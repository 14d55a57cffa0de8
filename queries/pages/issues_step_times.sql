-- How long each step of handling took, in the period and in the period before: one row per step, the whole way
-- from report to closing last.
--
-- Counted are the steps done in the period, by the time since the step before that is on record, so issues not
-- finished yet do not make a period look quick. Percentiles are interpolated, on the logarithm of the time, in
-- classes 10 % wide.
--
-- $start_month           date       first month counted
-- $end_month             date       last month counted
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all

with unfolded as (
    select
        step,
        month >= $start_month as is_present,
        unnest(seconds_classes) as seconds_class,
        unnest(class_counts) as class_count,
    from issue_step_months
    where (month between $start_month and $end_month or month between $previous_start_month and $previous_end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
),

classed as (
    select
        step,
        is_present,
        seconds_class,
        sum(class_count) as class_count,
    from unfolded
    group by step, is_present, seconds_class
),

cumulated as (
    select
        step,
        is_present,
        seconds_class,
        class_count,
        sum(class_count) over (partition by step, is_present order by seconds_class) as upto_count,
        sum(class_count) over (partition by step, is_present) as step_count,
    from classed
),

shares (percentile) as (
    values (0.5), (0.9)
),

quantiles as (
    select
        cumulated.step,
        cumulated.is_present,
        shares.percentile,
        cumulated.step_count,
        if(
            cumulated.seconds_class < 0,
            0,
            1.1 ** (
                cumulated.seconds_class + 1
                - (cumulated.upto_count - shares.percentile * cumulated.step_count) / cumulated.class_count
            ) / 3600
        ) as hours,
    from cumulated
    cross join shares
    where cumulated.upto_count >= shares.percentile * cumulated.step_count
        and cumulated.upto_count - cumulated.class_count < shares.percentile * cumulated.step_count
)

select
    step,
    cast(max(step_count) filter (where is_present) as bigint) as step_count,
    round(max(hours) filter (where is_present and percentile = 0.5), 2) as median_hours,
    round(max(hours) filter (where not is_present and percentile = 0.5), 2) as previous_median_hours,
    round(max(hours) filter (where is_present and percentile = 0.9), 2) as hours_90,
    round(max(hours) filter (where not is_present and percentile = 0.9), 2) as previous_hours_90,
from quantiles
group by step
order by list_position(['accepted', 'registered', 'dispatched', 'handled', 'checked', 'closed', 'whole'], step)
