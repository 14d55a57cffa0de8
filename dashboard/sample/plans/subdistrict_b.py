"""Subdistrict B: one housing-reform compound, four levels of organisation, nothing solved inside the compound."""

from dashboard.sample.plans.plan import (
    Case,
    CompoundType,
    Emergencies,
    Events,
    Ground,
    Housing,
    Party,
    Plan,
    Services,
    Venues,
)

PLAN = Plan(
    place="subdistrict-b",
    name=("榴湾街道", "Liuwan Subdistrict"),
    root="subdistrict",
    root_code=990201001000,
    ground=Ground(
        centre=(102.6, 39.4),
        districts=(("蘅川区", "Hengchuan District"),),
        subdistricts=1,
        communities=1,
        grids=4,
        micro_grids=16,
    ),
    housing=Housing(
        types=(CompoundType("reform_housing", "old", 1),),
        covered_by_property=1,
        with_owners_body=1,
        pilots=1,
        hard_cases=0,
        demonstrations=1,
        owners_body_rules=4,
        case=Case(
            name=("锚泊新村", "Maobo New Village"),
            households=232,
            residents=608,
            floor_area_m2=16_880.0,
            built_year=1984,
            reform_year=2000,
        ),
    ),
    party=Party(
        levels=("work_committee", "community_committee", "branch", "building_group"),
        branches=1,
        building_groups=6,
        members=46,
        retired_members=27,
        reported_in_members=62,
        units=9,
    ),
    events=Events(
        issues=56,
        resolved=(0, 44, 12, 0),  # by level: compound, community, subdistrict, department
        member_events=2_400,
        service_orders=120,
        topics=40,
        findings=8,
    ),
    venues=Venues(
        micro_stations=1, stations_in_one_subdistrict=1, pilot_mean_area=48.0, canteens=0, help_points=1, halls=1
    ),
    services=Services(
        activity_kinds=(("志愿服务", 6), ("邻里故事会", 4), ("党员志愿服务", 210), ("文体活动", 11), ("环境整治", 5)),
        activity_outcomes=(("办成实事（件）", 17),),
        person_times=(("党员志愿服务", 640),),
        patrol_teams=3,
    ),
    emergencies=Emergencies(safety=(("property_damage", 3, 3), ("neighbour_dispute", 2, 2), ("hazard", 13, 12))),
    publishes=frozenset(
        {
            "buildings",
            "deliberations",
            "facilities",
            "funding_lines",
            "issue_events",
            "notices",
            "rectifications",
            "renovations",
            "report_claims",
            "report_ins",
            "safety_events",
            "service_activities",
            "service_orders",
            "teams",
            "visit_months",
        }
    ),
    draw=1,
)
