-- How does the money of the year lie over the districts? One row per district.
--
-- $end_month       date       its year is shown
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds paid for; empty means all lines
-- $language        varchar    language of the names, zh or en

with money as (
    select
        district_code,
        count(*) as line_count,
        sum(budget_yuan) as budget_yuan,
        sum(spent_yuan) as spent_yuan,
        sum(budget_yuan) filter (where spent_yuan is not null) as accounted_yuan,
        sum(spent_yuan) / nullif(accounted_yuan, 0) as spending_rate,
        count(*) filter (where spent_yuan is null) as unreported_count,
        count(*) filter (where is_published) / nullif(count(is_published), 0) as published_rate,
    from funding_facts
    where year = extract('year' from $end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by district_code
),

homes as (
    select
        district_code,
        sum(households) as households,
    from compound_facts
    where len($compound_types) = 0 or compound_type in $compound_types
    group by district_code
)

select
    money.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    money.budget_yuan,
    money.spent_yuan,
    money.spending_rate,
    money.published_rate,
    money.budget_yuan / nullif(homes.households, 0) as budget_per_household_yuan,
    money.line_count,
    money.unreported_count,
    money.accounted_yuan,
from money
inner join region_facts on money.district_code = region_facts.region_code
left join homes on money.district_code = homes.district_code
order by money.budget_yuan desc, money.district_code
