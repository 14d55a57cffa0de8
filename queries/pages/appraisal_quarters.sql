-- Course of the appraisals, three years up to the period: one row per quarter and dimension.
--
-- $quarter    date       last quarter shown
-- $districts  varchar[]  districts counted; empty means all in scope

with communities as (
    select
        community_code,
        quarter,
        dimension,
        avg(score) as score,
    from community_appraisals
    where quarter between cast($quarter - interval 33 month as date) and $quarter
        and (len($districts) = 0 or district_code in $districts)
        and dimension in ('service_quality', 'satisfaction', 'innovation')
    group by community_code, quarter, dimension
)

select
    quarter,
    dimension as appraisal_dimension,
    round(avg(score), 2) as appraisal_score,
    count(*) as appraised_count,
from communities
group by quarter, dimension
order by quarter, list_position(['service_quality', 'satisfaction', 'innovation'], dimension)
