-- Quarters in which branches are scored: one row per quarter, from the first with assessments or issues (but
-- not before the first rule set) to that of the as-of date. In its quarter, last_day is the as-of date.
--
-- Intermediate: read by other marts, not kept in the edition.

with recorded_quarters as (
    select min(quarter) as quarter
    from branch_assessments

    union all

    select cast(date_trunc('quarter', min(reported_at)) as date) as quarter
    from issues
),

first_quarters as (
    select greatest(min(quarter), (select min(valid_from) from fortress_versions)) as quarter
    from recorded_quarters
    having count(quarter) > 0
),

quarters as (
    select cast(
        unnest(
            generate_series(first_quarters.quarter, date_trunc('quarter', place_facts.as_of), interval 3 months)
        ) as date
    ) as quarter
    from first_quarters
    cross join place_facts
)

select
    quarters.quarter,
    least(cast(quarters.quarter + interval 3 months - interval 1 day as date), place_facts.as_of) as last_day,
from quarters
cross join place_facts
order by quarters.quarter
