-- What is incomplete or doubtful in the extracts of the selection: one row per extract, kind and code.
--
-- $start_month  date       first month counted
-- $end_month    date       last month counted
-- $districts    varchar[]  districts counted; empty means all in scope
-- $language     varchar    language of the names, zh or en

with found as (
    select table_name, kind, '' as code, district_code, month, unit_count
    from extract_gaps
    where month is null or month between $start_month and $end_month
    union all
    select table_name, 'doubt' as kind, code, district_code, null as month, null as unit_count
    from extract_doubts
),

named as (
    select
        found.*,
        label(regions.name, regions.name_en, $language) as district_name,
    from found
    inner join regions on found.district_code = regions.region_code
    where len($districts) = 0 or found.district_code in $districts
)

select
    table_name,
    kind,
    code,
    list(distinct district_name order by district_name) as district_names,
    coalesce(list(distinct month::varchar order by month::varchar) filter (where month is not null), []) as months,
    sum(unit_count) as unit_count,
from named
group by all
order by table_name, kind, code
