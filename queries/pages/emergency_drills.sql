-- Which emergencies are drilled, with whom, how long and how well: one row per kind of drill, then one per partner.
--
-- A drill with two partners stands in the rows of both, so rows of partners do not add up. Attendance is in
-- person-times.
--
-- $start_month  date       first month of the period
-- $end_month    date       last month of the period
-- $districts    varchar[]  districts counted; empty means all in scope

select
    facet as drill_facet,
    if(facet = 'all', kind, null) as drill_kind,
    partner as drill_partner,
    cast(sum(drill_count) as bigint) as drill_count,
    sum(joint_count) / sum(drill_count) as joint_share,
    sum(minutes) / nullif(sum(timed_count), 0) as mean_minutes,
    min(shortest_minutes) as shortest_minutes,
    max(longest_minutes) as longest_minutes,
    cast(sum(person_times) as bigint) as drill_person_times,
    sum(met_count) / nullif(sum(met_count) + sum(partly_met_count) + sum(not_met_count), 0) as drill_met_rate,
    cast(sum(not_met_count) as bigint) as drill_not_met_count,
    cast(sum(drill_count) - sum(met_count) - sum(partly_met_count) - sum(not_met_count) as bigint)
        as drill_unjudged_count,
from drill_months
where month between $start_month and $end_month
    and (len($districts) = 0 or district_code in $districts)
group by all
order by drill_facet, drill_count desc, drill_kind, drill_partner
