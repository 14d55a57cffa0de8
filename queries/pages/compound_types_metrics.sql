-- Every metric by compound type and how it differs from all other types together: one row per metric and type.
--
-- A value is the ratio r = Σy / Σx over units (compounds; branches for the two indexes). The issues of one
-- compound resemble each other, so p (1 - p) / n would overstate what differs: the variance comes from the
-- residuals between units, m / (m - 1) · Σ(y - r x)² / (Σx)² with m units (ratio estimator with clusters;
-- Cochran 1977, Sampling Techniques, chapters 6 and 9). For a mean of units this is the variance of Welch's
-- test. The intervals of the differences hold together with 95 % (Bonferroni: each at 1 - 0.05 / comparisons),
-- so a difference beyond its interval is larger than chance, whichever of them one picks out. The normal
-- quantile is formula 26.2.23 of Abramowitz & Stegun (1964), off by less than 0.00045. No comparison is made
-- with fewer than 10 units on a side. Shares of fewer people than the small-cell limit are left out.
--
-- $start_month       date       first month counted
-- $end_month         date       last month counted
-- $districts         varchar[]  districts counted; empty means all in scope
-- $compound_types    varchar[]  compound types compared; empty means all
-- $small_cell_limit  integer    fewer people than this are not shown

with types as (
    select
        if(metric = 'reported_issues', 'issues_per_compound', metric) as metric,
        compound_type,
        sum(unit_count) as units,
        sum(numerator) as y,
        sum(denominator) as x,
        sum(numerator_square_sum) as yy,
        sum(product_sum) as xy,
        sum(denominator_square_sum) as xx,
    from metric_spreads
    where start_month = $start_month
        and end_month = $end_month
        and compound_type is not null
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by all
),

sides as (
    select metric, compound_type, 'own' as side, units, y, x, yy, xy, xx
    from types
    union all
    select
        types.metric,
        types.compound_type,
        'others' as side,
        sum(others.units) as units,
        sum(others.y) as y,
        sum(others.x) as x,
        sum(others.yy) as yy,
        sum(others.xy) as xy,
        sum(others.xx) as xx,
    from types
    inner join types as others on types.metric = others.metric and types.compound_type <> others.compound_type
    group by types.metric, types.compound_type
),

measured as (
    select
        metric,
        compound_type,
        side,
        units,
        y,
        x,
        y / nullif(x, 0) as ratio,
        if(
            units > 1,
            greatest(yy - 2 * ratio * xy + ratio * ratio * xx, 0) / (x * x) * units / (units - 1),
            null
        ) as variance,
    from sides
    where metric <> 'starred_member_share'
        or least(y, x - y) not between 1 and $small_cell_limit - 1
),

paired as (
    select
        own.metric,
        own.compound_type,
        own.units as unit_count,
        own.y as numerator,
        own.x as denominator,
        own.ratio as value,
        own.variance,
        others.ratio as others_value,
        if(own.units >= 10 and others.units >= 10, own.ratio - others.ratio, null) as difference,
        sqrt(own.variance + others.variance) as standard_error,
    from measured as own
    left join measured as others
        on own.metric = others.metric
        and own.compound_type = others.compound_type
        and others.side = 'others'
    where own.side = 'own'
        and own.ratio is not null
),

critical as (
    select
        sqrt(-2 * ln(0.025 / nullif(count(difference), 0))) as t,
        t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2)
            / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3) as z,
    from paired
)

select
    paired.metric,
    paired.compound_type,
    paired.unit_count,
    paired.value,
    paired.value - 1.96 * sqrt(paired.variance) as value_low,
    paired.value + 1.96 * sqrt(paired.variance) as value_high,
    paired.numerator,
    paired.denominator,
    paired.others_value,
    paired.difference,
    paired.difference - critical.z * paired.standard_error as difference_low,
    paired.difference + critical.z * paired.standard_error as difference_high,
    case
        when difference_low > 0 then 'higher'
        when difference_high < 0 then 'lower'
        when difference is not null then 'chance'
    end as verdict,
from paired
cross join critical
order by paired.metric, paired.compound_type
