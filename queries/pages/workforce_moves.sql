-- Which careers did workers make? One row per kind of worker before and move.
--
-- The rate has those of the kind in post at the end of the period before as its base; where they are not known or none
-- it is null.
--
-- $start_month            date       first month counted
-- $end_month              date       last month counted
-- $previous_start_month   date       first month of the period before
-- $previous_end_month     date       last month of the period before
-- $last_year_start_month  date       first month a year before
-- $last_year_end_month    date       last month a year before
-- $districts              varchar[]  districts counted; empty means all in scope

with counted as (
    select
        from_kind,
        move_type,
        sum(move_count) filter (where month between $start_month and $end_month) as move_count,
        sum(move_count) filter (where month between $previous_start_month and $previous_end_month) as previous_moves,
        sum(move_count) filter (where month between $last_year_start_month and $last_year_end_month) as last_year_moves,
        sum(move_count) filter (where month <= $end_month) as moves_so_far,
    from worker_move_months
    where len($districts) = 0 or district_code in $districts
    group by from_kind, move_type
),

bases as (
    select kind, sum(worker_count) as worker_count
    from worker_makeup_months
    where month = $previous_end_month
        and (len($districts) = 0 or district_code in $districts)
    group by kind
)

select
    counted.from_kind as worker_kind,
    counted.move_type,
    coalesce(counted.move_count, 0) as move_count,
    coalesce(counted.move_count, 0) / bases.worker_count as move_rate,
    coalesce(counted.previous_moves, 0) as previous_moves,
    coalesce(counted.last_year_moves, 0) as last_year_moves,
    counted.moves_so_far,
from counted
left join bases on counted.from_kind = bases.kind
where counted.moves_so_far > 0
order by
    list_position(
        [
            'auxiliary_to_full_time',
            'full_time_to_community_worker',
            'elected_to_committees',
            'public_post',
            'township_leadership',
        ],
        counted.move_type
    ),
    list_position(['full_time', 'part_time', 'auxiliary', 'community_worker'], counted.from_kind)
