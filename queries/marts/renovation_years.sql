-- Renovation projects: one row per district, compound type, class, works, and years of start and finish.
--
-- finished_year is null while the works go on. A sum of money is null where no project of the row reports it, so
-- that not reported is not taken for nothing paid. Acceptances are counted over finished projects that report them.

select
    renovations.district_code,
    compound_facts.compound_type,
    renovations.class,
    renovations.item,
    cast(extract('year' from renovations.started_date) as bigint) as started_year,
    cast(extract('year' from renovations.finished_date) as bigint) as finished_year,
    count(*) as project_count,
    count(distinct renovations.compound_id) as compound_count,
    sum(renovations.government_yuan) as government_yuan,
    sum(renovations.social_yuan) as social_yuan,
    sum(renovations.resident_yuan) as resident_yuan,
    count(*) filter (
        where renovations.government_yuan is null
            or renovations.social_yuan is null
            or renovations.resident_yuan is null
    ) as money_gap_count,
    count(*) filter (where renovations.finished_date is not null and renovations.is_road_accepted) as road_count,
    count(renovations.is_road_accepted) filter (where renovations.finished_date is not null) as road_known_count,
    count(*) filter (where renovations.finished_date is not null and renovations.is_wall_accepted) as wall_count,
    count(renovations.is_wall_accepted) filter (where renovations.finished_date is not null) as wall_known_count,
    count(*) filter (where renovations.finished_date is not null and renovations.is_light_accepted) as light_count,
    count(renovations.is_light_accepted) filter (where renovations.finished_date is not null) as light_known_count,
from renovations
left join compound_facts on renovations.compound_id = compound_facts.compound_id
group by
    renovations.district_code,
    compound_facts.compound_type,
    renovations.class,
    renovations.item,
    started_year,
    finished_year
order by renovations.district_code, compound_facts.compound_type, renovations.class, renovations.item, started_year, finished_year
