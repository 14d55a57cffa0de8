-- Weak branches under rectification and communities helped to reach the standard: one row per programme.
--
-- State at the as-of date; a programme closed after its time limit is done late.

select
    rectifications.rectification_id,
    rectifications.rectification_kind,
    rectifications.org_id,
    party_orgs.name,
    party_orgs.name_en,
    party_orgs.org_type,
    party_orgs.region_code as community_code,
    rectifications.district_code,
    rectifications.kind as finding_kind,
    rectifications.found_date,
    rectifications.due_date,
    rectifications.closed_date,
    rectifications.step_count,
    rectifications.steps_done,
    case
        when rectifications.closed_date <= rectifications.due_date then 'done'
        when rectifications.closed_date is not null then 'done_late'
        when rectifications.due_date < place_facts.as_of then 'overdue'
        else 'running'
    end as progress_state,
    if(rectifications.closed_date is null, rectifications.due_date - place_facts.as_of, null) as days_left,
from rectifications
cross join place_facts
inner join party_orgs on rectifications.org_id = party_orgs.org_id
where rectifications.rectification_kind in ('weak_branch', 'below_standard')
order by rectifications.rectification_kind, rectifications.due_date, rectifications.rectification_id
