-- One row per post that was completed before it was claimed.
--
-- title: The dates of a post claimed are not in order
-- severity: error
-- expected: claimed ≤ completed

select
    'post_claims' as table_name,
    rowid as row_number,
    'completed_date' as column_name,
    completed_date as value,
    '≥ ' || claimed_date as expected,
from post_claims
where completed_date < claimed_date
