-- What can residents do in the venues? One row per kind of venue and function.
--
-- $end_month       date       venues opened until the end of this month
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  types of the compounds with a venue of their own; empty means all venues

with venues as (
    select kind, functions
    from venue_facts
    where coalesce(venue_facts.opened_date, date '1949-01-01') <= last_day($end_month)
    and (len($districts) = 0 or venue_facts.district_code in $districts)
    and (len($compound_types) = 0 or venue_facts.compound_type in $compound_types)
),

venue_counts as (
    select kind, count(*) as venue_count
    from venues
    where functions is not null
    group by kind
),

offered as (
    select kind, trim(unnest(functions)) as venue_function
    from venues
)

select
    offered.kind as venue_kind,
    offered.venue_function,
    count(*) as offering_count,
    count(*) / any_value(venue_counts.venue_count) as offering_share,
from offered
inner join venue_counts on offered.kind = venue_counts.kind
group by offered.kind, offered.venue_function
order by
    list_position(['service_centre', 'micro_station', 'deliberation_hall', 'help_point', 'canteen'], offered.kind),
    offering_count desc,
    offered.venue_function
