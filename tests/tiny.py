"""A complete place small enough to work out by hand: two districts, six compounds, six branches.

    city 990100000000 (x 110.0-110.4, y 30.0-30.2)
      district 990101000000 (west half), subdistrict 990101001000
        community 990101001001 (x 110.0-110.1): compounds C1 residential 100 households, C2 old 200
        community 990101001002 (x 110.1-110.2): compounds C3 old 300, C4 transitional 150
      district 990102000000 (east half), subdistrict 990102001000
        community 990102001001 (x 110.2-110.4): compounds C5 work_unit 250, C6 residential 400

Each community is one grid (…001) of a lower micro-grid (…00101, the first compound) and an upper one
(…00102, the second). Branches: B1-C1, B2-C2, B3-C3 and C4 (joint), B4-C5, B5-C5; B6 has no compound, so C6
has no branch. Members: B1 M01-M10, B2 M11-M18, B3 M19-M28, B4 M29-M34, B5 M35-M38, B6 M39-M40.

Issues: two per compound and month, August to December 2024 (60):
  the first is reported on the 5th, responded to in 10 minutes, due on the 7th, closed on the 6th, satisfied;
  the second is reported on the 20th, responded to in 30 minutes, due on the 22nd, closed on the 24th in C1-C4
  and never in C5 and C6. The second of C6 in December is void.
So 59 are due (not void), 50 of them closed and 30 on time; 30 of 60 were responded to within 20 minutes.
"""

import csv
import shutil
from datetime import date, datetime
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent
PLACE = "tiny"
AS_OF = date(2024, 12, 31)
CITY, WEST, EAST = "990100000000", "990101000000", "990102000000"
COMMUNITIES = ("990101001001", "990101001002", "990102001001")
SPANS = ((110.0, 110.1), (110.1, 110.2), (110.2, 110.4))
COMPOUNDS = {
    "C1": (0, "residential", 100),
    "C2": (0, "old", 200),
    "C3": (1, "old", 300),
    "C4": (1, "transitional", 150),
    "C5": (2, "work_unit", 250),
    "C6": (2, "residential", 400),
}
BRANCHES = {"B1": (0, 1, 10), "B2": (0, 11, 18), "B3": (1, 19, 28), "B4": (2, 29, 34), "B5": (2, 35, 38), "B6": (2, 39, 40)}
LINKS = (("B1", "C1"), ("B2", "C2"), ("B3", "C3"), ("B3", "C4"), ("B4", "C5"), ("B5", "C5"))
HELD = {"B1": 12, "B2": 11, "B3": 10, "B4": 9, "B5": 8}
QUARTERS = [date(year, month, 1) for year in (2022, 2023, 2024) for month in (1, 4, 7, 10)]
MONTHS = (8, 9, 10, 11, 12)


def box(left: float, bottom: float, right: float, top: float) -> str:
    """A rectangle as WKT."""
    return f"POLYGON (({left} {bottom}, {right} {bottom}, {right} {top}, {left} {top}, {left} {bottom}))"


def grid(community: int) -> str:
    """Code of a community's grid."""
    return COMMUNITIES[community] + "001"


def micro_grid(compound: str) -> str:
    """Code of the micro-grid in which a compound lies."""
    return grid(COMPOUNDS[compound][0]) + ("01" if compound in ("C1", "C3", "C5") else "02")


def member(number: int) -> str:
    """Pseudonym of member `number`."""
    return f"M{number:02d}"


# Figure, value in the report, hedge; the data have 6 compounds, 6 micro-grids and 4 funding lines of 1,000 yuan.
REPORT_CLAIMS = (
    ("compounds", 6.0, None),
    ("micro_grids", 5.0, None),
    ("rate/district/党组织工作经费", 1000.0, "余"),
    ("rate/district/党组织工作经费", 900.0, "多"),
    ("rate/district/党组织工作经费", 1400.0, "约"),
    (None, 6.0, None),
)


# Kind, post, source, community, compound whose micro-grid it is (None: the whole grid), stationed in, from, until.
# At the end of 2024 the west has 3 grid workers for 4 micro-grids, the east 2 for 2; part-time ones are in the east alone.
WORKERS = (
    ("full_time", "网格长", "公开招聘", 0, None, None, date(2022, 1, 1), None),
    ("full_time", "网格专管员", "辅助网格员转任", 0, "C1", None, date(2024, 11, 1), None),
    ("auxiliary", "微网格长", "居民党员", 1, "C3", None, date(2023, 1, 1), None),
    ("part_time", "微网格长", "驻区单位人员", 2, "C5", None, date(2022, 6, 1), None),
    ("auxiliary", None, None, 2, "C6", None, None, None),
    ("auxiliary", "微网格长", "居民党员", 0, "C1", None, date(2022, 1, 1), date(2024, 10, 31)),
    ("community_worker", "驻小区社工", "公开招聘", 1, None, "C4", date(2023, 5, 1), None),
    ("full_time", "网格专管员", "公开招聘", 0, None, None, date(2022, 1, 1), date(2024, 12, 10)),
    ("community_worker", "驻小区社工", "专职网格员转任", 0, None, "C1", date(2024, 12, 11), None),
)
MOVES = (
    ("GW6", 0, "auxiliary", "auxiliary_to_full_time", date(2024, 10, 31)),
    ("GW8", 0, None, "full_time_to_community_worker", date(2024, 12, 10)),
    ("GW3", 1, "auxiliary", "elected_to_committees", date(2024, 8, 5)),
    ("GW7", 1, "community_worker", "township_leadership", date(2023, 11, 5)),
)
TRAININGS = (
    ("实训基地跟训", "专职网格员", COMMUNITIES[0], date(2024, 10, 20), 30, 8.0),
    ("实训基地跟训", "专职网格员", COMMUNITIES[2], date(2024, 11, 12), None, 4.0),
    ("心理疏导", "社区工作者", "990101001000", date(2024, 7, 9), 12, 2.0),
)


