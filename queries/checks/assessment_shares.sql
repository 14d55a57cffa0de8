-- One row per assessment whose numerator exceeds its denominator.
--
-- title: The numerator is larger than the denominator
-- severity: error

select
    'branch_assessments' as table_name,
    rowid as row_number,
    'numerator' as column_name,
    numerator as value,
    '≤ ' || denominator as expected,
from branch_assessments
where numerator > denominator
