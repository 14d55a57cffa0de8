-- Which level solved the issues of which family: one row per family of the place and level, zeros included.
--
-- Counted are issues closed in the period as resolved with a level on record, as in solved_at_compound_rate.
-- A count is null where the place reports no level at all.
--
-- $start_month     date       first month of closing counted
-- $end_month       date       last month of closing counted
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all
-- $families        varchar[]  families of the place, in its order

with sums as (
    select
        family,
        sum(compound_count) as compound_count,
        sum(community_count) as community_count,
        sum(subdistrict_count) as subdistrict_count,
        sum(department_count) as department_count,
    from issue_flow_months
    where month between $start_month and $end_month
        and (len($districts) = 0 or district_code in $districts)
        and (len($compound_types) = 0 or compound_type in $compound_types)
    group by family
),

families as (
    select unnest($families) as family
    union
    select family from sums
),

published as (
    select count(compound_count) > 0 as has_levels
    from sums
),

levels (position, resolved_level) as (
    values (1, 'compound'), (2, 'community'), (3, 'subdistrict'), (4, 'department')
)

select
    families.family,
    levels.resolved_level,
    if(
        published.has_levels,
        coalesce(
            cast(
                case levels.resolved_level
                    when 'compound' then sums.compound_count
                    when 'community' then sums.community_count
                    when 'subdistrict' then sums.subdistrict_count
                    when 'department' then sums.department_count
                end as bigint
            ),
            0
        ),
        null
    ) as resolved_issues,
from families
cross join levels
cross join published
left join sums on families.family is not distinct from sums.family
order by coalesce(list_position($families, families.family), 1000), families.family, levels.position