def tables() -> dict[str, list[dict]]:
    """Rows of all extracts, made afresh, so that a test may spoil them."""
    return {
        "regions": _regions(),
        "compounds": [_compound(code) for code in COMPOUNDS],
        "grids": _grids(),
        "compound_grids": [
            {"compound_id": c, "grid_code": micro_grid(c), "overlap_share": 1.0, "fit_case": "matched", "is_aligned": True}
            for c in COMPOUNDS
        ],
        "party_orgs": _orgs(),
        "org_compounds": [{"org_id": branch, "compound_id": compound} for branch, compound in LINKS],
        "members": [_member(n) for n in range(1, 41)],
        "branch_assessments": _assessments(),
        "branch_vetoes": [
            {"org_id": "B4", "quarter": date(2024, 7, 1), "veto_code": "falsified_funds", "decided_date": date(2024, 9, 20)}
        ],
        "member_events": _events(),
        "issues": [_issue(c, month, which) for c in COMPOUNDS for month in MONTHS for which in (1, 2)],
        **_optional(),
        **_emergencies(),
        **_appraised(),
    }


def _regions() -> list[dict]:
    rows = [
        (CITY, "city", "试点市", "Trial City", None, box(110.0, 30.0, 110.4, 30.2)),
        (WEST, "district", "西区", "West District", CITY, box(110.0, 30.0, 110.2, 30.2)),
        (EAST, "district", "东区", "East District", CITY, box(110.2, 30.0, 110.4, 30.2)),
        ("990101001000", "subdistrict", "西街道", "West Street", WEST, box(110.0, 30.0, 110.2, 30.2)),
        ("990102001000", "subdistrict", "东街道", "East Street", EAST, box(110.2, 30.0, 110.4, 30.2)),
    ]
    for number, (code, (left, right)) in enumerate(zip(COMMUNITIES, SPANS, strict=True), start=1):
        shape = box(left, 30.0, right, 30.2)
        rows.append((code, "community", f"第{number}社区", f"Community {number}", code[:9] + "000", shape))
    names = ("region_code", "level", "name", "name_en", "parent_code", "geometry")
    return [{**dict(zip(names, row, strict=True)), "urban_rural_code": "111"} for row in rows]


def _compound(code: str) -> dict:
    community, kind, households = COMPOUNDS[code]
    left = SPANS[community][0]
    bottom = 30.02 if micro_grid(code).endswith("01") else 30.12
    return {
        "compound_id": code,
        "name": f"小区{code[1]}",
        "name_en": f"Compound {code[1]}",
        "community_code": COMMUNITIES[community],
        "compound_type": kind,
        "built_year": 1990 + int(code[1]),
        "reform_year": 2020 if kind == "old" else None,
        "households": households,
        "residents": households * 3,
        "building_count": 4,
        "floor_area_m2": households * 90.0,
        "site_area_m2": households * 60.0,
        "property_mode": "none" if code == "C4" else "market",
        "owners_body": "owners_committee" if code in ("C1", "C2", "C3") else "none",
        "is_owners_body_eligible": code != "C4",
        "has_owners_body_party_org": code == "C1",
        "owners_body_rule_count": 3 if code == "C1" else 0,
        "is_pilot": code in ("C1", "C5"),
        "is_demonstration": code == "C1",
        "is_hard_case": code == "C4",
        "is_unmanaged": code == "C4",
        "longitude": round(left + 0.03, 6),
        "latitude": round(bottom + 0.03, 6),
        "geometry": box(round(left + 0.01, 6), bottom, round(left + 0.05, 6), round(bottom + 0.06, 6)),
    }


def _grids() -> list[dict]:
    rows = []
    for number, code in enumerate(COMMUNITIES):
        left, right = SPANS[number]
        homes = sum(households for at, _, households in COMPOUNDS.values() if at == number)
        rows.append(_grid(grid(number), "grid", code, None, homes, box(left, 30.0, right, 30.2)))
        for compound, (at, _, households) in COMPOUNDS.items():
            if at == number:
                lower = micro_grid(compound).endswith("01")
                shape = box(left, 30.0 if lower else 30.1, right, 30.1 if lower else 30.2)
                rows.append(_grid(micro_grid(compound), "micro_grid", code, grid(number), households, shape))
    return rows


def _grid(code: str, level: str, community: str, parent: str | None, households: int, shape: str) -> dict:
    return {
        "grid_code": code,
        "level": level,
        "kind": "basic",
        "community_code": community,
        "parent_grid_code": parent,
        "households": households,
        "residents": households * 3,
        "has_emergency_plan": {grid(1): False, micro_grid("C6"): None}.get(code, True),
        "geometry": shape,
    }


