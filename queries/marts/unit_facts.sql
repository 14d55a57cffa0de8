-- Units that build together with communities: one row per unit, with the community of its joint committee.

select
    units.unit_id,
    units.name,
    units.name_en,
    units.unit_type,
    units.level as unit_level,
    units.joint_committee_community_code as community_code,
    units.district_code,
from units
order by units.unit_id
