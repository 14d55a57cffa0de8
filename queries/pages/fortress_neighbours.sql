-- How likely a branch is better than those around it in the official order, and than the first: one row per other
-- branch, at most five above, five below and the first.
--
-- better_chance is P(this one > other) for two independent normal scores N(shrunk_total, shrunk_sd²): about 50 %
-- means that nobody can tell. Only ranked branches have neighbours.
--
-- $org_id    varchar  branch shown
-- $quarter   date     quarter shown
-- $language  varchar  language of the names, zh or en

with ranked as (
    select
        org_id,
        district_code,
        rank,
        total,
        shrunk_total,
        shrunk_sd,
        row_number() over (order by rank, total desc, org_id) as position,
    from branch_quarters
    where quarter = $quarter
        and is_ranked
),

branch as (
    select
        org_id as own_org_id,
        position as own_position,
        shrunk_total as own_shrunk_total,
        shrunk_sd as own_shrunk_sd,
    from ranked
    where org_id = $org_id
),

compared as (
    select
        ranked.*,
        branch.own_shrunk_total - ranked.shrunk_total as lead,
        sqrt(branch.own_shrunk_sd ^ 2 + ranked.shrunk_sd ^ 2) as lead_error,
    from ranked
    cross join branch
    where ranked.org_id <> branch.own_org_id
        and (abs(ranked.position - branch.own_position) <= 5 or ranked.position = 1)
)

select
    compared.rank,
    label(branch_facts.name, branch_facts.name_en, $language) as branch_name,
    label(region_facts.name, region_facts.name_en, $language) as district_name,
    round(compared.total, 2) as total,
    if(
        compared.lead_error > 0,
        normal_below(compared.lead / compared.lead_error),
        0.5 + 0.5 * sign(compared.lead)
    ) as better_chance,
from compared
inner join branch_facts on compared.org_id = branch_facts.org_id
left join region_facts on compared.district_code = region_facts.region_code
order by compared.position
