"""City A: the full sample, ten districts and counties, three levels of organisation."""

from dashboard.sample.plans.plan import (
    Appraising,
    Call,
    CompoundType,
    Emergencies,
    Events,
    Ground,
    Housing,
    Party,
    Plan,
    Property,
    Rates,
    Services,
    Venues,
    Workforce,
)

PLAN = Plan(
    place="city-a",
    name=("青澜市", "Qinglan City"),
    root="city",
    root_code=990100000000,
    ground=Ground(
        centre=(104.2, 38.1),  # sand desert: no real town lies beneath the sample
        districts=(
            ("澜桥区", "Lanqiao District"),
            ("鹭汀区", "Luting District"),
            ("桐浦区", "Tongpu District"),
            ("葭湖区", "Jiahu District"),
            ("枫屿区", "Fengyu District"),
            ("云杼区", "Yunzhu District"),
            ("漱石区", "Shushi District"),
            ("岫川县", "Xiuchuan County"),
            ("芷岭县", "Zhiling County"),
            ("珂原市", "Keyuan City"),
        ),
        county_districts=3,
        subdistricts=98,  # these three are plausible: no report states them
        communities=900,
        grids=9_000,
        micro_grids=37_000,
    ),
    housing=Housing(
        types=(
            CompoundType("residential", "residential", 1_617),
            CompoundType("transitional", "transitional", 310),
            CompoundType("old", "old", 2_912),
            CompoundType("work_unit", "work_unit", 904),
        ),
        covered_by_property=5_456,  # 95% of all
        with_owners_body=4_882,  # 85% of all, every eligible one
        pilots=1_217,
        hard_cases=160,
        demonstrations=214,
        owners_body_rules=7,
    ),
    party=Party(
        levels=("community_committee", "branch", "building_group"),
        branches=1_867,
        building_groups=4_480,
        members=180_000,
        retired_members=132_000,
        reported_in_members=123_000,  # counted where they live, never to be added to the register
        units=2_600,
        workers_area=("机坊工人村街道", "Jifang Workers' Village Subdistrict"),
        workers_branches=49,
    ),
    events=Events(issues=1_020_000, member_events=3_050_000, service_orders=150_000, topics=40_000, findings=4_000),
    venues=Venues(
        micro_stations=2_340,
        stations_in_one_subdistrict=79,
        pilot_mean_area=36.1,
        canteens=312,
        help_points=1_378,
        halls=260,
    ),
    services=Services(
        activities=60_000,
        help_point_matters=53_169,
        help_point_person_times=115_531,
        canteen_covered=235_412,
        canteen_daily=13_060,
    ),
    workforce=Workforce(
        full_time=5_208,
        part_time=57,
        auxiliary=30_417,  # "well over 30,000"; with the others still fewer than the micro-grids
        community_workers=1_860,  # this and the next two are plausible: no report states them
        stationed_compounds=214,
        trainings=4_200,
    ),
    emergencies=Emergencies(  # all of it plausible: no report states it
        drills_a_year=2.0,
        calls=(
            Call(
                "疫情防控",
                "2022-10-24",
                (("in_service", 31_840), ("resident_managed", 12_310), ("volunteer", 26_450), ("worker", 9_120)),
            ),
            Call("低温雨雪", "2023-12-14", (("in_service", 2_160), ("resident_managed", 1_940), ("volunteer", 2_730))),
            Call(
                "防汛抢险",
                "2024-07-18",
                (("in_service", 4_380), ("resident_managed", 3_050), ("volunteer", 5_120), ("worker", 1_870)),
            ),
            Call("燃气抢修", "2024-11-09", (("resident_managed", 64), ("volunteer", 41), ("worker", 38))),
        ),
        safety=(("property_damage", 1_460, 1_212), ("neighbour_dispute", 5_230, 4_874), ("hazard", 14_900, 13_960)),
    ),
    appraising=Appraising(
        special_awards=(("创新奖", "innovation", 10, 20_000), ("口碑奖", "satisfaction", 10, 20_000)),
        branch_awards=20,
        inspections=9_600,
        weak_branches=24,
    ),
    property=Property(firms=812, party_firms=496, committee_on_bodies=238, part_time_committee=315),
    rates=Rates(
        venue_support=100_000,
        compound_funds=6_000,
        secretary_allowance=500,
        special_fund=5_000_000,
        branch_funds=5_000,
        phone_allowance=500,
    ),
    talks_on_fourths=True,
)