def _orgs() -> list[dict]:
    rows = [_org("W1", "work_committee", None, CITY)]
    rows += [_org(f"K{n}", "community_committee", "W1", code) for n, code in enumerate(COMMUNITIES, start=1)]
    for branch, (community, first, last) in BRANCHES.items():
        region = COMMUNITIES[community]
        rows.append(_org(branch, "branch", f"K{community + 1}", region, last - first + 1))
        rows.append(_org(f"G{branch[1]}", "building_group", branch, region))
    return rows


def _org(code: str, kind: str, parent: str | None, region: str, members: int | None = None) -> dict:
    return {
        "org_id": code,
        "name": f"党组织{code}",
        "name_en": f"Organisation {code}",
        "org_type": kind,
        "parent_org_id": parent,
        "region_code": region,
        "setup_mode": {"B3": "joint"}.get(code, "single") if kind == "branch" else None,
        "embed_mode": None,
        "is_temporary": False,
        "founded_date": date(2021, 7, 1),
        "elected_date": date(2023, 7, 1),
        "secretary_channel": "cadre" if kind == "branch" else None,
        "full_member_count": members,
        "probationary_member_count": 0 if members is not None else None,
    }


def _member(number: int) -> dict:
    branch = next(code for code, (_, first, last) in BRANCHES.items() if first <= number <= last)
    return {
        "member_id": member(number),
        "masked_name": ("张**", "李*", "王**", "赵*")[number % 4],
        "org_id": branch,
        "group_org_id": f"G{branch[1]}",
        "category": ("resident_managed", "floating", "in_service", "retired")[number % 4],
        "age_band": "35-60",
        "joined_year": 1990 + number % 30,
        "unit_id": None,
        "home_community_code": COMMUNITIES[BRANCHES[branch][0]],
        "is_exempt": number in (10, 18),
        "exempt_reason": {10: "aged", 18: "ill"}.get(number),
        "emergency_post": "物资保障" if number <= 6 else "秩序维护" if number in (11, 29, 30) else None,
    }


def _assessments() -> list[dict]:
    """A1 `HELD` of 12, A3 all 20 of 20, E2 1 of 1; B5 reports no E2 from the third quarter of 2024."""
    rows = []
    for branch, held in HELD.items():
        for quarter in QUARTERS:
            items = {"A1": (held, 12), "A3": (20, 20), "E2": (1, 1)}
            if branch == "B5" and quarter >= date(2024, 7, 1):
                del items["E2"]
            for item, (numerator, denominator) in items.items():
                rows.append(
                    {"org_id": branch, "quarter": quarter, "item_code": item}
                    | {"numerator": float(numerator), "denominator": float(denominator)}
                )
    return rows


def _events() -> list[dict]:
    """October to December 2024: M01-M20 R1 +3 a month, M01-M05 also G4 +5 with 2 hours a month.

    M06's bonus G1 +5 of October is taken back in November; M07's G1 +5 of October was never verified.
    """
    rows = []

    def add(number: int, day: date, item: str, points: float, **more: object) -> str:
        code = f"E{len(rows) + 1:04d}"
        row = {"event_id": code, "member_id": member(number), "occurred_date": day, "item_code": item}
        row |= {"points": points, "hours": None, "is_verified": True, "origin": "branch", "reverses_event_id": None}
        rows.append(row | more)
        return code

    for month in (10, 11, 12):
        for number in range(1, 21):
            add(number, date(2024, month, 10), "R1", 3.0)
        for number in range(1, 6):
            add(number, date(2024, month, 15), "G4", 5.0, hours=2.0)
    taken_back = add(6, date(2024, 10, 16), "G1", 5.0)
    add(6, date(2024, 11, 16), "G1", -5.0, reverses_event_id=taken_back)
    add(7, date(2024, 10, 16), "G1", 5.0, is_verified=False)
    return rows


def _issue(compound: str, month: int, which: int) -> dict:
    first, day = which == 1, 5 if which == 1 else 20
    is_open = not first and compound in ("C5", "C6")
    is_void = is_open and compound == "C6" and month == 12
    closed = datetime(2024, month, 6, 10) if first else datetime(2024, month, 24, 9)
    reached = first or compound in ("C1", "C2")
    return {
        "issue_id": f"{compound}-{month:02d}-{which}",
        "channel": "hotline",
        "category": "市容环境",
        "subcategory": None,
        "family": "environment" if first else "property",
        "tier": "small" if first else "large",
        "phase": "after",
        "compound_id": compound,
        "grid_code": micro_grid(compound),
        "reported_at": datetime(2024, month, day, 9),
        "accepted_at": datetime(2024, month, day, 9, 5),
        "registered_at": datetime(2024, month, day, 9, 6),
        "dispatched_at": datetime(2024, month, day, 9, 8),
        "first_response_at": datetime(2024, month, day, 9, 10 if first else 30),
        "replied_at": datetime(2024, month, day, 9, 40),
        "handled_at": datetime(2024, month, day, 18),
        "checked_at": None if is_open else datetime(2024, month, day + 1, 9),
        "closed_at": None if is_open else closed,
        "due_at": datetime(2024, month, day + 2, 9),
        "promise_code": "resolve",
        "status": "void" if is_void else "handled" if is_open else "closed",
        "owner_unit": "物业服务企业",
        "resolved_level": None if is_open else "compound" if compound in ("C1", "C3", "C5") else "community",
        "rework_count": 1 if not first and compound == "C2" else 0,
        "is_extended": not first and compound == "C3",
        "revisit_result": None if is_open else "reached" if reached else "unreachable",
        "satisfaction": ("satisfied" if first else "dissatisfied") if reached and not is_open else None,
    }


