-- Owners' bodies at the as-of date: one row per district and compound type.
--
-- Known are compounds that report whether they have a body. Bodies with a committee member are those to which a
-- member of the community committee is cross-appointed; null where no cross-appointments are published.

with committee_posts as (
    select distinct cross_posts.compound_id
    from cross_posts
    cross join place_facts
    where cross_posts.from_side = 'community_committee'
        and cross_posts.to_side = 'owners_body'
        and coalesce(cross_posts.started_date, place_facts.as_of) <= place_facts.as_of
        and coalesce(cross_posts.ended_date > place_facts.as_of, true)
),

published as (
    select count(*) > 0 as has_cross_posts
    from published_tables
    where table_name = 'cross_posts'
)

select
    compound_facts.district_code,
    compound_facts.compound_type,
    count(*) as compound_count,
    count(compound_facts.has_owners_body) as known_count,
    count(*) filter (where compound_facts.has_owners_body) as body_count,
    count(*) filter (where compounds.owners_body = 'owners_committee') as owners_committee_count,
    count(*) filter (where compounds.owners_body = 'management_committee') as management_committee_count,
    count(*) filter (
        where compound_facts.is_owners_body_eligible and compound_facts.has_owners_body is not null
    ) as eligible_count,
    count(*) filter (
        where compound_facts.is_owners_body_eligible and compound_facts.has_owners_body
    ) as eligible_body_count,
    count(compounds.has_owners_body_party_org) filter (where compound_facts.has_owners_body) as party_org_known_count,
    count(*) filter (
        where compound_facts.has_owners_body and compounds.has_owners_body_party_org
    ) as party_org_count,
    count(compounds.owners_body_rule_count) filter (where compound_facts.has_owners_body) as rules_known_count,
    sum(compounds.owners_body_rule_count) filter (where compound_facts.has_owners_body)::bigint as rule_sum,
    max(compounds.owners_body_rule_count) filter (where compound_facts.has_owners_body) as rule_max,
    count(*) filter (
        where compound_facts.has_owners_body and compounds.owners_body_rule_count = 0
    ) as ruleless_count,
    if(
        any_value(published.has_cross_posts),
        count(committee_posts.compound_id) filter (where compound_facts.has_owners_body),
        null
    ) as committee_body_count,
from compound_facts
inner join compounds on compound_facts.compound_id = compounds.compound_id
cross join published
left join committee_posts on compound_facts.compound_id = committee_posts.compound_id
group by compound_facts.district_code, compound_facts.compound_type
order by compound_facts.district_code, compound_facts.compound_type
