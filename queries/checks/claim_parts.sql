-- One row per figure of the report whose parts exceed it together, or that all types of compounds do not add up to.
--
-- title: The parts of a figure of the report do not add up to it
-- severity: warning
-- expected: parts of one basis: the compounds of all types make all compounds, issues solved are among those raised

with wholes as (
    select
        rowid as row_number,
        figure,
        claimed_value,
        case figure when 'issues' then 'issues_solved/' else figure || '/' end as beginning,
    from report_claims
    where not is_approximate
),

sums as (
    select
        wholes.row_number,
        wholes.figure,
        wholes.claimed_value,
        sum(parts.claimed_value) as total,
        count(distinct parts.figure) as part_count,
    from wholes
    inner join report_claims as parts on starts_with(parts.figure, wholes.beginning)
    where not parts.is_approximate
    group by all
)

select
    'report_claims' as table_name,
    sums.row_number,
    'claimed_value' as column_name,
    sums.claimed_value as value,
    'Σ ' || sums.total as expected,
from sums
left join vocabulary_counts on sums.figure = 'compounds' and vocabulary_counts.name = 'list/compound_types'
where sums.total > sums.claimed_value
    or (sums.part_count = vocabulary_counts.entry_count and sums.total <> sums.claimed_value)