def _optional() -> dict[str, list[dict]]:
    community = {code: COMMUNITIES[at] for code, (at, _, _) in COMPOUNDS.items()}
    return {
        **_joint_work(),
        "service_orders": [
            {
                "order_id": f"O{c[1]}",
                "kind": "micro_wish" if c in ("C1", "C2") else "order",
                "target_group": "独居老人" if c in ("C1", "C2") else None,
                "service_type": "家电维修",
                "package": "居家康养包" if c == "C1" else None,
                "provider": "晨晖养老服务社" if c == "C1" else None,
                "community_code": community[c],
                "compound_id": c,
                "ordered_at": datetime(2024, 11, 4, 9),
                "assigned_at": datetime(2024, 11, 4, 10),
                "accepted_at": datetime(2024, 11, 4, 11),
                "completed_at": None if c == "C6" else datetime(2024, 11, 6, 9),
                "rating": None if c == "C6" else 5,
            }
            for c in COMPOUNDS
        ],
        "report_ins": [
            {
                "report_in_id": f"R{n}",
                "party": "member",
                "unit_id": None,
                "member_id": member(n),
                "community_code": COMMUNITIES[0 if n <= 2 else 1 if n <= 4 else 2],
                "grid_code": grid(0 if n <= 2 else 1 if n <= 4 else 2),
                "reported_date": date(2024, 10, 10),
                "mode": "routine",
                "hours": 2.0 if n % 2 else 0.0,
            }
            for n in range(1, 7)
        ]
        + _unit_report_ins(),
        "facilities": [
            {
                "facility_id": f"F{number}",
                "kind": kind,
                "level": "community",
                "build_mode": "new",
                "community_code": COMMUNITIES[at],
                "compound_id": compound,
                "area_m2": area,
                "opened_date": date(2022, 1, 1),
                "functions": None if area is None else "居民议事",
                "unified_item_count": 6,
                "deliberation_item_count": 4,
            }
            for number, (kind, at, compound, area) in enumerate(
                (
                    ("service_centre", 0, None, 320.0),
                    ("service_centre", 1, None, 100.0),
                    ("micro_station", 0, "C1", 40.0),
                    ("micro_station", 2, "C5", 20.0),
                    ("canteen", 0, None, None),
                    ("help_point", 0, None, None),
                    ("help_point", 2, None, None),
                ),
                start=1,
            )
        ],
        "deliberations": [
            {
                "topic_id": f"T{c[1]}",
                "held_date": date(2024, 10, 14),
                "kind": "regular",
                "channel": None,
                "community_code": community[c],
                "compound_id": c,
                "topic": "property_matters",
                "steps_reached": 6 if c in ("C1", "C3") else 4,
                "decision_steps_reached": 4 if c in ("C1", "C3") else 2,
                "attendee_count": 20,
                "is_pre_reviewed": True,
                "is_resolved": c in ("C1", "C3"),
                "published_date": date(2024, 10, 20) if c in ("C1", "C3") else None,
                "is_followed_up": c in ("C1", "C3"),
                "major_matter": None,
            }
            for c in COMPOUNDS
        ],
        "visit_months": [
            {
                "grid_code": micro_grid(c),
                "month": date(2024, month, 1),
                "households_visited": households // 5,
                "matters_found": 1,
            }
            for c, (_, _, households) in COMPOUNDS.items()
            for month in (10, 11, 12)
        ],
        "notices": [
            {
                "notice_id": f"N{number}",
                "kind": "quarterly",
                "subject_kind": kind,
                "subject_id": subject,
                "due_date": date(2024, 10, 15),
                "published_date": date(2024, 10, 15) if number % 2 else date(2024, 10, 18),
                "channel": "board",
            }
            for number, (kind, subject) in enumerate(
                (("branch", "B1"), ("branch", "B2"), ("compound", "C3"), ("compound", "C5"), ("community", COMMUNITIES[2])),
                start=1,
            )
        ],
        "funding_lines": [
            {
                "line_id": f"L{number}",
                "year": 2024,
                "item": "党组织工作经费",
                "payer_level": "district",
                "payee_kind": "branch",
                "payee_id": branch,
                "region_code": COMMUNITIES[BRANCHES[branch][0]],
                "unit_basis": "per_branch",
                "pay_period": "year",
                "rate_yuan": 1000.0,
                "quantity": 1.0,
                "budget_yuan": 1000.0,
                "spent_yuan": 1200.0 if branch == "B2" else 800.0,
                "is_published": branch != "B4",
            }
            for number, branch in enumerate(("B1", "B2", "B3", "B4"), start=1)
        ],
        "property_firms": [
            {
                "firm_id": f"P{number}",
                "name": f"物业企业{number}",
                "name_en": f"Property firm {number}",
                "region_code": region,
                "has_party_org": has_org,
                "party_org_mode": mode,
                "has_adviser": mode == "adviser",
            }
            for number, (region, has_org, mode) in enumerate(
                ((WEST, True, "alone"), (EAST, False, "adviser"), (WEST, None, None)), start=1
            )
        ],
        "property_months": [_property_month(c, month) for c in COMPOUNDS for month in MONTHS],
        "cross_posts": [
            {
                "post_id": f"X{number}",
                "from_side": from_side,
                "to_side": to_side,
                "community_code": COMMUNITIES[at],
                "compound_id": compound,
                "started_date": started,
                "ended_date": ended,
            }
            for number, (from_side, to_side, at, compound, started, ended) in enumerate(
                (
                    ("community_committee", "owners_body", 0, "C1", date(2023, 1, 10), None),
                    ("community_committee", "owners_body", 1, "C3", date(2024, 11, 15), None),
                    ("owners_body", "community_committee", 0, "C1", date(2022, 3, 1), None),
                    ("property", "community_committee", 2, "C5", None, None),
                    ("property", "branch_committee", 0, "C2", date(2022, 3, 1), date(2024, 10, 31)),
                    ("grid", "branch_committee", 2, None, date(2024, 1, 8), None),
                ),
                start=1,
            )
        ],
        **_services(),
        "grid_workers": [_worker(*row) for row in WORKERS],
        "worker_moves": [
            {"move_id": f"V{n}", "worker_id": worker, "community_code": COMMUNITIES[at], "from_kind": before}
            | {"move_type": move, "moved_date": day}
            for n, (worker, at, before, move, day) in enumerate(MOVES, start=1)
        ],
        "trainings": [
            {"training_id": f"X{n}", "kind": kind, "audience": audience, "region_code": region}
            | {"held_date": day, "person_times": person_times, "hours": hours}
            for n, (kind, audience, region, day, person_times, hours) in enumerate(TRAININGS, start=1)
        ],
        "report_claims": [
            {
                "claim_id": f"R{number}",
                "region_code": CITY,
                "subject": f"数据{number}",
                "subject_en": f"Figure {number}",
                "claimed_value": value,
                "unit": "个",
                "unit_en": "units",
                "is_approximate": hedge is not None,
                "hedge": hedge,
                "figure": figure,
                "note": None,
                "note_en": None,
            }
            for number, (figure, value, hedge) in enumerate(REPORT_CLAIMS, start=1)
        ],
        "buildings": [
            {"building_id": f"H{n}", "community_code": COMMUNITIES[at], "compound_id": c, "kind": kind, "entrance_count": 2}
            for n, (at, c, kind) in enumerate(
                (
                    (0, "C1", "residential"),
                    (0, "C1", "residential"),
                    (0, "C2", "residential"),
                    (2, "C5", "residential"),
                    (2, "C5", "commercial"),
                    (2, None, "commercial"),
                ),
                start=1,
            )
        ],
        "renovations": _renovations(),
        "issue_events": _issue_events(),
        "tasks": _tasks(),
        "rectifications": [
            {
                "rectification_id": f"Z{number}",
                "org_id": branch,
                "kind": "discipline",
                "found_date": date(2024, 10, 8),
                "due_date": date(2024, 11, 8),
                "closed_date": closed,
                "result": None,
                "rectification_kind": kind,
                "step_count": steps,
                "steps_done": done,
            }
            for number, (branch, closed, kind, steps, done) in enumerate(
                (
                    ("B1", date(2024, 11, 1), None, None, None),
                    ("B2", date(2024, 11, 20), "finding", None, None),
                    ("B3", None, "finding", None, None),
                    ("B5", None, "weak_branch", 5, 3),
                    ("B2", date(2024, 11, 5), "weak_branch", 4, 4),
                    ("K3", None, "below_standard", 3, 1),
                ),
                start=1,
            )
        ],
        "member_reviews": [
            {"member_id": member(n), "year": 2024, "grade": "excellent" if n <= 8 else "qualified"} for n in range(1, 41)
        ],
        "redemptions": [
            {"redemption_id": "D1", "member_id": "M01", "redeemed_date": date(2024, 12, 5), "points": 6.0, "reward_kind": "goods"},
            {"redemption_id": "D2", "member_id": "M02", "redeemed_date": date(2024, 12, 5), "points": 4.0, "reward_kind": "goods"},
        ],
    }


