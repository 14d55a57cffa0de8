-- Issues overdue at the as-of date, the oldest first: one row per issue of one part of the list.
--
-- $districts       varchar[]  districts shown; empty means all in scope
-- $compound_types  varchar[]  compound types shown; empty means all
-- $owner_unit      varchar    responsible unit shown; '' for all
-- $progress        varchar    open for issues in hand, returned for those sent back; '' for both
-- $row_limit       integer    rows of one part of the list
-- $row_offset      integer    rows before this part
-- $language        varchar    language of the names, zh or en

with listed as (
    select
        issue_id,
        district_code,
        compound_id,
        family,
        matter,
        tier,
        owner_unit,
        status,
        reported_at,
        due_at,
        overdue_days,
    from overdue_issues
    where (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
        and ($owner_unit = '' or owner_unit = $owner_unit)
        and ($progress = '' or ($progress = 'returned') = (status = 'returned'))
    order by due_at, issue_id
    limit $row_limit
    offset $row_offset
)

select
    listed.issue_id,
    listed.overdue_days,
    listed.due_at,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    label(compound_facts.name, compound_facts.name_en, $language) as compound_name,
    listed.matter,
    listed.owner_unit,
    listed.status,
    listed.family,
    listed.tier,
    listed.reported_at,
from listed
left join region_facts on listed.district_code = region_facts.region_code
left join compound_facts on listed.compound_id = compound_facts.compound_id
order by listed.due_at, listed.issue_id
