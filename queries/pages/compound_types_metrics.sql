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
    select
        metric,
        compound_type,
        units,
        y,
        x,
        yy,
        xy,
        xx,
        sum(units) over same_metric - units as other_units,
        sum(y) over same_metric - y as other_y,
        sum(x) over same_metric - x as other_x,
        sum(yy) over same_metric - yy as other_yy,
        sum(xy) over same_metric - xy as other_xy,
        sum(xx) over same_metric - xx as other_xx,
    from types
    window same_metric as (partition by metric)
),

measured as (
    select
        metric,
        compound_type,
        units as unit_count,
        y as numerator,
        x as denominator,
        y / x as value,
        other_y / nullif(other_x, 0) as others_value,
        if(units >= 10 and other_units >= 10, value - others_value, null) as difference,
        greatest(yy - 2 * value * xy + value ** 2 * xx, 0) / x ** 2 * units / nullif(units - 1, 0) as variance,
        greatest(other_yy - 2 * others_value * other_xy + others_value ** 2 * other_xx, 0)
            / other_x ** 2 * other_units / nullif(other_units - 1, 0) as others_variance,
    from sides
    where x > 0
        and (
            metric <> 'starred_member_share'
            or (
                least(y, x - y) not between 1 and $small_cell_limit - 1
                and least(other_y, other_x - other_y) not between 1 and $small_cell_limit - 1
            )
        )
),

compared as (
    select
        metric,
        compound_type,
        unit_count,
        value,
        1.96 * sqrt(variance) as value_margin,
        numerator,
        denominator,
        others_value,
        difference,
        sqrt(variance + others_variance) as standard_error,
        sqrt(-2 * ln(0.025 / nullif(count(difference) over (), 0))) as t,
    from measured
),

bounded as (
    select
        metric,
        compound_type,
        unit_count,
        value,
        value_margin,
        numerator,
        denominator,
        others_value,
        difference,
        standard_error * (
            t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2)
            / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3)
        ) as margin,
    from compared
)

select
    metric,
    compound_type,
    unit_count,
    value,
    value - value_margin as value_low,
    value + value_margin as value_high,
    numerator,
    denominator,
    others_value,
    difference,
    difference - margin as difference_low,
    difference + margin as difference_high,
    case
        when difference > margin then 'higher'
        when difference < -margin then 'lower'
        when difference is not null then 'chance'
    end as verdict,
from bounded
order by metric, compound_type
