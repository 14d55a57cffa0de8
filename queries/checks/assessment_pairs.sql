-- One row per assessment that gives only one of numerator and denominator.
--
-- title: Only one of numerator and denominator is given
-- severity: error
-- expected: both numbers, or neither where nothing was reported

select
    'branch_assessments' as table_name,
    rowid as row_number,
    if(numerator is null, 'numerator', 'denominator') as column_name,
    null as value,
    null as expected,
from branch_assessments
where (numerator is null) <> (denominator is null)
