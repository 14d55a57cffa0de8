-- What is known of each scored branch at the as-of date: one row per branch (branch, general branch or
-- temporary one) that is linked to at least one compound.
--
-- A branch belongs to the community that its own region names, else to that of its largest compound. Its
-- compound type is the one with most households among its compounds; ties go to the first in code order.

with linked_compounds as (
    select
        party_orgs.org_id,
        compound_facts.compound_type,
        compound_facts.community_code,
        coalesce(compound_facts.households, 0) as households,
    from party_orgs
    inner join org_compounds on party_orgs.org_id = org_compounds.org_id
    inner join compound_facts on org_compounds.compound_id = compound_facts.compound_id
    where party_orgs.org_type in ('branch', 'general_branch', 'temporary_branch', 'temporary_general_branch')
),

type_households as (
    select
        org_id,
        compound_type,
        count(*) as compound_count,
        sum(households) as households,
    from linked_compounds
    group by org_id, compound_type
),

ranked_types as (
    select
        org_id,
        compound_type,
        sum(compound_count) over (partition by org_id) as compound_count,
        sum(households) over (partition by org_id) as households,
        row_number() over (
            partition by org_id
            order by type_households.households desc, compound_type
        ) as place,
    from type_households
),

ranked_communities as (
    select
        org_id,
        community_code,
        row_number() over (partition by org_id order by sum(households) desc, community_code) as place,
    from linked_compounds
    group by org_id, community_code
),

branch_members as (
    select
        org_id,
        count(*) as member_count,
    from members
    group by org_id
),

placed_branches as (
    select
        party_orgs.org_id,
        if(
            right(party_orgs.region_code, 3) = '000',
            ranked_communities.community_code,
            party_orgs.region_code
        ) as community_code,
        ranked_types.compound_type,
        cast(ranked_types.compound_count as bigint) as compound_count,
        cast(ranked_types.households as bigint) as households,
        coalesce(branch_members.member_count, 0) as member_count,
    from party_orgs
    inner join ranked_types
        on party_orgs.org_id = ranked_types.org_id
        and ranked_types.place = 1
    inner join ranked_communities
        on party_orgs.org_id = ranked_communities.org_id
        and ranked_communities.place = 1
    left join branch_members on party_orgs.org_id = branch_members.org_id
)

select
    placed_branches.org_id,
    party_orgs.name,
    party_orgs.name_en,
    party_orgs.org_type,
    placed_branches.community_code,
    left(placed_branches.community_code, 9) || '000' as subdistrict_code,
    party_orgs.district_code,
    placed_branches.compound_type,
    placed_branches.compound_count,
    placed_branches.households,
    placed_branches.member_count,
    case
        when placed_branches.member_count < 30 then 'small'
        when placed_branches.member_count < 80 then 'medium'
        else 'large'
    end as size_band,
    party_orgs.founded_date,
from placed_branches
inner join party_orgs on placed_branches.org_id = party_orgs.org_id
order by placed_branches.org_id
