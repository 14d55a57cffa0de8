-- One row per appraisal whose subject is not in the table of its kind.
--
-- title: The reference leads nowhere
-- severity: error
-- expected: the number of a community or unit, as the kind of subject says

select
    'appraisals' as table_name,
    appraisals.rowid as row_number,
    'subject_id' as column_name,
    appraisals.subject_id as value,
    appraisals.subject_kind as expected,
from appraisals
left join units on appraisals.subject_kind = 'unit' and appraisals.subject_id = units.unit_id
left join regions on appraisals.subject_kind = 'community' and appraisals.subject_id = regions.region_code
where coalesce(units.unit_id, regions.region_code) is null
