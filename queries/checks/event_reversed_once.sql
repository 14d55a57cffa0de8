-- One row per reversal beyond the first of the same event.
--
-- title: The event was taken back before
-- severity: error
-- expected: one reversal per event

with reversals as (
    select
        rowid as row_number,
        reverses_event_id,
        row_number() over (partition by reverses_event_id order by rowid) as reversal,
    from member_events
    where reverses_event_id is not null
)

select
    'member_events' as table_name,
    row_number,
    'reverses_event_id' as column_name,
    reverses_event_id as value,
    null as expected,
from reversals
where reversal > 1
