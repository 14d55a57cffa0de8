-- Communities by how they are appraised in the quarters of the period: one row per community, the best first.
--
-- The total is the mean of service quality, satisfaction and innovation, each the mean of its appraisals; a community
-- that lacks one of them has no rank. Ranks are among all communities in scope, whatever the filters show, and equal
-- totals share one. The interval is 1.645 standard errors from the number of respondents; the best and the last rank
-- are those left open by communities whose intervals lie wholly above or below. Null without a number of respondents.
--
-- $start_month  date       its quarter is the first counted
-- $quarter      date       last quarter counted
-- $pass_score   double     from this score on the standard is met; null for a place without one
-- $districts    varchar[]  districts shown; empty means all in scope
-- $language     varchar    language of the names, zh or en

with dimensions as (
    select
        community_code,
        district_code,
        dimension,
        avg(score) as score,
        sum(respondents) as respondents,
        if(count(score_variance) = count(*), sum(score_variance) / count(*) ^ 2, null) as score_variance,
    from community_appraisals
    where quarter between date_trunc('quarter', $start_month) and $quarter
        and dimension in ('service_quality', 'satisfaction', 'innovation')
    group by community_code, district_code, dimension
),

totals as (
    select
        community_code,
        district_code,
        round(avg(score) filter (where dimension = 'service_quality'), 2) as service_quality,
        round(avg(score) filter (where dimension = 'satisfaction'), 2) as satisfaction_score,
        round(avg(score) filter (where dimension = 'innovation'), 2) as innovation,
        if(count(*) = 3, round(avg(score), 2), null) as total,
        cast(sum(respondents) as bigint) as respondents,
        if(
            count(*) = 3 and count(score_variance) = 3,
            1.645 * sqrt(sum(score_variance)) / 3,
            null
        ) as margin,
    from dimensions
    group by community_code, district_code
),

bounds as (
    select
        community_code,
        round(greatest(total - margin, 0), 2) as score_low,
        round(least(total + margin, 100), 2) as score_high,
    from totals
    where margin is not null
),

edges as (
    select community_code, 'low' as edge, score_low as position
    from bounds
    union all
    select community_code, 'high' as edge, score_high as position
    from bounds
),

passed as (
    select
        community_code,
        edge,
        count(*) filter (where edge = 'low') over downwards
        - count(*) filter (where edge = 'low') over level_with as lows_above,
        count(*) filter (where edge = 'high') over upwards
        - count(*) filter (where edge = 'high') over level_with as highs_below,
    from edges
    window
        downwards as (order by position desc range between unbounded preceding and current row),
        upwards as (order by position range between unbounded preceding and current row),
        level_with as (partition by position)
),

reaches as (
    select
        community_code,
        1 + max(lows_above) filter (where edge = 'high') as best_rank,
        (select count(total) from totals) - max(highs_below) filter (where edge = 'low') as last_rank,
    from passed
    group by community_code
),

ranked as (
    select
        totals.*,
        bounds.score_low,
        bounds.score_high,
        reaches.best_rank,
        reaches.last_rank,
        if(totals.total is null, null, rank() over (order by totals.total desc nulls last)) as community_rank,
    from totals
    left join bounds on totals.community_code = bounds.community_code
    left join reaches on totals.community_code = reaches.community_code
)

select
    ranked.community_rank,
    label(communities.name, communities.name_en, $language) as community_name,
    label(districts.name, districts.name_en, $language) as district_name,
    ranked.total as appraisal_total,
    ranked.score_low as appraisal_low,
    ranked.score_high as appraisal_high,
    ranked.best_rank,
    ranked.last_rank,
    ranked.service_quality,
    ranked.satisfaction_score,
    ranked.innovation,
    ranked.respondents as appraisal_respondents,
    (
        if(ranked.service_quality < $pass_score, 1, 0)
        + if(ranked.satisfaction_score < $pass_score, 1, 0)
        + if(ranked.innovation < $pass_score, 1, 0)
    ) as below_count,
    ranked.community_code,
from ranked
inner join region_facts as communities on ranked.community_code = communities.region_code
left join region_facts as districts on ranked.district_code = districts.region_code
where len($districts) = 0 or ranked.district_code in $districts
order by ranked.community_rank nulls last, ranked.community_code
