-- Which programmes, rules and lists does the place go by, and what does its source leave open? One row per entry.
--
-- $language  varchar  language of the names, zh or en

select
    kind as programme_kind,
    label(name, name_en, $language) as programme_name,
    part_count,
    label(parts, parts_en, $language) as programme_parts,
from about_place
order by position
