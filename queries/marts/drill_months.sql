-- Emergency drills by month: one row per facet, month, community, kind and partner of the facet.
--
-- Facet all counts each drill once; facet partner counts a drill with each unit that joined it, so its rows do not
-- add up. Sums over what is not reported have their own number of known drills.

with counted as (
    select
        'all' as facet,
        cast(null as varchar) as partner,
        drills.*,
    from drills
    union all
    select
        'partner' as facet,
        trim(unnest(regexp_split_to_array(drills.partners, '[、,，;；]'))) as partner,
        drills.*,
    from drills
    where drills.partners is not null
)

select
    facet,
    cast(date_trunc('month', occurred_date) as date) as month,
    district_code,
    community_code,
    kind,
    partner,
    count(*) as drill_count,
    count(partners) as joint_count,
    sum(duration_minutes) as minutes,
    count(duration_minutes) as timed_count,
    min(duration_minutes) as shortest_minutes,
    max(duration_minutes) as longest_minutes,
    cast(sum(headcount) as bigint) as person_times,
    count(headcount) as attended_count,
    count(*) filter (where outcome = 'met') as met_count,
    count(*) filter (where outcome = 'partly_met') as partly_met_count,
    count(*) filter (where outcome = 'not_met') as not_met_count,
    max(occurred_date) as last_drill_date,
from counted
group by facet, month, district_code, community_code, kind, partner
order by month, community_code, facet, kind, partner
