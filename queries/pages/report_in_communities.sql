-- How often, how long and how well members served, by community: one row per community, lowest rating first.
--
-- A community with fewer ratings than the limit is left out: a mean of so few would be that of single members.
--
-- $start_month       date       first month of the period
-- $end_month         date       last month of the period
-- $districts         varchar[]  districts counted; empty means all in scope
-- $small_cell_limit  integer    least number of ratings and of services shown
-- $row_limit         integer    number of communities shown
-- $language          varchar    language of the names, zh or en

with counted as (
    select
        community_code,
        any_value(district_code) as district_code,
        sum(member_served_count) as served_count,
        sum(member_hours) as member_hours,
        sum(claim_count) as claim_count,
        sum(due_count) as due_count,
        sum(due_completed_count) as due_completed_count,
        sum(rated_count) as rated_count,
        sum(rating_sum) as rating_sum,
    from report_in_community_months
    where month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
    group by community_code
    having sum(rated_count) >= $small_cell_limit
        and sum(member_served_count) >= $small_cell_limit
)

select
    label(communities.name, communities.name_en, $language) as community_name,
    label(districts.name, districts.name_en, $language) as district_name,
    round(counted.rating_sum / counted.rated_count, 2) as mean_rating,
    cast(counted.rated_count as bigint) as rated_claims,
    cast(counted.served_count as bigint) as service_times,
    counted.member_hours,
    counted.member_hours / nullif(counted.served_count, 0) as hours_per_service,
    cast(counted.claim_count as bigint) as claim_count,
    counted.due_completed_count / nullif(counted.due_count, 0) as post_completion_rate,
from counted
inner join region_facts as communities on counted.community_code = communities.region_code
left join region_facts as districts on counted.district_code = districts.region_code
order by mean_rating, counted.community_code
limit $row_limit