def _property_month(compound: str, month: int) -> dict:
    """C3 has service from October on, C4 had it until August; C6 reports no fees in December, C5 no complaints in October."""
    is_covered = month == 8 if compound == "C4" else compound != "C3" or month >= 10
    fees = {"C1": 0.9, "C2": 0.8, "C3": 0.7, "C4": 0.4, "C5": 0.6, "C6": 0.5}[compound]
    complaints = {"C1": 1, "C2": 2, "C3": 3, "C4": 1, "C5": 0, "C6": 4}[compound]
    return {
        "compound_id": compound,
        "month": date(2024, month, 1),
        "is_covered": is_covered,
        "mode": ("self_managed" if compound == "C4" else "market") if is_covered else "none",
        "firm_id": ("P1" if compound in ("C1", "C2", "C3") else "P2") if is_covered and compound != "C4" else None,
        "fee_collection_rate": None if not is_covered or (compound, month) == ("C6", 12) else fees,
        "complaint_count": None if not is_covered or (compound, month) == ("C5", 10) else complaints,
    }


def _emergencies() -> dict[str, list[dict]]:
    """Community 3 never drills; nobody reports how many volunteers community 2 called."""

    def rows(key: str, names: str, values: list[tuple]) -> list[dict]:
        columns = names.split()
        return [
            {key: f"{key[0].upper()}{number}", **dict(zip(columns, row, strict=True))}
            for number, row in enumerate(values, start=1)
        ]

    first, second, third = COMMUNITIES
    return {
        "drills": rows("drill_id", "community_code occurred_date kind partners duration_minutes headcount outcome", [
            (first, date(2024, 11, 5), "消防疏散", "消防、医疗", 15.0, 60, "met"),
            (first, date(2024, 3, 12), "地震避险", None, 30.0, 40, "partly_met"),
            (second, date(2023, 10, 10), "消防疏散", None, 25.0, None, "not_met"),
            (second, date(2024, 12, 2), "公共卫生", "医疗", None, 20, "met"),
        ]),
        "mobilisations": rows("mobilisation_id", "community_code occurred_date occasion kind headcount", [
            (first, date(2024, 7, 20), "防汛抢险", "in_service", 30),
            (second, date(2024, 7, 20), "防汛抢险", "in_service", 25),
            (third, date(2024, 7, 20), "防汛抢险", "in_service", 3),
            (first, date(2024, 7, 20), "防汛抢险", "returned", 8),
            (second, date(2024, 7, 20), "防汛抢险", "volunteer", None),
        ]),
        "safety_events": rows(
            "safety_event_id", "community_code compound_id occurred_date kind found_by outcome closed_date", [
            (first, "C1", date(2024, 10, 8), "property_damage", "patrol", "resolved", date(2024, 10, 12)),
            (first, "C2", date(2024, 10, 9), "property_damage", "resident", "handed_over", None),
            (third, "C5", date(2024, 11, 2), "neighbour_dispute", "resident", "resolved", date(2024, 11, 4)),
            (third, "C5", date(2024, 12, 3), "hazard", "patrol", "open", None),
            (second, None, date(2024, 12, 4), "hazard", "grid_worker", "resolved", date(2024, 12, 9)),
            (first, "C1", date(2024, 8, 1), "hazard", None, None, None),
        ]),
    }  # fmt: skip


