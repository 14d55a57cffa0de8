-- What the place's profile and its rules say to the figures of a report: one row per figure.

with figures as (
    select name as figure, 'place.toml' as source_table, cast(entry_count as double) as figure_value
    from vocabulary_counts
    union all
    select 'norm_area/' || kind, 'place.toml', min_area_m2
    from venue_norms
    union all
    select 'norm_area_per_100_households/' || kind, 'place.toml', min_area_m2_per_100_households
    from venue_norms
    union all
    select 'fortress_dimensions', 'fortress.toml', count(*)
    from fortress_dimensions
    cross join place_facts
    where place_facts.as_of between valid_from and valid_to
    union all
    select 'fortress_points', 'fortress.toml', sum(points)
    from fortress_dimensions
    cross join place_facts
    where place_facts.as_of between valid_from and valid_to
    union all
    select
        case kind
            when 'base' then 'fortress_items'
            when 'bonus' then 'fortress_bonus_items'
            else 'fortress_deduction_items'
        end,
        'fortress.toml',
        count(*),
    from fortress_items
    cross join place_facts
    where place_facts.as_of between valid_from and valid_to
    group by kind
    union all
    select 'pioneer_bands', 'pioneer.toml', count(*)
    from pioneer_bands
    cross join place_facts
    where place_facts.as_of between valid_from and valid_to
)

select
    figure,
    source_table,
    figure_value,
    cast(null as varchar) as district_code,
from figures
where figure_value is not null
order by figure
