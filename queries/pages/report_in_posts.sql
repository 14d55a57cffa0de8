-- Posts claimed in the period, by type: one row per type of post.
--
-- What became of a claim is what is known at the as-of date; previous is the period before.
--
-- $start_month           date       first month of the period
-- $end_month             date       last month of the period
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $small_cell_limit      integer    a mean rating of fewer ratings is not shown

with counted as (
    select
        post_type,
        coalesce(sum(claim_count) filter (where month between $start_month and $end_month), 0) as claim_count,
        coalesce(
            sum(claim_count) filter (where month between $previous_start_month and $previous_end_month), 0
        ) as previous_claim_count,
        sum(completed_count) filter (where month between $start_month and $end_month) as completed_count,
        sum(due_count) filter (where month between $start_month and $end_month) as due_count,
        sum(due_completed_count) filter (where month between $start_month and $end_month) as due_completed_count,
        sum(evidenced_count) filter (where month between $start_month and $end_month) as evidenced_count,
        sum(evidence_known_count) filter (where month between $start_month and $end_month) as evidence_known_count,
        sum(evidence_count) filter (where month between $start_month and $end_month) as evidence_items,
        sum(rated_count) filter (where month between $start_month and $end_month) as rated_count,
        sum(rating_sum) filter (where month between $start_month and $end_month) as rating_sum,
    from post_claim_months
    where len($districts) = 0 or district_code in $districts
    group by post_type
)

select
    post_type,
    cast(claim_count as bigint) as claim_count,
    cast(previous_claim_count as bigint) as previous_claim_count,
    cast(coalesce(completed_count, 0) as bigint) as completed_claims,
    due_completed_count / nullif(due_count, 0) as post_completion_rate,
    evidenced_count / nullif(evidence_known_count, 0) as evidence_rate,
    evidence_items / nullif(evidenced_count, 0) as evidence_per_claim,
    if(rated_count >= $small_cell_limit, round(rating_sum / rated_count, 2), null) as mean_rating,
from counted
where claim_count > 0
    or previous_claim_count > 0
order by claim_count desc, post_type
