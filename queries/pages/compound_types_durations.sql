-- How soon issues are closed, by compound type: one row per type and class of hours, with the share of the
-- issues closed in the period that took at most hours_bin hours.
--
-- $start_month     date       first month of closing counted
-- $end_month       date       last month of closing counted
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all

with classed as (
    select
        compound_type,
        hours_bin,
        sum(closed_count) as closed_count,
    from issue_duration_months
    where month between $start_month and $end_month
        and compound_type is not null
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by compound_type, hours_bin
)

select
    compound_type,
    hours_bin,
    cast(closed_count as bigint) as closed_count,
    sum(closed_count) over (partition by compound_type order by hours_bin)
        / sum(closed_count) over (partition by compound_type) as closed_share,
from classed
order by compound_type, hours_bin
