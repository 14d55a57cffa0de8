"""County C: joint committees of communities and units, one-tap channels, emergency teams."""

from dashboard.sample.plans.plan import (
    Appraising,
    CompoundType,
    Emergencies,
    Events,
    Ground,
    Housing,
    Party,
    Plan,
    Services,
    Venues,
    Workforce,
)

PLAN = Plan(
    place="county-c",
    name=("沐原县", "Muyuan County"),
    root="district",
    root_code=990301000000,
    ground=Ground(
        centre=(101.3, 40.6),
        districts=(("沐原县", "Muyuan County"),),
        county_districts=1,
        subdistricts=6,
        communities=29,
        grids=260,
        micro_grids=1_000,
    ),
    housing=Housing(
        types=(
            CompoundType("gated", "residential", 58),
            CompoundType("dispersed", "old", 46),
            CompoundType("work_unit", "work_unit", 24),
            CompoundType("resettlement", "transitional", 18),
        ),
        covered_by_property=118,
        with_owners_body=104,
        pilots=29,
        hard_cases=9,
        demonstrations=12,
        owners_body_rules=5,
    ),
    party=Party(
        levels=("community_committee", "branch", "building_group"),
        branches=64,
        building_groups=150,
        members=3_900,
        retired_members=2_300,
        reported_in_members=4_900,
        report_ins_of_last_year=3_000,
        units=159,
        new_sector_units=17,
    ),
    events=Events(
        issues=6_800,
        member_events=60_000,
        service_orders=1_090,
        topics=165,
        findings=110,
        channels=("一键报修", "一键求助", "一键反馈", "12345热线", "网格员上报", "小区微信群"),
    ),
    venues=Venues(
        micro_stations=60, stations_in_one_subdistrict=14, pilot_mean_area=52.4, canteens=12, help_points=29, halls=10
    ),
    services=Services(activities=420, emergency_teams=53, emergency_volunteers=1_164),
    emergencies=Emergencies(drill_minutes=14.6),
    appraising=Appraising(rewarded=0, branch_awards=0),
    workforce=Workforce(
        full_time=88, part_time=20, auxiliary=640, community_workers=72, stationed_compounds=9, trainings=60
    ),
    publishes=frozenset(
        {
            "appraisals",
            "awards",
            "deliberations",
            "drills",
            "facilities",
            "funding_lines",
            "grid_workers",
            "notices",
            "rectifications",
            "renovations",
            "report_claims",
            "report_ins",
            "resident_point_months",
            "resource_shares",
            "service_activities",
            "service_orders",
            "teams",
            "trainings",
            "units",
            "visit_months",
        }
    ),
    draw=2,
)
