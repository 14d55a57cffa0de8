-- One row per step of an issue that lies before the step it follows, or before the report.
--
-- title: The steps of an issue are not in order
-- severity: error
-- expected: steps in the order of their numbers, none before the issue was reported

with steps as (
    select
        issue_events.rowid as row_number,
        issue_events.occurred_at,
        coalesce(
            lag(issue_events.occurred_at) over (
                partition by issue_events.issue_id order by issue_events.sequence
            ),
            issues.reported_at
        ) as before,
    from issue_events
    inner join issues on issue_events.issue_id = issues.issue_id
)

select
    'issue_events' as table_name,
    row_number,
    'occurred_at' as column_name,
    occurred_at as value,
    '≥ ' || before as expected,
from steps
where occurred_at < before
