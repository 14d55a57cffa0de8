"""The published figures that sample city A reproduces exactly at scale 1, and how they shrink below it."""

DISTRICTS = 10
SUBDISTRICTS, COMMUNITIES, GRIDS = 98, 900, 9_000  # plausible: no report states them
MICRO_GRIDS = 37_000

COMPOUND_TYPES = ("residential", "transitional", "old", "work_unit")
COMPOUNDS_BY_TYPE = (1_617, 310, 2_912, 904)  # 5,743 in all
PILOTS = 1_217
COVERED_BY_PROPERTY = 5_456  # 95% of all
WITH_OWNERS_BODY = 4_882  # 85% of all, every eligible one
OWNERS_BODY_RULES = 7

BRANCHES, BUILDING_GROUPS = 1_867, 4_480
WORKERS_HOUSING_BRANCHES = 49
MEMBERS, RETIRED_MEMBERS = 180_000, 132_000
REPORTED_IN_MEMBERS = 123_000  # counted where they live, never to be added to the register

MICRO_STATIONS, STATIONS_IN_ONE_SUBDISTRICT = 2_340, 79
PILOT_VENUE_MEAN_AREA = 36.1
CANTEENS, HELP_POINTS = 312, 1_378

VENUE_SUPPORT, COMPOUND_FUNDS, SECRETARY_ALLOWANCE, SPECIAL_FUND = (
    100_000,
    6_000,
    500,
    5_000_000,
)  # district A
BRANCH_FUNDS, PHONE_ALLOWANCE = 5_000, 500  # district B

# What grows without limit above scale 1.
ISSUES, MEMBER_EVENTS, SERVICE_ORDERS = 1_020_000, 3_050_000, 150_000


def scaled(figure: int, scale: float, least: int = 2) -> int:
    """A figure of things that do not grow above scale 1: in proportion below it, never under `least`."""
    return figure if scale >= 1 else max(least, round(figure * scale))
