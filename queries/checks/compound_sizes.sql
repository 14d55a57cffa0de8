-- One row per compound or grid whose floor area or residents are far from what its households would have.
--
-- title: The size does not fit the number of households
-- severity: warning
-- expected: 10 to 1,000 m² of floor area and half a resident to ten residents per household; check unit and columns

select
    'compounds' as table_name,
    rowid as row_number,
    'floor_area_m2' as column_name,
    floor_area_m2 as value,
    (10 * households) || ' – ' || (1000 * households) as expected,
from compounds
where households > 0
    and floor_area_m2 > 0
    and floor_area_m2 not between 10 * households and 1000 * households

union all

select
    'compounds' as table_name,
    rowid as row_number,
    'residents' as column_name,
    residents as value,
    ceil(households / 2) || ' – ' || (10 * households) as expected,
from compounds
where households >= 10
    and residents not between households / 2 and 10 * households

union all

select
    'grids' as table_name,
    rowid as row_number,
    'residents' as column_name,
    residents as value,
    ceil(households / 2) || ' – ' || (10 * households) as expected,
from grids
where households >= 10
    and residents not between households / 2 and 10 * households
