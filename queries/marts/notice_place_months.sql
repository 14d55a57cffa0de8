-- Public notices by place and the month they were due: one row per region and month.
--
-- Only notices due by the as-of date count. The region is the community of the notice's subject, or the wider one of a
-- branch that belongs to no community.

with subjects as (
    select region_code as subject_id, 'community' as subject_kind, region_code
    from region_facts
    union all
    select compound_id, 'compound', community_code
    from compound_facts
    union all
    select party_orgs.org_id, 'branch', coalesce(branch_facts.community_code, party_orgs.region_code)
    from party_orgs
    left join branch_facts on party_orgs.org_id = branch_facts.org_id
)

select
    subjects.region_code,
    notices.district_code,
    cast(date_trunc('month', notices.due_date) as date) as month,
    count(*) as due_count,
    count(*) filter (where notices.published_date <= notices.due_date) as ontime_count,
from notices
cross join place_facts
left join subjects
    on notices.subject_kind = subjects.subject_kind
    and notices.subject_id = subjects.subject_id
where notices.due_date <= place_facts.as_of
group by all
order by month, notices.district_code, subjects.region_code
