-- One row per region whose code has the wrong number of digits for its level.
--
-- title: The region code does not fit its level
-- severity: error
-- expected: 12 digits: city 4, district 6, subdistrict 9, community 12, filled up with zeros

with expected_endings as (
    select
        rowid as row_number,
        region_code,
        case level
            when 'city' then '^[0-9]{4}0{8}$'
            when 'district' then '^[0-9]{4}([0-9][1-9]|[1-9][0-9])0{6}$'
            when 'subdistrict' then '^[0-9]{6}([0-9]{2}[1-9]|[0-9][1-9][0-9]|[1-9][0-9]{2})0{3}$'
            else '^[0-9]{9}([0-9]{2}[1-9]|[0-9][1-9][0-9]|[1-9][0-9]{2})$'
        end as form,
        case level when 'city' then 8 when 'district' then 6 when 'subdistrict' then 3 else 0 end as zeros,
    from regions
)

select
    'regions' as table_name,
    row_number,
    'region_code' as column_name,
    region_code as value,
    repeat('#', 12 - zeros) || repeat('0', zeros) as expected,
from expected_endings
where not regexp_full_match(region_code, form)