def _appraised() -> dict[str, list[dict]]:
    """Awards and inspections; B5 is a weak branch, community 3 is helped."""

    def inspection(number: int, org: str | None, community: int, kind: str, findings: int | None) -> dict:
        return {
            "inspection_id": f"V{number}",
            "org_id": org,
            "community_code": COMMUNITIES[community],
            "unit_id": None,
            "kind": kind,
            "found_date": date(2024, 10, 10 + number),
            "finding_count": findings,
            "due_date": date(2024, 11, 20) if findings else None,
            "closed_date": date(2024, 11, 15) if findings == 1 else None,
            "is_recorded": findings is not None,
            "is_in_appraisal": kind == "two_random",
            "result": "rectify" if findings else "passed",
        }

    def award(number: int, kind: str, subject: str, name: str, place: int | None, amount: float | None) -> dict:
        row = {"award_id": f"A{number}", "subject_kind": kind, "subject_id": subject, "year": 2024}
        return row | {"award": name, "place": place, "amount_yuan": amount}

    return {
        "awards": [
            award(1, "community", COMMUNITIES[0], "年度优秀社区", 1, 100_000.0),
            award(2, "community", COMMUNITIES[2], "年度优秀社区", 2, 100_000.0),
            award(3, "community", COMMUNITIES[1], "创新奖", None, 20_000.0),
            award(4, "branch", "B4", "先进党支部", None, None),
        ],
        "inspections": [
            inspection(1, "B1", 0, "two_random", 0),
            inspection(2, None, 1, "two_random", 2),
            inspection(3, None, 0, "routine", 1),
            inspection(4, None, 2, "routine", None),
        ],
    }


