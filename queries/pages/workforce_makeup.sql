-- What do the workers do and where do they come from? One row per kind of worker and post, and one per kind and source,
-- at the end of the period.
--
-- A post or source that is null is not reported.
--
-- $end_month  date       its end is looked at
-- $districts  varchar[]  districts counted; empty means all in scope

with counted as (
    select
        kind,
        role,
        source,
        if(grouping(role) = 1, 'source', 'role') as makeup_part,
        sum(worker_count) as worker_count,
    from worker_makeup_months
    where month = $end_month
        and (len($districts) = 0 or district_code in $districts)
    group by grouping sets ((kind, role), (kind, source))
)

select
    makeup_part,
    kind as worker_kind,
    role as worker_role,
    source as worker_source,
    worker_count,
    worker_count / sum(worker_count) over (partition by makeup_part, kind) as share_of_workers,
from counted
order by
    makeup_part,
    list_position(['full_time', 'part_time', 'auxiliary', 'community_worker'], kind),
    worker_count desc,
    role,
    source
