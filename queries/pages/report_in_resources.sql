-- Resources that units offer until the end of the period and how they are used: one row per kind of resource.
--
-- Use is what is known at the as-of date.
--
-- $start_month  date       first month of the period
-- $end_month    date       last month of the period
-- $districts    varchar[]  districts counted; empty means all in scope

select
    kind as resource_kind,
    cast(sum(offered_count) as bigint) as offered_count,
    cast(coalesce(sum(offered_count) filter (where month >= $start_month), 0) as bigint) as newly_offered_count,
    cast(sum(used_count) as bigint) as used_resources,
    sum(used_count) / nullif(sum(used_known_count), 0) as resource_use_rate,
    cast(sum(used_times) as bigint) as resource_uses,
    cast(sum(offered_count - used_known_count) as bigint) as use_unknown_count,
from resource_share_months
where month <= $end_month
    and (len($districts) = 0 or district_code in $districts)
group by kind
order by offered_count desc, kind
