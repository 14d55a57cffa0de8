-- Overdue issues at the as-of date by responsible unit: one row per unit.
--
-- $districts       varchar[]  districts counted; empty means all in scope
-- $compound_types  varchar[]  compound types counted; empty means all

select
    owner_unit,
    count(*) as overdue_issues,
    count(*) filter (where status = 'returned') as returned_issues,
    min(due_at) as oldest_due_at,
from overdue_issues
where (len($districts) = 0 or district_code in $districts)
    and (len($compound_types) = 0 or compound_type in $compound_types)
group by owner_unit
order by overdue_issues desc, owner_unit
