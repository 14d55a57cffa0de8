-- Workers in post at the end of each month by what they do and where they came from: one row per district, month, kind
-- of worker, post and source.
--
-- Post or source null means not reported. A post without a starting date counts from the beginning.

with months as (
    select distinct month
    from metric_months
),

terms as (
    select
        district_code,
        kind,
        role,
        source,
        date_trunc('month', coalesce(started_date, date '1900-01-01')) as first_month,
        date_trunc('month', coalesce(ended_date, date '9999-12-31')) as month_of_end,
        count(*) as worker_count,
    from grid_workers
    group by all
)

select
    terms.district_code,
    months.month,
    terms.kind,
    terms.role,
    terms.source,
    sum(terms.worker_count) as worker_count,
from terms
inner join months on terms.first_month <= months.month and terms.month_of_end > months.month
group by all
order by months.month, terms.district_code, terms.kind, terms.role, terms.source
