-- What did activities achieve? One row per kind of outcome.
--
-- $start_month     date       first month of the period
-- $end_month       date       last month of the period
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    outcome_kind as activity_outcome,
    sum(outcome_amount) as outcome_amount,
    cast(sum(session_count) as bigint) as outcome_sessions,
from activity_months
where facet = 'outcome'
    and month between $start_month and $end_month
    and (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by outcome_kind
order by outcome_sessions desc, activity_outcome
