-- One row per promise to resolve that is shorter than the promise to come up with a plan, on the same track.
--
-- title: The promise to resolve is shorter than the promise to plan
-- severity: warning
-- expected: two tracks in place.toml, simple matters that are resolved at once and complex ones that need a plan

with lengths as (
    select
        code,
        track,
        coalesce(hours, minutes / 60, working_days * 8) as working_hours,
        case
            when hours is not null then hours || ' h'
            when minutes is not null then minutes || ' min'
            else working_days || ' d'
        end as words,
    from promises
)

select
    null as table_name,
    null as row_number,
    'promises' as column_name,
    'resolve: ' || resolving.words as value,
    '≥ plan: ' || planning.words as expected,
from lengths as resolving
inner join lengths as planning on resolving.code = 'resolve' and planning.code = 'plan'
where resolving.working_hours < planning.working_hours
    and coalesce(resolving.track = planning.track, true)
