-- One row per figure of the report for members who are retired or reported in that, with the other, exceeds the
-- register: the two are counted on different bases.
--
-- title: Figures of the report on different bases exceed the register together
-- severity: warning
-- expected: a note in the report's figure that says on what basis it is counted; such figures are never added

with sums as (
    select
        sum(claimed_value) filter (where figure in ('reported_in_members', 'retired_members')) as total,
        max(claimed_value) filter (where figure = 'grouped_members') as register,
    from report_claims
)

select
    'report_claims' as table_name,
    report_claims.rowid as row_number,
    'claimed_value' as column_name,
    report_claims.claimed_value as value,
    'Σ ' || sums.total || ' > ' || sums.register as expected,
from report_claims
cross join sums
where report_claims.figure in ('reported_in_members', 'retired_members')
    and report_claims.note is null
    and sums.total > sums.register
