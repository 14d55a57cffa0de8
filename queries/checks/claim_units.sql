-- One row per figure of the report that gives people where person-times are counted, or the other way round.
--
-- title: The report's figure mixes people and person-times
-- severity: warning
-- expected: people for people and person-times for person-times, or a note that says which it is

with described as (
    select
        rowid as row_number,
        unit,
        note,
        regexp_matches(figure, 'person_times|^member_report_ins') as is_person_times,
        regexp_matches(figure, '^mobilised/|^team_headcount/|^grid_workers/|_members$|^residents$|^canteen_covered$')
            as is_people,
    from report_claims
)

select
    'report_claims' as table_name,
    row_number,
    'unit' as column_name,
    unit as value,
    if(is_person_times, '人次', '人') as expected,
from described
where note is null
    and ((is_person_times and unit in ('人', '名')) or (is_people and unit = '人次'))
