-- What public money does property service get in the year? One row per item, payer, payee and pay period.
--
-- $property_items  varchar[]  items of the budget that the place marks as money for property service
-- $end_month       date       its year is shown
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds paid for; empty means all lines

with years as (
    select
        extract('year' from $end_month) as this_year,
        this_year - 1 as year_before,
)

select
    funding_facts.item as funding_item,
    funding_facts.payer_level,
    funding_facts.payee_kind,
    funding_facts.pay_period,
    count(*) filter (where funding_facts.year = years.this_year) as line_count,
    sum(funding_facts.budget_yuan) filter (where funding_facts.year = years.this_year) as budget_yuan,
    sum(funding_facts.budget_yuan) filter (where funding_facts.year = years.year_before) as budget_year_before_yuan,
    sum(funding_facts.spent_yuan) filter (where funding_facts.year = years.this_year) as spent_yuan,
    sum(funding_facts.budget_yuan) filter (
        where funding_facts.year = years.this_year and funding_facts.spent_yuan is not null
    ) as accounted_yuan,
    sum(funding_facts.spent_yuan) filter (where funding_facts.year = years.this_year)
    / nullif(accounted_yuan, 0) as spending_rate,
    count(*) filter (where funding_facts.year = years.this_year and funding_facts.is_published)
    / nullif(count(funding_facts.is_published) filter (where funding_facts.year = years.this_year), 0) as published_rate,
from funding_facts
cross join years
where funding_facts.item in $property_items
    and funding_facts.year between years.year_before and years.this_year
    and (len($districts) = 0 or funding_facts.district_code in $districts)
    and (len($compound_types) = 0 or funding_facts.compound_type in $compound_types)
group by all
having line_count > 0
order by budget_yuan desc nulls last, funding_item, payer_level
