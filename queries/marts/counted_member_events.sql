-- Member events that count: one row per verified event up to the as-of date. A reversal counts, with sign -1,
-- in the month of its own date (a closed month is never rewritten); only the first one of an event that
-- itself counts, and with that event's hours where it states none.
--
-- Intermediate: read by other marts, not kept in the edition.

with reversals as (
    select
        event_id,
        member_id,
        occurred_date,
        item_code,
        points,
        hours,
        reverses_event_id,
        row_number() over (
            partition by reverses_event_id
            order by occurred_date, event_id
        ) as turn,
    from member_events
    cross join place_facts
    where reverses_event_id is not null
        and is_verified
        and occurred_date <= as_of
),

counted_events as (
    select
        member_id,
        occurred_date,
        item_code,
        1 as sign,
        points,
        coalesce(hours, 0) as hours,
    from member_events
    cross join place_facts
    where reverses_event_id is null
        and is_verified
        and occurred_date <= as_of

    union all

    select
        reversals.member_id,
        reversals.occurred_date,
        reversals.item_code,
        -1 as sign,
        reversals.points,
        coalesce(reversals.hours, member_events.hours, 0) as hours,
    from reversals
    inner join member_events
        on reversals.reverses_event_id = member_events.event_id
        and reversals.member_id = member_events.member_id
    cross join place_facts
    where reversals.turn = 1
        and member_events.is_verified
        and member_events.reverses_event_id is null
        and member_events.occurred_date <= place_facts.as_of
)

select
    member_id,
    cast(date_trunc('month', occurred_date) as date) as month,
    item_code,
    sign,
    points,
    hours,
from counted_events
