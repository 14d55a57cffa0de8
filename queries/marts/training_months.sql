-- Trainings by month: one row per district, month, kind of training and audience.
--
-- Person-times and hours are null where no training of the row reports them.

select
    district_code,
    cast(date_trunc('month', held_date) as date) as month,
    kind,
    audience,
    count(*) as training_count,
    sum(person_times) as person_times,
    count(*) - count(person_times) as uncounted_trainings,
    sum(hours) as hours,
from trainings
group by all
order by month, district_code, kind, audience
