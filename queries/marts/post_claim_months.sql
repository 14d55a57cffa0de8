-- Posts claimed by month: one row per district, type of post and month.
--
-- Claims, not persons: whoever claims two posts counts twice. What became of a claim is what is known at the as-of
-- date; a claim is due when it was made 30 days before. A *_known_count is how many claims report it at all.

select
    district_code,
    post_type,
    cast(date_trunc('month', claimed_date) as date) as month,
    count(*) as claim_count,
    count(completed_date) as completed_count,
    count(*) filter (where claimed_date <= place_facts.as_of - 30) as due_count,
    count(completed_date) filter (where claimed_date <= place_facts.as_of - 30) as due_completed_count,
    count(evidence_count) as evidence_known_count,
    count(*) filter (where evidence_count > 0) as evidenced_count,
    cast(coalesce(sum(evidence_count), 0) as bigint) as evidence_count,
    count(rating) as rated_count,
    cast(coalesce(sum(rating), 0) as bigint) as rating_sum,
from post_claims
cross join place_facts
group by all
order by district_code, post_type, month
