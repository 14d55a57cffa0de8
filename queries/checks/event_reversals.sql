-- One row per reversal that does not take back exactly one event of the same member and item.
--
-- title: The reversal does not match the event it takes back
-- severity: error
-- expected: an earlier event of the same member and item that is not a reversal itself

with reversals as (
    select
        rowid as row_number,
        event_id,
        reverses_event_id,
        member_id,
        item_code,
        occurred_date,
    from member_events
    where reverses_event_id is not null
)

select
    'member_events' as table_name,
    reversals.row_number,
    'reverses_event_id' as column_name,
    reversals.reverses_event_id as value,
    member_events.member_id || ' / ' || member_events.item_code as expected,
from reversals
left join member_events on reversals.reverses_event_id = member_events.event_id
where member_events.event_id is null
    or member_events.reverses_event_id is not null
    or member_events.member_id <> reversals.member_id
    or member_events.item_code <> reversals.item_code
    or member_events.occurred_date > reversals.occurred_date
