-- Star bands of the rule set valid in a quarter: one row per number of stars, from the most to the fewest.
--
-- $quarter   date     quarter of the rule set
-- $language  varchar  language of the names, zh or en

select
    stars,
    label(name, name_en, $language) as star_name,
    minimum as minimum_score,
from fortress_stars
where $quarter between valid_from and valid_to
order by stars desc
