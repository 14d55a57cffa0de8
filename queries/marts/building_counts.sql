-- Buildings: one row per district, compound type (null for a building in no compound) and kind of building.

select
    buildings.district_code,
    compound_facts.compound_type,
    buildings.kind,
    count(*) as building_count,
    count(distinct buildings.compound_id) as compound_count,
    sum(buildings.entrance_count) as entrance_count,
from buildings
left join compound_facts on buildings.compound_id = compound_facts.compound_id
group by buildings.district_code, compound_facts.compound_type, buildings.kind
order by buildings.district_code, compound_facts.compound_type, buildings.kind
