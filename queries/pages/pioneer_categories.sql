-- Members by category and band: one row per quarter, district, category, standing and band.
--
-- standing as in pioneer_bands. Not by compound type: category, type and band together are too fine for counts
-- of people.
--
-- $quarter  date  quarter counted

with placed_members as (
    select
        quarter,
        coalesce(district_code, 'none') as district_code,
        category,
        if(band in ('pending', 'exempt'), band, 'rated') as standing,
        band,
        member_count,
    from pioneer_quarters
    where quarter = $quarter
)

select
    quarter,
    district_code,
    category,
    standing,
    band,
    sum(member_count) as member_count,
from placed_members
group by all
order by all
