-- Work of the help points: one row per district and month.
--
-- A point that reports nothing for a month is unreported, one that reports 0 has reported. Person-times are not persons.

select
    district_code,
    month,
    count(matter_count) as point_count,
    count(*) - count(matter_count) as unreported_count,
    cast(sum(matter_count) as bigint) as matter_count,
    cast(sum(person_times) as bigint) as person_times,
    count(*) filter (where matter_count = 0) as idle_count,
from help_point_months
where district_code is not null
group by district_code, month
order by district_code, month
