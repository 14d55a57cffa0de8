-- Days around the as-of date, which of them are worked on, and how many working days there were up to each: one
-- row per day of eleven years, ten of them before the as-of date.
--
-- Monday to Friday, but for the days that the place's calendar names.

with days as (
    select cast(days.day as date) as day
    from place_facts
    cross join lateral unnest(
        generate_series(place_facts.as_of - interval 10 years, place_facts.as_of + interval 1 year, interval 1 day)
    ) as days (day)
),

judged as (
    select
        days.day,
        coalesce(calendar_exceptions.is_working, isodow(days.day) <= 5) as is_working,
    from days
    left join calendar_exceptions on days.day = calendar_exceptions.day
)

select
    day,
    is_working,
    sum(cast(is_working as integer)) over (order by day) as working_day_count,
from judged
