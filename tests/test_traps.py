"""Traps that reading real reports and registers taught: each check is seen to speak of the row it is about alone.

Rows are given as they stand in the typed tables; what a check says of them is (table, column, number of the row).
"""

from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from dashboard import contract, profile, settings, store
from dashboard.publishing import checks, crosschecks, loading, marts
from dashboard.publishing.findings import WARNING, Place, lines
from tests.test_publishing import DEFECTS

COMMUNITY = "990101001001"
Rows = dict[str, list[dict[str, Any]]]


def claims(*figures: tuple) -> Rows:
    """Figures of a report: code, value, and where it matters unit and note."""
    names = ("figure", "claimed_value", "unit", "note")
    padded = [figure + ("个", None)[len(figure) - 2 :] for figure in figures]
    return {"report_claims": [{"is_approximate": False} | dict(zip(names, figure, strict=True)) for figure in padded]}


def branch(code: str, members: int | None, **values: Any) -> dict[str, Any]:
    return {"org_id": code, "org_type": "branch", "full_member_count": members} | values


HOMES = [{"compound_id": "C1", "community_code": COMMUNITY, "households": 100, "residents": 300}]
# check -> rows, sound ones beside those at fault, and what is said of them
CASES: dict[str, tuple[Rows, list[tuple]]] = {
    "claim_parts": (
        claims(
            ("compounds", 10.0), ("compounds/old", 4.0), ("compounds/residential", 3.0), ("compounds/transitional", 1.0),
            ("compounds/work_unit", 1.0), ("issues", 56.0), ("issues_solved/community", 44.0), ("issues_solved/subdistrict", 13.0),
            ("teams", 5.0), ("teams/patrol", 4.0),
        ),
        [("report_claims", "claimed_value", 0), ("report_claims", "claimed_value", 5)],
    ),
    "claim_bases": (
        claims(("grouped_members", 180.0), ("retired_members", 132.0), ("reported_in_members", 123.0, "名", "按居住地统计")),
        [("report_claims", "claimed_value", 1)],
    ),
    "claim_units": (
        claims(
            ("member_report_ins", 100.0, "人"), ("activity_person_times/志愿服务", 100.0, "人次"), ("mobilised/in_service", 9.0, "人次"),
            ("retired_members", 9.0, "名"), ("help_point_person_times", 9.0, "人", "按人次统计"), ("compounds", 9.0, "个"),
        ),
        [("report_claims", "unit", 0), ("report_claims", "unit", 2)],
    ),
    "claims_once": (
        claims(("districts", 10.0), ("districts", 10.0), ("districts", 9.0), (None, 1.0), (None, 1.0)),
        [("report_claims", "figure", 1)],
    ),
    "coverage_from_links": (
        claims(("organisation_coverage", 100.0), ("organisation_coverage", 90.0))
        | {
            "compounds": [*HOMES, {"compound_id": "C2"}],
            "party_orgs": [branch("B1", 10), {"org_id": "G1", "org_type": "building_group"}],
            "org_compounds": [{"org_id": "B1", "compound_id": "C1"}, {"org_id": "G1", "compound_id": "C2"}],
        },
        [("report_claims", "claimed_value", 0)],
    ),
    "branch_sizes": (
        {"party_orgs": [branch(f"B{n}", n) for n in (2, 3, 50, 51, 96)] + [branch("B", None), branch("K", 96, org_type="general_branch")]},
        [("party_orgs", "full_member_count", n) for n in (0, 3, 4)],
    ),
    "branch_setup": (
        {
            "party_orgs": [branch(f"B{n}", 10, setup_mode=mode) for n, mode in enumerate(("single", "single", "joint", "merged"))],
            "org_compounds": [{"org_id": code, "compound_id": compound} for code, compound in (
                ("B0", "C1"), ("B1", "C1"), ("B1", "C2"), ("B2", "C1"), ("B3", "C1"), ("B3", "C2"))],
        },
        [("party_orgs", "setup_mode", 1), ("party_orgs", "setup_mode", 2)],
    ),
    "branch_register": (
        {
            "party_orgs": [branch("B1", 10, probationary_member_count=2), branch("B2", 96), branch("B3", 5)],
            "members": [{"member_id": f"{code}{n}", "org_id": code} for code, count in (("B1", 10), ("B2", 20), ("B3", 7)) for n in range(count)],
        },
        [("party_orgs", "full_member_count", 1)],
    ),
    "owners_body_eligible": (
        {"compounds": [
            {"owners_body": "none", "is_owners_body_eligible": False}, {"owners_body": "owners_committee", "is_owners_body_eligible": True},
            {"owners_body": "management_committee", "is_owners_body_eligible": False}, {"owners_body": "owners_committee"},
        ]},
        [("compounds", "is_owners_body_eligible", 2)],
    ),
    "service_point_kinds": (
        {
            "facilities": [{"facility_id": "F1", "kind": "canteen"}, {"facility_id": "F2", "kind": "help_point"}],
            "canteen_months": [{"facility_id": "F1"}, {"facility_id": "F2"}],
            "help_point_months": [{"facility_id": "F1"}, {"facility_id": "F2"}],
        },
        [("canteen_months", "facility_id", 1), ("help_point_months", "facility_id", 0)],
    ),
    "participants_within_residents": (
        {
            "compounds": [*HOMES, {"compound_id": "C2", "community_code": "990101001002"}],
            "grids": [{"grid_code": "G", "households": 40}],
            "resident_point_months": [{"community_code": COMMUNITY, "participants": n} for n in (300, 301)],
            "service_activities": [{"community_code": code, "participant_count": 900} for code in (COMMUNITY, "990101001002")],
            "deliberations": [{"community_code": COMMUNITY, "compound_id": "C1", "attendee_count": n} for n in (20, 301)],
            "visit_months": [{"grid_code": "G", "households_visited": n} for n in (40, 41)],
        },
        [
            ("deliberations", "attendee_count", 1), ("resident_point_months", "participants", 1),
            ("service_activities", "participant_count", 0), ("visit_months", "households_visited", 1),
        ],
    ),
    "as_many_as_residents": (
        claims(("residents", 300.0, "人"), ("activity_person_times/a", 300.0, "人次"), ("team_headcount/b", 300.0, "人", "即全体居民"), ("c", 300.0, "件"))
        | {"compounds": HOMES, "resident_point_months": [{"community_code": COMMUNITY, "participants": n} for n in (299, 300)]},
        [("report_claims", "claimed_value", 1), ("resident_point_months", "participants", 1)],
    ),
    "funding_amounts": (
        {"funding_lines": [
            {"rate_yuan": rate, "quantity": count, "budget_yuan": budget, "pay_period": period}
            for rate, count, budget, period in ((500, 3, 1500, "year"), (500, 3, 18_000, "month"), (500, 3, 18_000, "year"), (100_000, 3, 100_000, "year"), (500, None, 9, "year"))
        ]},
        [("funding_lines", "budget_yuan", 2), ("funding_lines", "budget_yuan", 3)],
    ),
    "compound_sizes": (
        {
            "compounds": [
                {"households": 100, "residents": 300, "floor_area_m2": 9_000}, {"households": 100, "residents": 300, "floor_area_m2": 0.9},
                {"households": 300, "residents": 100}, {"households": 5, "residents": 1}, {"households": 100},
            ],
            "grids": [{"households": 100, "residents": 1001}, {"households": 100, "residents": 50}],
        },
        [("compounds", "floor_area_m2", 1), ("compounds", "residents", 2), ("grids", "residents", 0)],
    ),
    "dates_in_order": (
        {
            "safety_events": [{"occurred_date": date(2024, 3, 2), "closed_date": date(2024, 3, day)} for day in (1, 2)],
            "inspections": [{"found_date": date(2024, 3, 2), "due_date": date(2024, 3, 1), "closed_date": date(2024, 3, 1)}],
            "renovations": [{"started_date": date(2024, 3, 2), "finished_date": date(2023, 3, 3)}],
            "grid_workers": [{"started_date": date(2024, 3, 2), "ended_date": date(2023, 3, 3)}],
            "tasks": [{"assigned_date": date(2024, 3, 2), "due_date": date(2024, 3, 1), "completed_date": date(2024, 3, 1)}],
            "deliberations": [{"held_date": date(2024, 3, 2), "published_date": date(2024, 3, 1)}],
            "party_orgs": [{"founded_date": date(2024, 3, 2), "elected_date": date(2024, 3, 1)}],
            "compounds": [{"built_year": 1990, "reform_year": year} for year in (1989, 1990)],
        },
        [
            ("compounds", "reform_year", 0), ("deliberations", "published_date", 0), ("grid_workers", "ended_date", 0),
            ("inspections", "closed_date", 0), ("inspections", "due_date", 0), ("party_orgs", "elected_date", 0),
            ("renovations", "finished_date", 0), ("safety_events", "closed_date", 0), ("tasks", "completed_date", 0), ("tasks", "due_date", 0),
        ],
    ),
    "issue_steps_in_order": (
        {
            "issues": [{"issue_id": code, "reported_at": datetime(2024, 3, 2, 9)} for code in "ab"],
            "issue_events": [{"issue_id": code, "sequence": number, "occurred_at": datetime(2024, 3, 2, hour)} for code, number, hour in (
                ("a", 1, 8), ("b", 3, 10), ("b", 1, 9), ("b", 2, 11))],
        },
        [("issue_events", "occurred_at", 0), ("issue_events", "occurred_at", 1)],
    ),
    "grid_workers_for_micro_grids": (
        {
            "regions": [{"region_code": "990101000000", "level": "district"}, {"region_code": "990102000000", "level": "district"}],
            "grids": [{"level": "micro_grid", "community_code": code} for code in (COMMUNITY, COMMUNITY, "990102001001")],
            "grid_workers": [
                {"kind": "auxiliary", "community_code": COMMUNITY}, {"kind": "community_worker", "community_code": COMMUNITY},
                {"kind": "full_time", "community_code": "990102001001"},
            ],
        },
        [("regions", "region_code", 0)],
    ),
    "cross_posts_cross": (
        {"cross_posts": [
            {"from_side": "property", "to_side": "owners_body"}, {"from_side": "owners_body", "to_side": "owners_body"},
            {"from_side": "property", "to_side": "owners_body", "started_date": date(2024, 3, 2), "ended_date": date(2024, 3, 1)},
        ]},
        [("cross_posts", "ended_date", 2), ("cross_posts", "to_side", 1)],
    ),
    "property_firm_party_orgs": (
        {"property_firms": [
            {"has_party_org": has, "party_org_mode": mode} for has, mode in ((True, "alone"), (True, "adviser"), (False, "adviser"), (False, "area"), (False, None), (True, None))
        ]},
        [("property_firms", "party_org_mode", n) for n in (1, 3, 5)],
    ),
    "property_mode_covered": (
        {"property_months": [{"is_covered": covered, "mode": mode} for covered, mode in ((True, "market"), (True, "none"), (False, "none"), (False, "market"))]},
        [("property_months", "is_covered", 1), ("property_months", "is_covered", 3)],
    ),
    "property_months_agree": (
        {
            "compounds": [{"compound_id": "C1", "property_mode": "market"}],
            "property_months": [{"compound_id": "C1", "month": date(2024, month, 1), "mode": mode} for month, mode in ((11, "none"), (12, "none"))],
        },
        [("property_months", "mode", 1)],
    ),
}  # fmt: skip


