-- Services bought of providers: one row per district, year and provider.

select
    district_code,
    year,
    provider,
    count(*) as line_count,
    sum(budget_yuan) as budget_yuan,
    sum(budget_yuan) filter (where spent_yuan is not null) as accounted_yuan,
    sum(spent_yuan) as spent_yuan,
from funding_lines
where provider is not null
    and district_code is not null
group by district_code, year, provider
order by district_code, year, provider
