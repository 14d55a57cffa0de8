-- Yearly award: one row per year, district, compound type and state of the award.
--
-- award_state: eligible, not_eligible, pending (a quarter or the review is still open) or exempt.

with award_counts as (
    select
        year,
        coalesce(district_code, 'none') as district_code,
        coalesce(compound_type, 'none') as compound_type,
        sum(eligible_count) as eligible,
        sum(member_count - eligible_count - pending_count - exempt_count) as not_eligible,
        sum(pending_count) as pending,
        sum(exempt_count) as exempt,
    from pioneer_years
    group by all
)

select
    year,
    district_code,
    compound_type,
    award_state,
    cast(member_count as bigint) as member_count,
from award_counts
unpivot (member_count for award_state in (eligible, not_eligible, pending, exempt))
order by all
