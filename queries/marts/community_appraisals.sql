-- How communities are appraised: one row per community, quarter, dimension and direction.
--
-- The score is the mean of the appraisers of the direction. Its variance takes the answers of n people as shares of
-- 100 points, p(1-p)/n with p = (x+1)/(n+2), the most that answers with this mean can scatter; the score of a superior
-- is a decision and no sample: 0. Null where a number of respondents is missing. The work of a community is its
-- service: places that name the dimension quality mean service quality.

with appraised as (
    select
        subject_id as community_code,
        district_code,
        quarter,
        if(dimension = 'quality', 'service_quality', dimension) as dimension,
        direction,
        score,
        respondents,
        case
            when appraiser_kind = 'superior' then 0
            when respondents > 0
                then 10000 * ((respondents * score / 100 + 1) / (respondents + 2))
                    * (1 - (respondents * score / 100 + 1) / (respondents + 2)) / respondents
        end as score_variance,
    from appraisals
    where subject_kind = 'community' and score is not null
)

select
    community_code,
    district_code,
    quarter,
    dimension,
    direction,
    avg(score) as score,
    cast(sum(respondents) as bigint) as respondents,
    if(count(score_variance) = count(*), sum(score_variance) / count(*) ^ 2, null) as score_variance,
from appraised
group by community_code, district_code, quarter, dimension, direction
order by community_code, quarter, dimension, direction