def _services() -> dict[str, list[dict]]:
    """Teams, activities, help points F6 and F7, canteen F5, residents' points and checks; some say nothing."""

    def rows(names: str, *values: tuple) -> list[dict]:
        return [dict(zip(names.split(), row, strict=True)) for row in values]

    first, second, third = COMMUNITIES
    october, november, december = (date(2024, month, 1) for month in (10, 11, 12))
    return {
        "teams": rows(
            "team_id kind colour role community_code compound_id headcount",
            ("T1", "volunteer", "blue", "法律服务", first, None, 10),
            ("T2", "volunteer", "red", "扶老助残", first, None, 12),
            ("T3", "volunteer", "red", "扶老助残", third, None, None),
            ("T4", "mutual_help", None, "楼栋互助", first, "C2", 6),
            ("T5", "emergency", None, "应急抢险", second, None, 20),
            ("T6", "patrol", None, "治安巡逻", third, None, 3),
            ("T7", "compound_service", None, "小区服务", third, "C5", 4),
        ),
        "service_activities": rows(
            "activity_id kind colour community_code compound_id held_date participant_count person_times "
            "outcome_kind outcome_count",
            ("V1", "志愿服务", "red", first, "C1", date(2024, 11, 5), 10, 30, None, None),
            ("V2", "志愿服务", "red", first, None, date(2024, 11, 12), 20, None, None, None),
            ("V3", "环境整治", None, third, "C5", date(2024, 11, 8), 15, 15, "清运垃圾（车）", 4.0),
            ("V4", "文体活动", None, second, "C3", date(2024, 10, 1), None, 80, None, None),
        ),
        "help_point_months": rows(
            "facility_id month matter_count person_times",
            ("F6", october, 5, 10),
            ("F6", november, 6, 14),
            ("F6", december, 4, 8),
            ("F7", october, 0, 0),
            ("F7", november, None, None),
            ("F7", december, 3, 5),
        ),
        "canteen_months": rows(
            "facility_id month covered_people person_times",
            ("F5", october, 100, 310),
            ("F5", november, 110, 600),
            ("F5", december, 120, 930),
        ),
        "resident_point_months": rows(
            "community_code month participants points_earned points_redeemed",
            (first, november, 20, 200.0, 50.0),
            (first, december, 25, 300.0, 400.0),
            (third, december, 3, 30.0, 0.0),
        ),
        "service_checks": rows(
            "check_id item community_code compound_id checked_date is_met",
            ("H1", "refuse", first, "C1", date(2024, 11, 10), True),
            ("H2", "parking", first, "C1", date(2024, 11, 10), False),
            ("H3", "culture", first, "C1", date(2024, 11, 10), True),
            ("H4", "refuse", third, "C5", date(2024, 11, 12), True),
            ("H5", "parking", third, "C5", date(2024, 11, 12), None),
        ),
    }


def _renovations() -> list[dict]:
    """C2 and C3 finished in 2024, another of C3 goes on, C1 of 2022; C3's first leaves the money of society open."""
    names = ("compound_id", "class", "item", "government_yuan", "social_yuan", "resident_yuan", "started_date")
    names += ("finished_date", "is_road_accepted", "is_wall_accepted", "is_light_accepted")
    rows = (
        ("C2", "basic", "屋面防水", 80_000, 15_000, 5_000, date(2024, 3, 1), date(2024, 9, 30), True, True, True),
        ("C3", "basic", "屋面防水", 100_000, None, 20_000, date(2023, 5, 6), date(2024, 10, 31), True, False, None),
        ("C3", "improving", "加装电梯", 0, 60_000, 140_000, date(2024, 10, 8), None, None, None, None),
        ("C1", "upgrading", "充电设施", 30_000, 0, 0, date(2022, 2, 7), date(2022, 12, 9), True, True, True),
    )
    return [{"renovation_id": f"V{n}"} | dict(zip(names, row, strict=True)) for n, row in enumerate(rows, start=1)]


def _issue_events() -> list[dict]:
    """Every first issue of C2 and C6 goes to the community after an hour; C2's of December on to the subdistrict."""
    steps = [(c, month, 1, "compound", "community") for c in ("C2", "C6") for month in MONTHS]
    steps.append(("C2", 12, 2, "community", "subdistrict"))
    return [
        {
            "issue_id": f"{compound}-{month:02d}-1",
            "sequence": sequence,
            "community_code": COMMUNITIES[COMPOUNDS[compound][0]],
            "compound_id": compound,
            "occurred_at": datetime(2024, month, 5, 9 + sequence),
            "held_hours": float(sequence),
            "from_state": "dispatched",
            "to_state": "dispatched",
            "from_level": before,
            "to_level": after,
        }
        for compound, month, sequence, before, after in steps
    ]


def _tasks() -> list[dict]:
    """November 2024: one of the community, two of the subdistrict, three of departments, of which one is refused."""
    names = ("task_origin", "phase", "is_listed", "is_admitted", "completed_date", "plan_item_count")
    rows = (
        ("community", "before", None, None, date(2024, 11, 20), 4),
        ("subdistrict", "before", True, True, date(2024, 11, 20), 4),
        ("subdistrict", "during", True, True, date(2024, 12, 5), 2),
        ("department", "during", True, True, date(2024, 11, 29), 4),
        ("department", "after", False, False, None, None),
        ("department", "after", False, True, None, 1),
    )
    dates = {"assigned_date": date(2024, 11, 4), "due_date": date(2024, 11, 30)}
    return [
        {"task_id": f"TK{n}", "community_code": COMMUNITIES[n % 3]} | dict(zip(names, row, strict=True)) | dates
        for n, row in enumerate(rows, start=1)
    ]


def _unit_report_ins() -> list[dict]:
    """U1 in October (six hours) and, in an emergency, November (four); U3 in December without hours."""
    rows = (("R7", "U1", 0, 10, "routine", 6.0), ("R8", "U1", 1, 11, "emergency", 4.0), ("R9", "U3", 2, 12, "routine", None))
    return [
        {
            "report_in_id": code,
            "party": "unit",
            "unit_id": unit,
            "member_id": None,
            "community_code": COMMUNITIES[at],
            "grid_code": grid(at),
            "reported_date": date(2024, month, 15),
            "mode": mode,
            "hours": hours,
        }
        for code, unit, at, month, mode, hours in rows
    ]


