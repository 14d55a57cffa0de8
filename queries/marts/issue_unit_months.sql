-- Issues of each responsible unit by the month they fell due, and how its backlog changed: one row per district,
-- compound type, responsible unit and month.
--
-- An issue enters the backlog in the month of its due date and leaves it in the month it is closed, at the
-- earliest in the month it entered; the sum of entered_count - left_count up to a month is overdue at its end.

with typed as (
    select
        coalesce(issue_facts.district_code, '') as district_key,
        coalesce(compound_facts.compound_type, '') as type_key,
        coalesce(issue_facts.owner_unit, '') as unit_key,
        issue_facts.due_month,
        greatest(issue_facts.due_month, issue_facts.finished_month) as left_month,
        issue_facts.is_closed,
        issue_facts.is_ontime_closed,
    from issue_facts
    left join compound_facts on issue_facts.compound_id = compound_facts.compound_id
    where issue_facts.due_month is not null
),

due as (
    select
        district_key,
        type_key,
        unit_key,
        due_month as month,
        count(*) as due_count,
        count(*) filter (where is_closed) as due_closed_count,
        count(*) filter (where is_ontime_closed) as ontime_closed_count,
    from typed
    group by district_key, type_key, unit_key, due_month
),

gone as (
    select
        district_key,
        type_key,
        unit_key,
        left_month as month,
        count(*) as left_count,
    from typed
    where is_closed
    group by district_key, type_key, unit_key, left_month
)

select
    nullif(district_key, '') as district_code,
    nullif(type_key, '') as compound_type,
    nullif(unit_key, '') as owner_unit,
    month,
    coalesce(due_count, 0) as due_count,
    coalesce(due_closed_count, 0) as due_closed_count,
    coalesce(ontime_closed_count, 0) as ontime_closed_count,
    coalesce(due_count, 0) as entered_count,
    coalesce(left_count, 0) as left_count,
from due
full outer join gone using (district_key, type_key, unit_key, month)
order by month, district_key, type_key, unit_key
