-- Item D1, topics that went through all six steps ÷ topics raised: one row per branch and quarter, none where
-- the place publishes no deliberations.
--
-- Attribution: a topic belongs to every scored branch linked to its compound, in the quarter it was held;
-- topics of a whole community belong to no branch. The steps are those reached by the as-of date.
--
-- Intermediate: read by other marts, not kept in the edition.

with raised_topics as (
    select
        branch_compounds.org_id,
        scored_quarters.quarter,
        count(*) filter (where deliberations.steps_reached = 6) as numerator,
        count(deliberations.steps_reached) as denominator,
    from deliberations
    inner join branch_compounds on deliberations.compound_id = branch_compounds.compound_id
    inner join scored_quarters
        on cast(date_trunc('quarter', deliberations.held_date) as date) = scored_quarters.quarter
        and deliberations.held_date <= scored_quarters.last_day
    group by branch_compounds.org_id, scored_quarters.quarter
)

select
    scored_branch_quarters.org_id,
    scored_branch_quarters.quarter,
    coalesce(raised_topics.numerator, 0) as numerator,
    coalesce(raised_topics.denominator, 0) as denominator,
from scored_branch_quarters
inner join published_tables on published_tables.table_name = 'deliberations'
left join raised_topics
    on scored_branch_quarters.org_id = raised_topics.org_id
    and scored_branch_quarters.quarter = raised_topics.quarter
order by scored_branch_quarters.org_id, scored_branch_quarters.quarter
