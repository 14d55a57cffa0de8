-- Compounds from which more is reported than chance explains: one row per compound, the surest first, at most 20.
--
-- Compared with what compounds of the same type in the selection would report with as many households. The lower
-- bound of the ratio is Byar's approximation for a Poisson count (Breslow & Day 1987, Statistical Methods in Cancer
-- Research II, formula 2.13); all bounds hold together with 95 % (Bonferroni: each at 0.05 / compounds). The normal
-- quantile is formula 26.2.23 of Abramowitz & Stegun (1964), off by less than 0.00045.
--
-- $start_month           date       first month counted
-- $end_month             date       last month counted
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all
-- $language              varchar    language of the names, zh or en

with reported as (
    select
        compound_id,
        coalesce(sum(reported_count) filter (where month >= $start_month), 0) as present_count,
        coalesce(sum(reported_count) filter (where month < $start_month), 0) as previous_count,
    from issue_months
    where compound_id is not null
        and (month between $start_month and $end_month or month between $previous_start_month and $previous_end_month)
    group by compound_id
),

homes as (
    select
        compound_facts.compound_id,
        compound_facts.name,
        compound_facts.name_en,
        compound_facts.compound_type,
        compound_facts.community_code,
        compound_facts.district_code,
        compound_facts.households,
        date_diff('month', $start_month, $end_month) + 1 as month_count,
        coalesce(reported.present_count, 0) as present_count,
        coalesce(reported.previous_count, 0) as previous_count,
        count(*) over () as compound_count,
        sum(coalesce(reported.present_count, 0)) over (partition by compound_facts.compound_type)
            / sum(compound_facts.households) over (partition by compound_facts.compound_type) as type_rate,
    from compound_facts
    left join reported on compound_facts.compound_id = reported.compound_id
    where compound_facts.households > 0
        and (len($districts) = 0 or compound_facts.district_code in $districts)
        and (len($compound_types) = 0 or compound_facts.compound_type in $compound_types)
),

quantiles as (
    select
        homes.*,
        sqrt(-2 * ln(0.05 / compound_count)) as t,
        t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2)
            / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3) as z,
    from homes
    where present_count > 0
),

bounded as (
    select
        quantiles.*,
        present_count / (type_rate * households) as rate_ratio,
        greatest(1 - 1 / (9 * present_count) - z / (3 * sqrt(present_count)), 0) ** 3 * rate_ratio as rate_ratio_low,
    from quantiles
)

select
    label(bounded.name, bounded.name_en, $language) as compound_name,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    bounded.rate_ratio_low,
    bounded.rate_ratio,
    cast(bounded.present_count as bigint) as reported_issues,
    bounded.households,
    bounded.compound_type,
    100 * bounded.present_count / bounded.households / bounded.month_count as issues_per_100_households,
    100 * bounded.previous_count / bounded.households / bounded.month_count as previous_issues_per_100_households,
    100 * bounded.type_rate / bounded.month_count as type_issues_per_100_households,
    bounded.compound_id,
    bounded.community_code,
    count(*) over () as hot_spot_count,
from bounded
left join region_facts on bounded.district_code = region_facts.region_code
where bounded.rate_ratio_low > 1
order by bounded.rate_ratio_low desc, bounded.compound_id
limit 20
