-- How communities are appraised from above and from below: one row for the selection and per district, by dimension.
--
-- Levels: selection, then district. A community counts in a dimension if anybody appraised it there in the period.
--
-- $start_month  date       its quarter is the first counted
-- $quarter      date       last quarter counted
-- $pass_score   double     from this score on the standard is met; null for a place without one
-- $districts    varchar[]  districts counted; empty means all in scope
-- $language     varchar    language of the names, zh or en

with communities as (
    select
        community_code,
        district_code,
        dimension,
        avg(score) as score,
        avg(score) filter (where direction = 'top_down') as top_down,
        avg(score) filter (where direction = 'bottom_up') as bottom_up,
        sum(respondents) filter (where direction = 'bottom_up') as respondents,
    from community_appraisals
    where quarter between date_trunc('quarter', $start_month) and $quarter
        and (len($districts) = 0 or district_code in $districts)
    group by community_code, district_code, dimension
),

counted as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        dimension,
        count(*) as community_count,
        avg(score) as score,
        avg(top_down) as top_down,
        avg(bottom_up) as bottom_up,
        sum(respondents) as respondents,
        count(*) filter (where score < $pass_score) as below_count,
    from communities
    group by grouping sets ((dimension), (district_code, dimension))
)

select
    counted.level,
    counted.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.dimension as appraisal_dimension,
    counted.community_count as appraised_count,
    round(counted.score, 2) as appraisal_score,
    round(counted.top_down, 2) as top_down_score,
    round(counted.bottom_up, 2) as bottom_up_score,
    round(counted.bottom_up - counted.top_down, 2) as direction_gap,
    cast(counted.respondents as bigint) as appraisal_respondents,
    if($pass_score is null, null, counted.below_count) as below_standard_count,
from counted
left join region_facts on counted.district_code = region_facts.region_code
order by
    counted.level desc,
    counted.district_code,
    coalesce(list_position(['service_quality', 'satisfaction', 'innovation'], counted.dimension), 9),
    counted.dimension
