-- Quarters of the pioneer index: one row per quarter, from the first with counted events (but not before the
-- first rule set) to that of the as-of date, with its closed months (ended by the as-of date) and the rule
-- set valid in it; an error if none is.
--
-- Intermediate: read by other marts, not kept in the edition.

with first_quarters as (
    select greatest(
        (select cast(date_trunc('quarter', min(month)) as date) from counted_member_events),
        (select min(valid_from) from pioneer_versions)
    ) as quarter
    where exists (select 1 from counted_member_events)
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
    date_diff(
        'month',
        quarters.quarter,
        least(place_facts.as_of + interval 1 day, quarters.quarter + interval 3 months)
    ) as closed_months,
    coalesce(
        pioneer_versions.rule_version,
        error('pioneer.toml: no version is valid for the quarter that starts on ' || quarters.quarter)
    ) as rule_version,
    pioneer_versions.min_closed_months,
    pioneer_versions.start_score,
from quarters
cross join place_facts
left join pioneer_versions
    on quarters.quarter between pioneer_versions.valid_from and pioneer_versions.valid_to
order by quarters.quarter
