-- What do the metrics say of one district of the map, or of those chosen, beside the whole place? One row per metric and
-- relation (unit, place).
--
-- Values and states are those of map_values; the place is everything in scope, whatever districts are chosen. With no
-- unit named, 'unit' stands for the chosen districts.
--
-- $unit            varchar    code of the district; '' for none
-- $unit_metrics    varchar[]  codes of the metrics that districts have
-- $start_month     date       first month counted
-- $end_month       date       last month counted; states hold at its end
-- $districts       varchar[]  districts that 'unit' stands for where none is named; empty means none
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

with relations as (
    select 'unit' as relation, label(name, name_en, $language) as unit_name, households
    from map_shapes
    where code = $unit
        and level = 'district'
    union all
    select 'unit' as relation, null as unit_name, null as households
    where $unit = ''
        and len($districts) > 0
    union all
    select 'place' as relation, null as unit_name, null as households
),

metrics as (
    select
        unnest($unit_metrics) as metric,
        unnest(range(len($unit_metrics))) as place,
),

district_sums as (
    select
        district_code,
        metric,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
    from metric_months
    where metric in $unit_metrics
        and month between date_trunc('quarter', $start_month) and $end_month
        and case basis
            when 'month' then month >= $start_month
            when 'moment' then month = $end_month
            else month(month) % 3 = 1
        end
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by district_code, metric
),

-- A district may be without a value because nothing there could have one: compounds, or branches.
candidates as (
    select
        district_code,
        unnest(['organisation_coverage', 'property_coverage', 'owners_body_rate_all']) as metric,
        count(*) as candidate_count,
    from compound_facts
    where len($compound_types) = 0
        or compound_type in $compound_types
    group by district_code
    union all
    select district_code, 'owners_body_rate_eligible' as metric, count(*) as candidate_count
    from compound_facts
    where is_owners_body_eligible is not false
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by district_code
    union all
    select district_code, 'fortress_index' as metric, count(*) as candidate_count
    from branch_facts
    where len($compound_types) = 0
        or compound_type in $compound_types
    group by district_code
),

parts as (
    select district_code, metric, numerator, denominator, null as candidate_count
    from district_sums
    union all
    select district_code, metric, null as numerator, null as denominator, candidate_count
    from candidates
),

observed as (
    select
        metric,
        district_code = $unit or ($unit = '' and district_code in $districts) as is_unit,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(candidate_count) as candidate_count,
    from parts
    group by metric, is_unit
),

counted as (
    select
        metrics.place,
        metrics.metric,
        relations.relation,
        relations.unit_name,
        relations.households,
        -- Known somewhere in scope: then no row of a unit means that it had nothing to count.
        count(observed.numerator) > 0 as has_values,
        sum(observed.numerator) filter (where relations.relation = 'place' or observed.is_unit) as numerator,
        sum(observed.denominator) filter (where relations.relation = 'place' or observed.is_unit) as denominator,
        sum(observed.candidate_count) filter (where relations.relation = 'place' or observed.is_unit)
            as candidate_count,
    from metrics
    cross join relations
    left join observed on metrics.metric = observed.metric
    group by all
),

filled as (
    select
        counted.* replace (
            if(
                has_values and metric in ('reported_issues', 'issues_per_100_households'),
                coalesce(numerator, 0),
                numerator
            ) as numerator
        ),
    from counted
)

select
    metric,
    relation,
    unit_name,
    if(metric = 'reported_issues', numerator, numerator / nullif(denominator, 0)) as value,
    numerator,
    denominator,
    case metric
        when 'reported_issues' then null
        when 'issues_per_100_households' then households
        else denominator
    end as base_count,
    case
        when value is not null then 'reported'
        when denominator = 0 then 'not_applicable'
        when not has_values then 'not_reported'
        when metric = 'issues_per_100_households' then 'not_reported'
        when coalesce(candidate_count, 0) = 0 then 'not_applicable'
        else 'not_reported'
    end as state,
from filled
order by place, list_position(['unit', 'place'], relation)
