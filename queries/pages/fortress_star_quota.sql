-- How far a branch is from the rank that the quota of stars asks for its next star: one row.
--
-- No row for a branch without a rank, or whose rank would do. quota_rank is the last rank that the next star is given to; ranks_missing how far the branch is from it; quota_total the
-- lowest score inside, null where nobody has that star's rank or the reader does not see all ranked branches.
-- is_score_reached says that the score would do, so that only the quota holds the star back.
--
-- $org_id        varchar   branch shown
-- $quarter       date      quarter shown
-- $quota_shares  double[]  largest shares of ranked branches with five, four … stars; empty means no quota

with branch as (
    select
        branch_quarters.rule_version,
        branch_quarters.total,
        branch_quarters.rank,
        branch_quarters.ranked_count,
        branch_quarters.stars + 1 as next_stars,
        list_sum($quota_shares[1:5 - branch_quarters.stars]) as quota_share,
    from branch_quarters
    where branch_quarters.org_id = $org_id
        and branch_quarters.quarter = $quarter
        and branch_quarters.is_ranked
        and 5 - branch_quarters.stars between 1 and len($quota_shares)
),

limited as (
    select
        branch.*,
        branch.total >= fortress_stars.minimum as is_score_reached,
        -- A share of 0.1 + 0.3 is not quite 0.4: the same tolerance as when stars are given.
        cast(floor((branch.quota_share + 1e-9) * branch.ranked_count) as bigint) as quota_rank,
    from branch
    inner join fortress_stars
        on branch.rule_version = fortress_stars.rule_version
        and branch.next_stars = fortress_stars.stars
),

seen as (
    select
        count(*) as seen_count,
        min(branch_quarters.total) filter (where branch_quarters.rank <= limited.quota_rank) as last_total,
    from branch_quarters
    cross join limited
    where branch_quarters.quarter = $quarter
        and branch_quarters.is_ranked
)

select
    limited.next_stars,
    limited.quota_share,
    limited.quota_rank,
    limited.rank,
    limited.ranked_count,
    limited.rank - limited.quota_rank as ranks_missing,
    limited.is_score_reached,
    limited.total,
    if(seen.seen_count = limited.ranked_count, round(seen.last_total, 2), null) as quota_total,
from limited
cross join seen
where limited.rank > limited.quota_rank
