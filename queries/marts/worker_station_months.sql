-- Workers stationed in hard and demonstration compounds at the end of each month: one row per such compound and month,
-- and per month for any other compound that has workers stationed in it.
--
-- Where no worker of the place names a compound, the number stationed is null: not reported.

with months as (
    select distinct month
    from metric_months
),

on_record as (
    select count(stationed_compound_id) > 0 as is_reported
    from grid_workers
),

terms as (
    select
        stationed_compound_id as compound_id,
        date_trunc('month', coalesce(started_date, date '1900-01-01')) as first_month,
        date_trunc('month', coalesce(ended_date, date '9999-12-31')) as month_of_end,
        count(*) as worker_count,
    from grid_workers
    where stationed_compound_id is not null
    group by all
),

stationed as (
    select
        terms.compound_id,
        months.month,
        sum(terms.worker_count) as worker_count,
    from terms
    inner join months on terms.first_month <= months.month and terms.month_of_end > months.month
    group by terms.compound_id, months.month
)

select
    compounds.district_code,
    compounds.compound_id,
    compounds.compound_type,
    months.month,
    case
        when compounds.is_hard_case then 'hard_case'
        when compounds.is_demonstration then 'demonstration'
        else 'other'
    end as stationing,
    if(on_record.is_reported, coalesce(stationed.worker_count, 0), null) as stationed_workers,
from compounds
cross join months
cross join on_record
left join stationed on compounds.compound_id = stationed.compound_id and months.month = stationed.month
where compounds.is_hard_case
    or compounds.is_demonstration
    or stationed.worker_count > 0
order by months.month, compounds.compound_id
