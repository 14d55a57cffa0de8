-- First and last month for which any metric is published: one row.

select
    min(metric_months.month) as first_month,
    max(metric_months.month) as last_month
from metric_months
