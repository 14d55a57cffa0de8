-- How far the lists of demands and projects have come at the end of the period: one row per list.
--
-- Claimed is assigned to someone; in progress is accepted and not completed.
--
-- $start_month  date       first month of the period
-- $end_month    date       last month of the period
-- $districts    varchar[]  districts counted; empty means all in scope

with counted as (
    select
        kind,
        sum(listed_count) as listed_count,
        sum(claimed_count) as claimed_count,
        sum(begun_count) as begun_count,
        sum(done_count) as done_count,
        coalesce(sum(claimed_count) filter (where month >= $start_month), 0) as newly_claimed_count,
        coalesce(sum(done_count) filter (where month >= $start_month), 0) as newly_done_count,
    from service_list_months
    where month <= $end_month
        and (len($districts) = 0 or district_code in $districts)
    group by kind
)

select
    kind as service_list,
    cast(listed_count as bigint) as listed_entries,
    cast(claimed_count as bigint) as claimed_entries,
    cast(listed_count - claimed_count as bigint) as unclaimed_entries,
    cast(claimed_count - begun_count as bigint) as waiting_entries,
    cast(begun_count - done_count as bigint) as running_entries,
    cast(done_count as bigint) as done_entries,
    done_count / nullif(claimed_count, 0) as done_share,
    cast(newly_claimed_count as bigint) as newly_claimed_entries,
    cast(newly_done_count as bigint) as newly_done_entries,
from counted
where listed_count > 0
order by list_position(['resource_request', 'micro_wish', 'livelihood_project'], kind)
