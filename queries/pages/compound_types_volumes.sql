-- How large each compound type is and how much is reported from it: one row per compound type.
--
-- $start_month     date       first month counted
-- $end_month       date       last month counted
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all

with sizes as (
    select
        compound_type,
        count(*) as compound_count,
        sum(households) as households,
        sum(residents) as residents,
    from compound_facts
    where (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by compound_type
),

reports as (
    select
        compound_type,
        sum(numerator) filter (where metric = 'reported_issues') as reported_issues,
        sum(numerator) filter (where metric = 'issues_per_100_households')
            / nullif(sum(denominator) filter (where metric = 'issues_per_100_households'), 0)
            as issues_per_100_households,
    from metric_spreads
    where start_month = $start_month
        and end_month = $end_month
        and metric in ('reported_issues', 'issues_per_100_households')
        and (len($districts) = 0 or district_code in $districts)
    group by compound_type
)

select
    sizes.compound_type,
    sizes.compound_count,
    sizes.compound_count / sum(sizes.compound_count) over () as compound_share,
    cast(sizes.households as bigint) as households,
    cast(sizes.residents as bigint) as residents,
    cast(reports.reported_issues as bigint) as reported_issues,
    reports.reported_issues / nullif(sum(reports.reported_issues) over (), 0) as issue_share,
    reports.issues_per_100_households,
    reports.reported_issues / sizes.compound_count as issues_per_compound,
from sizes
left join reports on sizes.compound_type = reports.compound_type
order by sizes.compound_count desc, sizes.compound_type
