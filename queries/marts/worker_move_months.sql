-- Career moves of workers by month: one row per district, month, kind of worker before and move.

select
    district_code,
    cast(date_trunc('month', moved_date) as date) as month,
    coalesce(
        from_kind,
        case move_type
            when 'auxiliary_to_full_time' then 'auxiliary'
            when 'full_time_to_community_worker' then 'full_time'
        end
    ) as from_kind,
    move_type,
    count(*) as move_count,
from worker_moves
group by all
order by month, district_code, from_kind, move_type
