-- How communities rate units and units communities in the quarter: one row per level, district, subject and dimension.
--
-- level selection sums over districts, district over the dimensions of a district; both sums in one row per subject
-- have no dimension. Low is a score below 60; previous is the quarter before.
--
-- $quarter    date       quarter of the appraisals
-- $districts  varchar[]  districts counted; empty means all in scope
-- $language   varchar    language of the names, zh or en

with present as (
    select
        *,
        quarter = $quarter as is_present,
    from two_way_appraisals
    where quarter in ($quarter, cast($quarter - interval 3 month as date))
        and (len($districts) = 0 or district_code in $districts)
),

counted as (
    select
        if(grouping(district_code) = 1, 'selection', 'district') as level,
        district_code,
        subject_kind,
        dimension,
        sum(score_sum) filter (where is_present) / sum(subject_count) filter (where is_present) as mean_appraisal,
        sum(score_sum) filter (where not is_present) / sum(subject_count) filter (where not is_present)
            as previous_mean_appraisal,
        sum(subject_count) filter (where is_present) as score_count,
        sum(low_count) filter (where is_present) as low_score_count,
        sum(respondent_count) filter (where is_present) as respondent_count,
    from present
    group by grouping sets ((subject_kind), (subject_kind, dimension), (subject_kind, district_code))
)

select
    counted.level,
    counted.subject_kind as appraised_kind,
    counted.dimension as appraisal_dimension,
    counted.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    counted.mean_appraisal,
    counted.previous_mean_appraisal,
    counted.mean_appraisal - counted.previous_mean_appraisal as appraisal_change,
    cast(counted.score_count as bigint) as appraisal_scores,
    cast(counted.low_score_count as bigint) as low_appraisals,
    cast(counted.respondent_count as bigint) as appraisal_respondents,
from counted
left join region_facts on counted.district_code = region_facts.region_code
where counted.score_count > 0
    and (counted.level = 'selection' or counted.district_code is not null)
order by counted.level desc, counted.subject_kind, counted.dimension nulls first, counted.district_code
