-- Which trainings were held, for whom? One row per kind of training and audience.
--
-- Whoever attends two trainings counts twice: person-times, never persons.
--
-- $start_month           date       first month counted
-- $end_month             date       last month counted
-- $previous_start_month  date       first month of the period before
-- $previous_end_month    date       last month of the period before
-- $districts             varchar[]  districts counted; empty means all in scope

with counted as (
    select
        kind,
        audience,
        sum(training_count) filter (where month between $start_month and $end_month) as training_count,
        sum(training_count) filter (where month between $previous_start_month and $previous_end_month)
            as previous_trainings,
        sum(person_times) filter (where month between $start_month and $end_month) as training_person_times,
        sum(uncounted_trainings) filter (where month between $start_month and $end_month) as uncounted_trainings,
        sum(hours) filter (where month between $start_month and $end_month) as training_hours,
    from training_months
    where month between $previous_start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
    group by kind, audience
)

select
    kind as training_kind,
    audience as training_audience,
    coalesce(training_count, 0) as training_count,
    coalesce(previous_trainings, 0) as previous_trainings,
    training_person_times,
    coalesce(uncounted_trainings, 0) as uncounted_trainings,
    training_hours,
from counted
order by training_count desc, training_kind, training_audience
