-- Item D3, notices published by their due date ÷ notices due: one row per branch and quarter, none where the
-- place publishes no notices.
--
-- Attribution: notices of the branch itself and of the compounds linked to it, in the quarter they were due;
-- notices of a community belong to no branch.
--
-- Intermediate: read by other marts, not kept in the edition.

with notice_subjects as (
    select
        org_id,
        'branch' as subject_kind,
        org_id as subject_id,
    from branch_facts

    union all

    select
        org_id,
        'compound' as subject_kind,
        compound_id as subject_id,
    from branch_compounds
),

due_notices as (
    select
        notice_subjects.org_id,
        scored_quarters.quarter,
        count(*) filter (where notices.published_date <= notices.due_date) as numerator,
        count(*) as denominator,
    from notices
    inner join notice_subjects
        on notices.subject_kind = notice_subjects.subject_kind
        and notices.subject_id = notice_subjects.subject_id
    inner join scored_quarters
        on cast(date_trunc('quarter', notices.due_date) as date) = scored_quarters.quarter
        and notices.due_date <= scored_quarters.last_day
    group by notice_subjects.org_id, scored_quarters.quarter
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    coalesce(due_notices.numerator, 0) as numerator,
    coalesce(due_notices.denominator, 0) as denominator,
from scored_branch_quarters
inner join published_tables on published_tables.table_name = 'notices'
left join due_notices
    on scored_branch_quarters.org_id = due_notices.org_id
    and scored_branch_quarters.quarter = due_notices.quarter
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
