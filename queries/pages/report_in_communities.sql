-- How often, how long and how well members served, by community: one row per community, lowest rating first.
--
-- A community with fewer ratings than the limit is left out: a mean of so few would be that of single members. The
-- interval of a mean of n ratings is 1.645 · √(v / n), v the variance of ratings within communities; first and last place
-- are those left open by communities whose intervals lie wholly below or above.
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
        sum(rating_square_sum) as rating_square_sum,
    from report_in_community_months
    where month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
    group by community_code
    having sum(rated_count) >= $small_cell_limit
        and sum(member_served_count) >= $small_cell_limit
),

scattered as (
    select
        sum(rating_square_sum - rating_sum ** 2 / rated_count) / nullif(sum(rated_count) - count(*), 0) as variance,
    from counted
),

bounded as (
    select
        counted.*,
        counted.rating_sum / counted.rated_count as rating,
        1.645 * sqrt(greatest(scattered.variance, 0) / counted.rated_count) as margin,
    from counted
    cross join scattered
),

shown as (
    from bounded
    order by round(rating, 2), community_code
    limit $row_limit
),

reaches as (
    select
        shown.community_code,
        1 + count(*) filter (where others.rating + others.margin < shown.rating - shown.margin) as first_place,
        count(*) - count(*) filter (where others.rating - others.margin > shown.rating + shown.margin) as last_place,
    from shown
    cross join bounded as others
    group by shown.community_code
)

select
    label(communities.name, communities.name_en, $language) as community_name,
    label(districts.name, districts.name_en, $language) as district_name,
    round(shown.rating, 2) as mean_rating,
    reaches.first_place,
    reaches.last_place,
    cast(shown.rated_count as bigint) as rated_claims,
    cast(shown.served_count as bigint) as service_times,
    shown.member_hours,
    shown.member_hours / nullif(shown.served_count, 0) as hours_per_service,
    cast(shown.claim_count as bigint) as claim_count,
    shown.due_completed_count / nullif(shown.due_count, 0) as post_completion_rate,
from shown
inner join reaches on shown.community_code = reaches.community_code
inner join region_facts as communities on shown.community_code = communities.region_code
left join region_facts as districts on shown.district_code = districts.region_code
order by mean_rating, shown.community_code
