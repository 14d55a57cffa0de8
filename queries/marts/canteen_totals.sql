-- Meals of the community canteens: one row per district and month.
--
-- Open days are those of the month for every canteen that reports it. A district and month with fewer people covered
-- than the limit for small cells leaves them out, so that no total gives them away.

select
    canteen_months.district_code,
    canteen_months.month,
    count(canteen_months.person_times) as canteen_count,
    count(*) - count(canteen_months.person_times) as unreported_count,
    cast(
        if(
            sum(canteen_months.covered_people) >= any_value(place_facts.small_cell_limit)
            or sum(canteen_months.covered_people) = 0,
            sum(canteen_months.covered_people),
            null
        ) as bigint
    ) as covered_people,
    cast(sum(canteen_months.person_times) as bigint) as person_times,
    count(canteen_months.person_times) * extract('day' from last_day(canteen_months.month)) as open_days,
from canteen_months
cross join place_facts
where canteen_months.district_code is not null
group by canteen_months.district_code, canteen_months.month
order by canteen_months.district_code, canteen_months.month