def _joint_work() -> dict[str, list[dict]]:
    """Three units (none in the second community), four posts claimed, what both sides say of each other, resources."""
    unit = ("unit_id", "name", "name_en", "unit_type", "level", "region_code", "joint_committee_community_code")
    claim = ("claim_id", "member_id", "post_type", "community_code", "claimed_date", "completed_date", "evidence_count", "rating")
    share = ("share_id", "unit_id", "community_code", "kind", "offered_date", "used_times")
    first, second, third = COMMUNITIES
    return {
        "units": [
            dict(zip(unit, row, strict=True))
            for row in (
                ("U1", "单位1", "Unit 1", "agency", "city", CITY, first),
                ("U2", "单位2", "Unit 2", "private_firm", "district", WEST, first),
                ("U3", "单位3", "Unit 3", "social_organisation", None, EAST, third),
            )
        ],
        "post_claims": [
            dict(zip(claim, row, strict=True))
            for row in (
                ("P1", "M01", "政策宣传岗", first, date(2024, 10, 12), date(2024, 10, 20), 2, 5),
                ("P2", "M02", "治安巡逻岗", first, date(2024, 10, 15), date(2024, 11, 1), 1, 4),
                ("P3", "M03", "政策宣传岗", second, date(2024, 11, 5), None, 0, None),
                ("P4", "M29", "政策宣传岗", third, date(2024, 11, 8), date(2024, 11, 20), None, 3),
            )
        ],
        "appraisals": [
            _appraisal("unit", unit_id, 10, dimension, "community", score)
            for unit_id, scores in (("U1", (90.0, 80.0)), ("U3", (50.0, 70.0)))
            for dimension, score in zip(("service_quality", "participation"), scores, strict=True)
        ]
        + [
            _appraisal("community", community, month, dimension, "unit", score)
            for community, month, scores in ((first, 7, (70.0, 80.0)), (first, 10, (80.0, 90.0)), (third, 10, (60.0, 70.0)))
            for dimension, score in zip(("cooperation", "support"), scores, strict=True)
        ]
        + [
            _appraisal("community", community, month, dimension, appraiser, 60.0 + 10 * at + month)
            for at, community in enumerate(COMMUNITIES)
            for month in (7, 10)
            for dimension, appraiser in (("quality", "superior"), ("innovation", "superior"), ("satisfaction", "resident"))
        ],
        "resource_shares": [
            dict(zip(share, row, strict=True))
            for row in (
                ("H1", "U1", first, "场地", date(2024, 3, 10), 4),
                ("H2", "U2", first, "停车位", date(2024, 11, 2), 0),
                ("H3", "U3", third, "场地", date(2024, 5, 5), None),
            )
        ],
    }


def _appraisal(kind: str, subject: str, month: int, dimension: str, appraiser: str, score: float) -> dict:
    return {
        "subject_kind": kind,
        "subject_id": subject,
        "quarter": date(2024, month, 1),
        "dimension": dimension,
        "appraiser_kind": appraiser,
        "direction": "top_down" if appraiser in ("superior", "unit") else "bottom_up",
        "score": score,
        "respondents": 1 if appraiser == "superior" else 20 if appraiser == "resident" else 4,
    }


def _worker(kind, role, source, at, compound, stationed, started, ended) -> dict:
    number = 1 + WORKERS.index((kind, role, source, at, compound, stationed, started, ended))
    return {
        "worker_id": f"GW{number}",
        "kind": kind,
        "role": role,
        "source": source,
        "community_code": COMMUNITIES[at],
        "grid_code": grid(at) if compound is None else micro_grid(compound),
        "stationed_compound_id": stationed,
        "is_member": number % 2 == 0,
        "started_date": started,
        "ended_date": ended,
    }


def write_place(data: Path) -> None:
    """Write the place's profile, rules and storyline: the sample city's, with another name."""
    home = data / PLACE
    home.mkdir(parents=True)
    text = (ROOT / "data" / "city-a" / "place.toml").read_text(encoding="utf-8")
    for old, new in (("city-a", PLACE), ("青澜市", "试点市"), ("Qinglan City", "Trial City")):
        assert f'"{old}"' in text
        text = text.replace(f'"{old}"', f'"{new}"')
    (home / "place.toml").write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "data" / "city-a" / "rules", home / "rules")
    shutil.copy(ROOT / "data" / "city-a" / "storyline.toml", home)


def write_csv(folder: Path, rows: dict[str, list[dict]], encoding: str = "utf-8") -> None:
    """Write extracts as CSV with code names as headers; null is an empty cell."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, records in rows.items():
        with open(folder / f"{name}.csv", "w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(records[0]))
            writer.writeheader()
            writer.writerows(records)


def write_parquet(folder: Path, rows: dict[str, list[dict]]) -> None:
    """Write extracts as Parquet with the types of the contract, as another system would deliver them."""
    from dashboard import contract

    write_csv(folder, rows)
    for name, records in rows.items():
        fields = contract.load().tables[name].fields
        columns = ", ".join(f"'{column}': '{fields[column].sql_type}'" for column in records[0])
        source = f"read_csv('{folder / name}.csv', header=true, auto_detect=false, delim=',', columns={{{columns}}})"
        duckdb.connect().execute(f"copy (select * from {source}) to '{folder / name}.parquet' (format parquet)")
        (folder / f"{name}.csv").unlink()
