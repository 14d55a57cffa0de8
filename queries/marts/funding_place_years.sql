-- Budget lines by place and year: one row per region, compound (null: not paid to a compound), compound type and year.
--
-- The region is the community of the compound or branch that is paid, else the region that the line names. Accounted is
-- the budget of the lines whose spending is reported.

select
    coalesce(compound_facts.community_code, branch_facts.community_code, funding_lines.region_code) as region_code,
    funding_lines.district_code,
    compound_facts.compound_id,
    coalesce(compound_facts.compound_type, branch_facts.compound_type) as compound_type,
    funding_lines.year,
    sum(funding_lines.budget_yuan) as budget_yuan,
    sum(funding_lines.spent_yuan) as spent_yuan,
    sum(funding_lines.budget_yuan) filter (where funding_lines.spent_yuan is not null) as accounted_yuan,
    count(*) filter (where funding_lines.is_published) as published_count,
    count(funding_lines.is_published) as published_known_count,
from funding_lines
left join compound_facts
    on funding_lines.payee_kind = 'compound'
    and funding_lines.payee_id = compound_facts.compound_id
left join branch_facts
    on funding_lines.payee_kind = 'branch'
    and funding_lines.payee_id = branch_facts.org_id
group by all
order by funding_lines.year, region_code, compound_facts.compound_id, compound_type
