-- Rated members by the kind of unit they work for and the starred ones among them, over the whole scope: one row per
-- quarter, kind and band; the band '' is all of them, the kind 'none' members of no unit.
--
-- Neither by district nor by single unit: the units of a district are its members in service, whom pioneer_categories
-- may have to hide. Members of no unit are counted so that the totals are those of pioneer_bands.
--
-- $quarter  date  quarter counted

with rated_members as (
    select
        quarter,
        'rated' as standing,
        coalesce(unit_type, 'none') as unit_type,
        unnest(if(band = 'starred', ['', 'starred'], [''])) as band,
        member_count,
        score_sum,
    from pioneer_unit_type_quarters
    where quarter = $quarter
)

select
    quarter,
    standing,
    unit_type,
    band,
    sum(member_count) as member_count,
    sum(score_sum) as score_sum,
from rated_members
group by all
order by all
