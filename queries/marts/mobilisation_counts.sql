-- People mobilised in emergencies: one row per year, emergency, district and kind of people.
--
-- A community names its people once in an emergency, so they add up inside one; over several emergencies they would be
-- person-times and are never added.

select
    cast(date_trunc('year', occurred_date) as date) as year,
    coalesce(occasion, '') as occasion,
    district_code,
    kind,
    count(distinct community_code) as community_count,
    cast(sum(headcount) as bigint) as people_count,
    count(*) - count(headcount) as unreported_count,
from mobilisations
group by all
order by year, occasion, district_code, kind
