-- What is the money of the year for, who pays whom, how much is spent? One row per item, payer and payee.
--
-- $end_month       date       its year is shown
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds paid for; empty means all lines

select
    funding_facts.item as funding_item,
    funding_facts.payer_level,
    funding_facts.payee_kind,
    funding_facts.pay_period,
    sum(funding_facts.budget_yuan) as budget_yuan,
    sum(funding_facts.spent_yuan) as spent_yuan,
    sum(funding_facts.spent_yuan)
    / nullif(sum(funding_facts.budget_yuan) filter (where funding_facts.spent_yuan is not null), 0) as spending_rate,
    count(*) filter (where funding_facts.is_published) / nullif(count(funding_facts.is_published), 0) as published_rate,
    sum(funding_facts.budget_yuan) filter (where funding_facts.served_households > 0)
    / nullif(sum(funding_facts.served_households), 0) as budget_per_household_yuan,
    count(*) as line_count,
    count(*) filter (where funding_facts.spent_yuan is null) as unreported_count,
    sum(funding_facts.budget_yuan) filter (where funding_facts.spent_yuan is not null) as accounted_yuan,
from funding_facts
where funding_facts.year = extract('year' from $end_month)
    and (len($districts) = 0 or funding_facts.district_code in $districts)
    and (len($compound_types) = 0 or funding_facts.compound_type in $compound_types)
group by all
order by budget_yuan desc