@pytest.fixture
def place() -> duckdb.DuckDBPyConnection:
    """A database with the contract's tables, empty, and the profile of the sample city."""
    with duckdb.connect() as connection:
        for table in contract.load().tables.values():
            connection.execute(store.empty_table(table))
        home = settings.ROOT / "data" / "city-a"
        marts.register(connection, profile.load(home / "place.toml"), home / "rules", [])
        yield connection


def fill(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Put rows into their tables; what a row does not name is not reported."""
    for table, records in rows.items():
        for record in records:
            names = [name for name in record if record[name] is not None]
            marks = ", ".join("?" for _name in names)
            connection.execute(
                f"insert into {table} ({', '.join(names)}) values ({marks})", [record[name] for name in names]
            )


@pytest.mark.parametrize("name", CASES)
def test_a_check_speaks_of_the_rows_at_fault_alone(name: str, place: duckdb.DuckDBPyConnection) -> None:
    rows, told = CASES[name]
    [check] = [each for each in crosschecks.load() if each.name == name]
    fill(place, rows)
    found = place.execute(f"select table_name, column_name, row_number from ({check.text}) order by all").fetchall()
    assert found == told


def test_every_check_has_been_seen_to_speak() -> None:
    rules = {defect.rule for defect in DEFECTS}
    silent = [each.name for each in crosschecks.load() if each.name not in CASES and each.title not in rules]
    assert silent == ["promises_in_order"], "it speaks below"


PROMISES = {
    "two tracks": (("simple", 4, None), ("complex", None, 1), []),
    "one track": ((None, 4, None), (None, None, 1), [("resolve: 4 h", "≥ plan: 1 d")]),
    "long enough": ((None, 16, None), (None, None, 1), []),
}


@pytest.mark.parametrize("name", PROMISES)
def test_a_promise_to_resolve_before_there_is_a_plan_is_told_of_the_profile(name: str, place) -> None:
    resolve, plan, told = PROMISES[name]
    place.execute("delete from promises")
    for code, (track, hours, days) in (("resolve", resolve), ("plan", plan)):
        place.execute(
            "insert into promises (code, track, hours, working_days) values (?, ?, ?, ?)", [code, track, hours, days]
        )
    found = [each for each in crosschecks.check(place, {}) if each.code == "D08"]
    assert [(p.value, p.expected) for each in found for p in each.places] == told
    if told:
        assert found[0].severity == WARNING
        assert lines(found[0], "zh")[-1].strip() == "place.toml · 值为“resolve: 4 h” · 应为：≥ plan: 1 d"


def test_dates_ahead_and_decades_back_are_doubted_and_plans_are_not(place) -> None:
    table = contract.load().tables["tasks"]
    rows = [
        (date(2024, 5, 1), date(2025, 2, 1), None),
        (date(2025, 1, 1), None, date(2025, 1, 2)),
        (date(1924, 5, 1), None, None),
    ]
    names = ("assigned_date", "due_date", "completed_date")
    fill(place, {"tasks": [{"task_id": str(n)} | dict(zip(names, row, strict=True)) for n, row in enumerate(rows)]})
    part = loading.Part("tasks", Place("tasks.csv"), {}, "", first_row=2)
    found = checks.check(place, table, loading.Lineage([part], [0]), date(2024, 12, 31))
    assert [(f.code, f.severity, f.column, [p.row for p in f.places]) for f in found] == [
        ("T05", WARNING, "assigned_date", [3]), ("T13", WARNING, "assigned_date", [4]), ("T05", WARNING, "completed_date", [3]),
    ]  # fmt: skip


def test_a_note_in_the_report_ends_the_doubt(place) -> None:
    rows, told = CASES["claim_units"]
    fill(place, {"report_claims": [row | {"note": "已核"} for row in rows["report_claims"]]})
    [check] = [each for each in crosschecks.load() if each.name == "claim_units"]
    assert told and place.execute(f"select count(*) from ({check.text})").fetchall() == [(0,)]
