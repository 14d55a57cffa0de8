-- Resources that units share, by the month they were offered: one row per district, kind and month.
--
-- How often a resource was used is known at the as-of date only; used_known_count is how many report it at all.

select
    district_code,
    kind,
    cast(date_trunc('month', offered_date) as date) as month,
    count(*) as offered_count,
    count(used_times) as used_known_count,
    count(*) filter (where used_times > 0) as used_count,
    cast(coalesce(sum(used_times), 0) as bigint) as used_times,
from resource_shares
group by all
order by district_code, kind, month
