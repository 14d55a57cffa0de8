-- Units that build together and those that reported in: one row for all units, one per type and one per level.
--
-- Units of the selection by their joint committee, else by their seat; report-ins are those to its communities.
--
-- $start_month  date       first month of the period
-- $end_month    date       last month of the period
-- $districts    varchar[]  districts counted; empty means all in scope

with reported as (
    select
        unit_id,
        sum(report_in_count) as report_in_count,
        sum(unit_hours) as unit_hours,
    from unit_report_in_months
    where month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
    group by unit_id
)

select
    case
        when grouping(unit_facts.unit_type) = 0 then 'type'
        when grouping(unit_facts.unit_level) = 0 then 'level'
        else 'selection'
    end as unit_facet,
    unit_facts.unit_type,
    unit_facts.unit_level,
    count(*) as registered_units,
    count(unit_facts.community_code) as committee_units,
    count(reported.unit_id) as reported_units,
    count(reported.unit_id) / count(*) as reported_unit_share,
    cast(coalesce(sum(reported.report_in_count), 0) as bigint) as unit_report_ins,
    if(count(reported.unit_id) = 0, 0, sum(reported.unit_hours)) as unit_hours,
from unit_facts
left join reported on unit_facts.unit_id = reported.unit_id
where len($districts) = 0 or unit_facts.district_code in $districts
group by grouping sets ((), (unit_facts.unit_type), (unit_facts.unit_level))
having count(*) > 0
order by
    unit_facet,
    list_position(
        ['agency', 'public_institution', 'state_firm', 'private_firm', 'social_organisation'],
        unit_facts.unit_type
    ),
    list_position(['province', 'city', 'district', 'other_district', 'subdistrict', 'none'], unit_facts.unit_level)
