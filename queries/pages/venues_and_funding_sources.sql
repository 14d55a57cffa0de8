-- Who pays for the renovation of compounds: one row per class of works and source of money.
--
-- Counted are the projects under way in the year of the end of the period, with their money over all years. A sum is
-- null where no project reports it.
--
-- $end_month       date       its year is shown
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds renovated; empty means all

with sums as (
    select
        class,
        sum(project_count) as project_count,
        sum(money_gap_count) as money_gap_count,
        sum(government_yuan) as government_yuan,
        sum(social_yuan) as social_yuan,
        sum(resident_yuan) as resident_yuan,
    from renovation_years
    where started_year <= extract('year' from $end_month)
        and coalesce(finished_year, 9999) >= extract('year' from $end_month)
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by class
),

sources as (
    select class, 1 as position, 'government' as money_source, government_yuan as source_yuan, project_count, money_gap_count
    from sums
    union all
    select class, 2 as position, 'social' as money_source, social_yuan as source_yuan, project_count, money_gap_count
    from sums
    union all
    select class, 3 as position, 'resident' as money_source, resident_yuan as source_yuan, project_count, money_gap_count
    from sums
)

select
    class as renovation_class,
    money_source,
    source_yuan,
    source_yuan / nullif(sum(source_yuan) over (partition by class), 0) as source_share,
    cast(project_count as bigint) as project_count,
    cast(money_gap_count as bigint) as money_gap_count,
from sources
order by list_position(['basic', 'improving', 'upgrading'], class), position
