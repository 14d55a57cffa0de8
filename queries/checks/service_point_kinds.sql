-- One row per month of meals at a point that is no canteen, and of matters taken in at a canteen.
--
-- title: Meals and proxy matters are mixed
-- severity: warning
-- expected: meals of canteens in one table, matters of help points in the other; a canteen with a help point is two points

select
    'canteen_months' as table_name,
    canteen_months.rowid as row_number,
    'facility_id' as column_name,
    canteen_months.facility_id as value,
    facilities.kind as expected,
from canteen_months
inner join facilities on canteen_months.facility_id = facilities.facility_id
where facilities.kind <> 'canteen'

union all

select
    'help_point_months' as table_name,
    help_point_months.rowid as row_number,
    'facility_id' as column_name,
    help_point_months.facility_id as value,
    facilities.kind as expected,
from help_point_months
inner join facilities on help_point_months.facility_id = facilities.facility_id
where facilities.kind = 'canteen'
