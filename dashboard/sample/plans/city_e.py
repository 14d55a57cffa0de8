"""City E: organisations set up for an emergency, ten types of post, five levels of organisation."""

from dashboard.sample.plans.plan import (
    Call,
    CompoundType,
    Emergencies,
    Events,
    Grant,
    Ground,
    Housing,
    Party,
    Plan,
    Services,
    Venues,
)

PLAN = Plan(
    place="city-e",
    name=("霁州市", "Jizhou City"),
    root="city",
    root_code=990500000000,
    ground=Ground(
        centre=(100.4, 39.9),
        districts=(("霁华区", "Jihua District"), ("苇溪区", "Weixi District"), ("棹塘县", "Zhaotang County")),
        county_districts=1,
        subdistricts=18,
        communities=84,
        grids=640,
        micro_grids=2_300,
    ),
    housing=Housing(
        types=(
            CompoundType("managed", "residential", 150),
            CompoundType("open", "old", 136),
            CompoundType("unit_yard", "work_unit", 60),
            CompoundType("village", "transitional", 34),
        ),
        covered_by_property=335,
        with_owners_body=250,
        pilots=40,
        hard_cases=18,
        demonstrations=20,
        owners_body_rules=5,
    ),
    party=Party(
        levels=("work_committee", "community_committee", "branch", "building_group", "member_household"),
        branches=160,
        building_groups=420,
        member_households=610,
        temporary_general_branches=9,
        temporary_branches=267,
        members=11_000,
        retired_members=6_700,
        reported_in_members=8_600,
        units=94,
    ),
    events=Events(issues=21_500, member_events=120_000, service_orders=27_000, topics=1_800, findings=240),
    venues=Venues(
        micro_stations=120, stations_in_one_subdistrict=16, pilot_mean_area=40.2, canteens=24, help_points=60, halls=40
    ),
    grants=(
        Grant("红色物业奖励基金", "市", "district", "全市", "year", 1_500_000, payees=1),
        Grant("红色物业公共照明补贴", "市", "compound", "每个小区", "year", 1_200, payees=120),
        Grant("红色物业保洁补贴", "市", "compound", "每个小区", "year", 3_000, payees=120),
        Grant("红色物业保安补贴", "市", "compound", "每个小区", "year", 4_800, payees=120),
        Grant("红色物业维修补贴", "市", "compound", "每个小区", "year", 2_400, payees=120),
        Grant("红色物业绿化补贴", "市", "compound", "每个小区", "year", 1_600, payees=120),
    ),
    services=Services(
        activity_kinds=(
            ("志愿服务", 31),
            ("党员志愿服务", 18),
            ("文体活动", 12),
            ("节庆民俗", 6),
            ("环境整治", 14),
            ("邻里故事会", 5),
        ),
        activity_outcomes=(("拆除违建（处）", 37), ("清运垃圾（车）", 150)),
    ),
    emergencies=Emergencies(
        calls=(Call("疫情防控", "2022-08-07", (("in_service", 11_764), ("returned", 546), ("volunteer", 2_310))),)
    ),
    publishes=frozenset(
        {
            "deliberations",
            "facilities",
            "funding_lines",
            "mobilisations",
            "notices",
            "post_claims",
            "property_firms",
            "property_months",
            "rectifications",
            "renovations",
            "report_claims",
            "report_ins",
            "service_activities",
            "service_orders",
            "tasks",
            "teams",
            "units",
            "visit_months",
        }
    ),
    draw=4,
)
