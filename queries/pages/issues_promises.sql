-- How many service promises were kept, in the period and in the period before: one row per promise of the place.
--
-- Counted by the month of reporting are the issues of issue_promise_months: all reported for a promise without a
-- track, those of its track whose limit has passed for one with a track. The share is not reported where the
-- extracts have no time to judge it by, and not applicable where no issue carries the promise.
--
-- $start_month           date       first month counted
-- $end_month             date       last month counted
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope
-- $compound_types        varchar[]  compound types counted; empty means all
-- $language              varchar    language of the names, zh or en

with sums as (
    select
        promise_code,
        sum(promised_count) filter (where month >= $start_month) as promised_count,
        sum(kept_count) filter (where month >= $start_month) as kept_count,
        sum(promised_count) filter (where month < $start_month) as previous_promised_count,
        sum(kept_count) filter (where month < $start_month) as previous_kept_count,
    from issue_promise_months
    where (month between $start_month and $end_month or month between $previous_start_month and $previous_end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by promise_code
)

select
    promises.code as promise_code,
    label(promises.name, promises.name_en, $language) as promise_name,
    coalesce(promises.track, 'any') as track,
    cast(coalesce(sums.promised_count, 0) as bigint) as promised_issues,
    cast(sums.kept_count as bigint) as kept_issues,
    sums.kept_count / nullif(sums.promised_count, 0) as kept_share,
    sums.previous_kept_count / nullif(sums.previous_promised_count, 0) as previous_kept_share,
    case
        when coalesce(sums.promised_count, 0) = 0 then 'not_applicable'
        when sums.kept_count is null then 'not_reported'
        else 'reported'
    end as state,
from promises
left join sums on promises.code = sums.promise_code
order by promises.position
