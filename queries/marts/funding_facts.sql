-- One row per budget line: who pays whom for what, and the households of the payee's compounds.

select
    funding_lines.line_id,
    funding_lines.year,
    funding_lines.item,
    funding_lines.payer_level,
    funding_lines.payee_kind,
    funding_lines.pay_period,
    funding_lines.district_code,
    coalesce(compound_facts.compound_type, branch_facts.compound_type) as compound_type,
    coalesce(compound_facts.households, branch_facts.households) as served_households,
    funding_lines.budget_yuan,
    funding_lines.spent_yuan,
    funding_lines.is_published,
from funding_lines
left join compound_facts
    on funding_lines.payee_kind = 'compound'
    and funding_lines.payee_id = compound_facts.compound_id
left join branch_facts
    on funding_lines.payee_kind = 'branch'
    and funding_lines.payee_id = branch_facts.org_id
order by funding_lines.line_id
