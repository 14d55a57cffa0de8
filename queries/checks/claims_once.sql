-- One row per figure of the report that stands in an earlier row already, with the same value.
--
-- title: The figure of the report stands twice
-- severity: warning
-- expected: each figure once, also where the report prints its text twice

with numbered as (
    select
        rowid as row_number,
        figure,
        claimed_value,
        row_number() over (partition by region_code, figure, claimed_value order by rowid) as occurrence,
    from report_claims
    where figure is not null
)

select
    'report_claims' as table_name,
    row_number,
    'figure' as column_name,
    figure as value,
    claimed_value as expected,
from numbered
where occurrence > 1
