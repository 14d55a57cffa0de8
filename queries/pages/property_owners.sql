-- Who has an owners' body, with what organisation and rules, at the as-of date? One row for the whole selection, one per
-- district, one per compound type.
--
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $language        varchar    language of the names, zh or en

with summed as (
    select
        case
            when grouping(district_code) = 0 then 'district'
            when grouping(compound_type) = 0 then 'type'
            else 'selection'
        end as level,
        district_code,
        compound_type,
        sum(compound_count)::bigint as compound_count,
        sum(known_count)::bigint as known_count,
        sum(eligible_count)::bigint as eligible_count,
        sum(eligible_body_count)::bigint as eligible_body_count,
        sum(body_count)::bigint as body_count,
        sum(owners_committee_count)::bigint as owners_committee_count,
        sum(management_committee_count)::bigint as management_committee_count,
        sum(party_org_known_count)::bigint as party_org_known_count,
        sum(party_org_count)::bigint as party_org_count,
        sum(rules_known_count)::bigint as rules_known_count,
        sum(rule_sum) as rule_sum,
        max(rule_max) as rule_max,
        sum(ruleless_count)::bigint as ruleless_count,
        sum(committee_body_count)::bigint as committee_body_count,
    from property_owners
    where (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by grouping sets ((), (district_code), (compound_type))
)

select
    summed.level,
    summed.district_code,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    summed.compound_type,
    summed.compound_count,
    summed.body_count / nullif(summed.known_count, 0) as owners_body_rate_all,
    summed.eligible_count,
    summed.eligible_body_count / nullif(summed.eligible_count, 0) as owners_body_rate_eligible,
    summed.eligible_count - summed.eligible_body_count as bodies_due_count,
    summed.body_count,
    summed.owners_committee_count,
    summed.management_committee_count,
    summed.party_org_count,
    summed.party_org_count / nullif(summed.party_org_known_count, 0) as body_party_org_rate,
    summed.rule_sum / nullif(summed.rules_known_count, 0) as rules_per_body,
    summed.rule_max::double as rule_max,
    summed.ruleless_count,
    summed.committee_body_count::double as committee_body_count,
    summed.committee_body_count / nullif(summed.body_count, 0) as committee_body_rate,
from summed
left join region_facts on summed.district_code = region_facts.region_code
where summed.compound_count > 0
order by summed.level, summed.district_code, summed.compound_type
