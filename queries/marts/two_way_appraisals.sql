-- What communities say of units and units of communities: one row per district, quarter, kind of subject and dimension.
--
-- A unit belongs to the district of its joint committee, else to that of its seat. Low is a score below 60.

select
    district_code,
    quarter,
    subject_kind,
    dimension,
    count(score) as subject_count,
    round(sum(score), 6) as score_sum,
    count(*) filter (where score < 60) as low_count,
    cast(coalesce(sum(respondents), 0) as bigint) as respondent_count,
from appraisals
where (subject_kind = 'unit' and appraiser_kind = 'community')
    or (subject_kind = 'community' and appraiser_kind = 'unit')
group by all
having count(score) > 0
order by district_code, quarter, subject_kind, dimension
