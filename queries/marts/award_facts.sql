-- Awards with who received them: one row per award.

select
    awards.award_id,
    awards.year,
    awards.award,
    awards.place,
    awards.amount_yuan,
    awards.subject_kind,
    awards.subject_id,
    coalesce(communities.name, party_orgs.name, compounds.name, units.name) as subject_name,
    coalesce(communities.name_en, party_orgs.name_en, compounds.name_en) as subject_name_en,
    awards.district_code,
from awards
left join regions as communities
    on awards.subject_kind = 'community' and awards.subject_id = communities.region_code
left join party_orgs on awards.subject_kind = 'branch' and awards.subject_id = party_orgs.org_id
left join compounds on awards.subject_kind = 'compound' and awards.subject_id = compounds.compound_id
left join units on awards.subject_kind = 'unit' and awards.subject_id = units.unit_id
order by awards.year, awards.award, awards.place nulls last, awards.award_id
