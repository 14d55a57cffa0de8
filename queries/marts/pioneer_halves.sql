-- Redemption ledger: one row per organisation with members and half-year. Balance = verified bonus -
-- redeemed, all points up to the end of the half; redeeming never lowers the index. What was redeemed is null
-- where the place publishes no redemptions.

with half_ends as (
    select cast(
        unnest(generate_series(first_half, as_of, interval 6 months)) as date
    ) as half
    from (
        select date_trunc('year', min(month)) as first_half
        from counted_member_events
    )
    cross join place_facts
),

organisations as (
    select distinct
        org_id,
        district_code,
    from members
),

earned_halves as (
    select
        members.org_id,
        cast(
            date_trunc('year', counted_member_events.month)
            + interval 6 months * (extract('quarter' from counted_member_events.month) // 3) as date
        ) as half,
        sum(counted_member_events.points) as points,
    from counted_member_events
    inner join pioneer_items
        on counted_member_events.item_code = pioneer_items.item_code
        and counted_member_events.month between pioneer_items.valid_from and pioneer_items.valid_to
        and pioneer_items.kind = 'bonus'
    inner join members on counted_member_events.member_id = members.member_id
    group by all
),

redeemed_halves as (
    select
        members.org_id,
        cast(
            date_trunc('year', redemptions.redeemed_date)
            + interval 6 months * (extract('quarter' from redemptions.redeemed_date) // 3) as date
        ) as half,
        sum(redemptions.points) as points,
        count(distinct redemptions.member_id) as member_count,
    from redemptions
    inner join members on redemptions.member_id = members.member_id
    cross join place_facts
    where redemptions.redeemed_date <= place_facts.as_of
    group by all
),

ledger as (
    select
        organisations.org_id,
        organisations.district_code,
        half_ends.half,
        coalesce(earned_halves.points, 0) as earned_points,
        if(published_tables.table_name is null, null, coalesce(redeemed_halves.points, 0)) as redeemed_points,
        if(published_tables.table_name is null, null, coalesce(redeemed_halves.member_count, 0))
            as redeeming_member_count,
    from organisations
    cross join half_ends
    left join published_tables on published_tables.table_name = 'redemptions'
    left join earned_halves
        on organisations.org_id = earned_halves.org_id
        and half_ends.half = earned_halves.half
    left join redeemed_halves
        on organisations.org_id = redeemed_halves.org_id
        and half_ends.half = redeemed_halves.half
)

select
    ledger.org_id,
    ledger.district_code,
    branch_facts.compound_type,
    ledger.half,
    round(ledger.earned_points, 6) as earned_points,
    round(ledger.redeemed_points, 6) as redeemed_points,
    ledger.redeeming_member_count,
    round(sum(ledger.earned_points - ledger.redeemed_points) over (
        partition by ledger.org_id
        order by ledger.half
    ), 6) as balance_points,
from ledger
left join branch_facts on ledger.org_id = branch_facts.org_id
order by ledger.org_id, ledger.half
