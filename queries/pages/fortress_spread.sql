-- How the scores of a quarter spread: one row per score class of two points and ranking_state.
--
-- A class holds scores from its lower edge (score_class) up to, but not including, the next one.
--
-- $quarter         date       quarter counted
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    2 * floor(branch_quarters.total / 2) as score_class,
    case
        when branch_quarters.is_ranked then 'ranked'
        when branch_quarters.veto_code is not null then 'vetoed'
        else 'unranked'
    end as ranking_state,
    count(*) as branch_count,
from branch_quarters
inner join branch_facts on branch_quarters.org_id = branch_facts.org_id
where branch_quarters.quarter = $quarter
    and branch_quarters.total is not null
    and (len($districts) = 0 or branch_quarters.district_code in $districts)
    and (len($compound_types) = 0 or branch_facts.compound_type in $compound_types)
group by all
order by all
