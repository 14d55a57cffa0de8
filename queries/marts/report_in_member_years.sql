-- Members who had reported in by the end of a year: one row per year, district and whether they served in that year.
--
-- Each member counts once, in the district of the first report-in; served means a report-in of the year with hours
-- on record. These members are on the registers of their workplaces and are never added to those of the place.

with first_report_ins as (
    select
        member_id,
        arg_min(district_code, (reported_date, report_in_id)) as district_code,
        extract('year' from min(reported_date)) as first_year,
    from report_ins
    where party = 'member'
        and member_id is not null
    group by member_id
),

served_years as (
    select distinct
        member_id,
        extract('year' from reported_date) as year,
    from report_ins
    where party = 'member'
        and hours > 0
),

years as (
    select cast(unnest(generate_series(
        (select min(first_year) from first_report_ins),
        (select extract('year' from as_of) from place_facts)
    )) as bigint) as year
)

select
    years.year,
    first_report_ins.district_code,
    if(served_years.member_id is null, 'not_served', 'served') as service_state,
    count(*) as member_count,
from years
inner join first_report_ins on first_report_ins.first_year <= years.year
left join served_years
    on first_report_ins.member_id = served_years.member_id
    and years.year = served_years.year
group by all
order by all
