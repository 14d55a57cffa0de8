-- People mobilised: one row per year, emergency, district and kind of people.

select
    cast(year as timestamp) as mobilised_year,
    occasion as emergency_occasion,
    coalesce(district_code, 'none') as district_code,
    kind as mobilised_kind,
    coalesce(people_count, 0) as people_count,
from mobilisation_counts
order by mobilised_year, emergency_occasion, district_code, mobilised_kind
