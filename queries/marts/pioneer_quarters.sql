-- Members by quarterly band: one row per organisation, quarter, member category, band and stars that occur.

with band_counts as (
    select
        org_id,
        quarter,
        category,
        band,
        stars,
        any_value(district_code) as district_code,
        count(*) as member_count,
        round(sum(score), 6) as score_sum,
    from member_quarters
    group by org_id, quarter, category, band, stars
)

select
    band_counts.org_id,
    band_counts.district_code,
    branch_facts.compound_type,
    band_counts.quarter,
    band_counts.category,
    band_counts.band,
    band_counts.stars,
    band_counts.member_count,
    band_counts.score_sum,
from band_counts
left join branch_facts on band_counts.org_id = branch_facts.org_id
order by
    band_counts.org_id,
    band_counts.quarter,
    band_counts.category,
    band_counts.band,
    band_counts.stars
