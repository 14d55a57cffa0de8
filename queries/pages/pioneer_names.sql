-- Starred members of the reader's own branch: one row per member, under a masked name.
--
-- member_quarters holds rows of the reader's own branch and no other. Warning members are never listed.
--
-- $quarter  date  quarter of the stars

select
    masked_name,
    stars,
from member_quarters
where quarter = $quarter
    and band = 'starred'
order by stars desc, masked_name
