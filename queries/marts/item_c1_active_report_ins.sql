-- Item C1, members who served at least once (a report-in with hours) ÷ members who reported in: one row per
-- branch and quarter, none where the place publishes no report-ins.
--
-- Attribution: by place, not by the member's own branch. A report-in belongs to every scored branch with a
-- compound in its grid (first 15 digits of the code), or in its community where it names no grid, in the
-- quarter of its date. A member counts once per branch and quarter.
--
-- Intermediate: read by other marts, not kept in the edition.

with branch_places as (
    select distinct
        branch_compounds.org_id,
        left(compound_grids.grid_code, 15) as place_code,
    from branch_compounds
    inner join compound_grids on branch_compounds.compound_id = compound_grids.compound_id

    union

    select
        org_id,
        community_code as place_code,
    from branch_compounds
),

reported_members as (
    select
        branch_places.org_id,
        scored_quarters.quarter,
        report_ins.member_id,
        max(coalesce(report_ins.hours, 0)) > 0 as has_served,
    from report_ins
    inner join branch_places
        on coalesce(left(report_ins.grid_code, 15), report_ins.community_code) = branch_places.place_code
    inner join scored_quarters
        on cast(date_trunc('quarter', report_ins.reported_date) as date) = scored_quarters.quarter
        and report_ins.reported_date <= scored_quarters.last_day
    where report_ins.party = 'member'
        and report_ins.member_id is not null
    group by branch_places.org_id, scored_quarters.quarter, report_ins.member_id
),

branch_report_ins as (
    select
        org_id,
        quarter,
        count(*) filter (where has_served) as numerator,
        count(*) as denominator,
    from reported_members
    group by org_id, quarter
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    coalesce(branch_report_ins.numerator, 0) as numerator,
    coalesce(branch_report_ins.denominator, 0) as denominator,
from scored_branch_quarters
inner join published_tables on published_tables.table_name = 'report_ins'
left join branch_report_ins
    on scored_branch_quarters.org_id = branch_report_ins.org_id
    and scored_branch_quarters.quarter = branch_report_ins.quarter
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
