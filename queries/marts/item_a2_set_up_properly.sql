-- Item A2, checks of a branch's set-up passed ÷ checks that apply: one row per branch and quarter.
--
-- Attribution: the branch's own row in party_orgs and the members whose org_id it is. Three yes/no checks:
-- elected (or founded) within the term before the quarter's last day; every member in a Party group; number
-- of full members within the norm, the upper limit not for general branches. A check without data does not
-- apply; if the last election is later than the quarter, the one before it is unknown. Only the election has
-- a history: the other two are as the registers stand at the as-of date.
--
-- Intermediate: read by other marts, not kept in the edition.

with member_groups as (
    select
        org_id,
        count(group_org_id) = count(*) as is_grouped,
    from members
    group by org_id
),

checks as (
    select
        scored_branch_quarters.org_id,
        scored_branch_quarters.quarter,
        case
            when party_orgs.elected_date <= scored_branch_quarters.last_day
                then party_orgs.elected_date + place_facts.term_years * interval 1 year
                    >= scored_branch_quarters.last_day
            when party_orgs.founded_date + place_facts.term_years * interval 1 year
                >= scored_branch_quarters.last_day
                then true
            when party_orgs.elected_date is null and place_facts.term_years is not null
                and party_orgs.founded_date is not null
                then false
        end as is_elected,
        member_groups.is_grouped,
        party_orgs.full_member_count >= place_facts.min_full_members
        and (
            party_orgs.org_type in ('general_branch', 'temporary_general_branch')
            or party_orgs.full_member_count <= place_facts.max_full_members
        ) as is_within_norm,
    from scored_branch_quarters
    cross join place_facts
    inner join party_orgs on scored_branch_quarters.org_id = party_orgs.org_id
    left join member_groups on scored_branch_quarters.org_id = member_groups.org_id
)

select
    org_id,
    quarter,
    coalesce(cast(is_elected as bigint), 0) + coalesce(cast(is_grouped as bigint), 0)
    + coalesce(cast(is_within_norm as bigint), 0) as numerator,
    cast(is_elected is not null as bigint) + cast(is_grouped is not null as bigint)
    + cast(is_within_norm is not null as bigint) as denominator,
from checks
order by org_id, quarter
