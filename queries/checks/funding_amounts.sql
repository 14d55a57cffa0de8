-- One row per budget line whose amount is neither its rate times its quantity nor, by month, twelve times that.
--
-- title: The budget is not the rate times the quantity
-- severity: warning
-- expected: rate for each, number of payees and budget in yuan; a sum for all together is no rate for each

select
    'funding_lines' as table_name,
    rowid as row_number,
    'budget_yuan' as column_name,
    budget_yuan as value,
    rate_yuan || ' × ' || quantity as expected,
from funding_lines
where isfinite(rate_yuan * quantity)
    and abs(budget_yuan - rate_yuan * quantity) > greatest(1, 0.005 * budget_yuan)
    and (
        coalesce(pay_period <> 'month', true)
        or abs(budget_yuan - 12 * rate_yuan * quantity) > greatest(1, 0.005 * budget_yuan)
    )
