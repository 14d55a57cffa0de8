"""A folder of extracts becomes an edition, or a list of everything a clerk has to put right.

Every defect stands once in `DEFECTS`, with the one finding it must give. Defects that do not touch each
other are put into the same folder, which is checked once: what comes out must be exactly what is listed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard import publishing, text
from dashboard.publishing.findings import Finding
from tests import tiny

Tables = dict[str, list[dict]]
EXPECTED_WARNINGS = {
    "The branch has more or fewer full members than the norm",  # B6 has two members
    "The district has fewer grid workers than micro-grids",  # the west: 3 for 4
}


def quiet(message: str, fraction: float) -> None:
    """Progress for nobody."""


@pytest.fixture(scope="module", autouse=True)
def place(tmp_path_factory: pytest.TempPathFactory):
    """The tiny place's profile and rules, nothing published."""
    data = tmp_path_factory.mktemp("publishing")
    tiny.write_place(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(data))
        yield data


def check(folder: Path) -> list[Finding]:
    """Findings about a folder, without those that the tiny place always has."""
    return [f for f in publishing.check(folder, tiny.PLACE, quiet) if f.rule not in EXPECTED_WARNINGS]


@dataclass(frozen=True)
class Defect:
    """One thing wrong with the tiny place: how to put it there, and the finding that it must give."""

    name: str
    spoil: Callable[[Tables], None]
    severity: str
    rule: str
    table: str
    column: str | None
    rows: tuple[int, ...]
    group: int = 0


def put(table: str, row: int, **values: object) -> Callable[[Tables], None]:
    """Set values in the spreadsheet row `row` (the header is row 1)."""
    return lambda tables: tables[table][row - 2].update(values)


def repeat(table: str, row: int, **values: object) -> Callable[[Tables], None]:
    """Add a row at the end that is like `row` but for some values."""
    return lambda tables: tables[table].append({**tables[table][row - 2], **values})


def several(*spoils: Callable[[Tables], None]) -> Callable[[Tables], None]:
    """Do all of these."""

    def spoil(tables: Tables) -> None:
        for each in spoils:
            each(tables)

    return spoil


UNREADABLE = "The value cannot be read"
UNKNOWN = "The value is not one of the allowed ones"
NOWHERE = "The reference leads nowhere"
TIMES = "The moments of an issue are not in order"

DEFECTS = [
    Defect("required", put("issues", 2, status=None), "error", "A required value is missing", "issues", "status", (2,)),
    Defect("date", put("party_orgs", 7, founded_date="2024-13-01"), "error", UNREADABLE, "party_orgs", "founded_date", (7,)),
    Defect("moment", put("issues", 3, replied_at="soon"), "error", UNREADABLE, "issues", "replied_at", (3,)),
    Defect("integer", put("compounds", 3, building_count="4.5"), "error", UNREADABLE, "compounds", "building_count", (3,)),
    Defect("thousands", put("compounds", 3, floor_area_m2="1,00"), "error", UNREADABLE, "compounds", "floor_area_m2", (3,)),
    Defect("boolean", put("compounds", 3, is_pilot="perhaps"), "error", UNREADABLE, "compounds", "is_pilot", (3,)),
    Defect("boundary", put("compounds", 3, geometry="POLYGON ((1 2"), "error", UNREADABLE, "compounds", "geometry", (3,)),
    Defect("infinite", put("funding_lines", 3, rate_yuan="inf"), "error", "The value is not a number", "funding_lines", "rate_yuan", (3,)),
    Defect("category", put("issues", 4, tier="huge"), "error", UNKNOWN, "issues", "tier", (4,)),
    Defect("profile list", put("compounds", 4, compound_type="castle"), "error", UNKNOWN, "compounds", "compound_type", (4,)),
    Defect("rule list", put("member_events", 2, item_code="Z9"), "error", UNKNOWN, "member_events", "item_code", (2,)),
    Defect("name elsewhere", put("members", 4, category="赵小明"), "error", UNKNOWN, "members", "category", (4,)),
    Defect("number elsewhere", repeat("redemptions", 3, redemption_id="D9", member_id="11010119900101123X"), "error", NOWHERE, "redemptions", "member_id", (4,)),
    Defect("veto", put("branch_vetoes", 2, veto_code="bad"), "error", UNKNOWN, "branch_vetoes", "veto_code", (2,)),
    Defect(
        "derived item", repeat("branch_assessments", 2, item_code="B1"), "error",
        "The item is computed from the other extracts and must not be supplied", "branch_assessments", "item_code", (180,),
    ),
    Defect("minimum", put("compounds", 2, households=-1), "error", "The value is too small", "compounds", "households", (2,)),
    Defect("maximum", put("facilities", 2, unified_item_count=7), "error", "The value is too large", "facilities", "unified_item_count", (2,)),
    Defect(
        "pattern", put("regions", 2, urban_rural_code="11"), "error",
        "The value does not have the form of such a code", "regions", "urban_rural_code", (2,),
    ),
    Defect(
        "month", put("visit_months", 2, month="2024-10-02"), "error",
        "The date is not the first day of the period", "visit_months", "month", (2,),
    ),
    Defect(
        "quarter", put("branch_assessments", 3, quarter="2022-02-01"), "error",
        "The date is not the first day of the period", "branch_assessments", "quarter", (3,),
    ),
    Defect("long text", put("issues", 5, owner_unit="长" * 40_000), "error", "The text is too long", "issues", "owner_unit", (5,)),
    Defect("name", put("members", 2, masked_name="赵小明"), "error", "The name is not masked", "members", "masked_name", (2,)),
    Defect("mobile", put("report_ins", 2, report_in_id="13912345678"), "error", "The value looks like a mobile telephone number", "report_ins", "report_in_id", (2,)),
    Defect("identity", put("members", 3, unit_id="11010119900101123X"), "error", "The value looks like an identity card number", "members", "unit_id", (3,)),
    Defect(
        "key", repeat("redemptions", 2, points=1.0), "error",
        "The key stands in an earlier row already", "redemptions", "redemption_id", (5,),
    ),
    Defect(
        "compound key", repeat("member_reviews", 5), "error",
        "The key stands in an earlier row already", "member_reviews", "member_id + year", (42,),
    ),
    Defect("reference", put("service_orders", 2, compound_id="C9"), "error", NOWHERE, "service_orders", "compound_id", (2,)),
    Defect("veto of no branch", put("branch_vetoes", 2, org_id="B9"), "error", NOWHERE, "branch_vetoes", "org_id", (2,), group=2),
    Defect(
        "member of two branches", repeat("members", 5, org_id="B2", group_org_id=None), "error",
        "The key stands in an earlier row already", "members", "member_id", (42,), group=2,
    ),
    Defect(
        "event twice", repeat("member_events", 3), "error",
        "The key stands in an earlier row already", "member_events", "event_id", (80,), group=2,
    ),
    Defect("own table", put("party_orgs", 3, parent_org_id="W9"), "error", NOWHERE, "party_orgs", "parent_org_id", (3,)),
    Defect("subject", put("notices", 2, subject_id="B9"), "error", NOWHERE, "notices", "subject_id", (2,)),
    Defect("appraised", put("appraisals", 2, subject_id="U9"), "error", NOWHERE, "appraisals", "subject_id", (2,)),
    Defect(
        "completed early", put("post_claims", 3, completed_date="2024-10-01"), "error",
        "The dates of a post claimed are not in order", "post_claims", "completed_date", (3,),
    ),
    Defect("accepted early", put("issues", 6, accepted_at="2024-10-05 08:00"), "error", TIMES, "issues", "accepted_at", (6,)),
    Defect("closed early", put("issues", 8, closed_at="2024-11-05 20:00"), "error", TIMES, "issues", "closed_at", (8,)),
    Defect("due early", put("issues", 10, due_at="2024-01-01 00:00"), "error", TIMES, "issues", "due_at", (10,)),
    Defect(
        "open but closed", put("issues", 12, status="handled"), "error",
        "There is a closing time, but the status is not closed", "issues", "status", (12,),
    ),
    Defect(
        "closed without time", put("issues", 43, status="closed"), "error",
        "The status is closed, but there is no closing time", "issues", "closed_at", (43,),
    ),
    Defect(
        "nowhere", put("issues", 14, compound_id=None, grid_code=None), "warning",
        "The issue names neither a compound nor a grid, so it counts only for the whole place", "issues", "compound_id", (14,),
    ),
    Defect(
        "not reached", put("issues", 15, revisit_result="unreachable", satisfaction="neutral"), "warning",
        "There is a satisfaction, but the resident was not reached", "issues", "satisfaction", (15,),
    ),
    Defect(
        "community", put("facilities", 3, community_code=tiny.WEST), "error",
        "The code names a region that is not a community", "facilities", "community_code", (3,),
    ),
    Defect(
        "share", put("branch_assessments", 4, numerator=13.0, denominator=12.0), "error",
        "The numerator is larger than the denominator", "branch_assessments", "numerator", (4,),
    ),
    Defect(
        "half a share", put("branch_assessments", 5, denominator=None), "error",
        "Only one of numerator and denominator is given", "branch_assessments", "denominator", (5,),
    ),
    Defect(
        "reversal of another", put("member_events", 78, member_id="M07"), "error",
        "The reversal does not match the event it takes back", "member_events", "reverses_event_id", (78,),
    ),
    Defect(
        "reversed twice", repeat("member_events", 78, event_id="E9999"), "error",
        "The event was taken back before", "member_events", "reverses_event_id", (80,), group=1,
    ),
    Defect(
        "group of another branch", put("members", 3, group_org_id="G2"), "error",
        "The group does not belong to the member's organisation", "members", "group_org_id", (3,),
    ),
    Defect(
        "circle", several(put("party_orgs", 3, parent_org_id="K2"), put("party_orgs", 4, parent_org_id="K1")), "error",
        "The organisation is its own superior, directly or through others", "party_orgs", "parent_org_id", (3, 4), group=1,
    ),
    Defect(
        "order of an order", put("service_orders", 3, completed_at="2024-11-04 10:30"), "error",
        "The moments of a service order are not in order", "service_orders", "completed_at", (3,),
    ),
    Defect(
        "rectified early", put("rectifications", 2, closed_date="2024-10-01"), "error",
        "The date is before the finding", "rectifications", "closed_date", (2,),
    ),
    Defect(
        "shares of one", put("compound_grids", 2, overlap_share=0.7), "warning",
        "The compound's shares in its grids add up to more than 1", "compound_grids", "overlap_share", (2,), group=1,
    ),
    Defect(
        "future", put("deliberations", 2, held_date="2025-01-02", published_date=None), "warning",
        "The date is after the as-of date of the place", "deliberations", "held_date", (2,),
    ),
    Defect(
        "region level", put("regions", 5, level="community"), "error",
        "The region code does not fit its level", "regions", "region_code", (5,), group=1,
    ),
    Defect(
        "region parent", put("regions", 8, parent_code=tiny.EAST, geometry=None), "error",
        "The region code does not fit the place or the parent region", "regions", "parent_code", (8,), group=1,
    ),
    Defect(
        "grid code", put("grids", 7, community_code=tiny.COMMUNITIES[0]), "error",
        "The grid code does not fit its community, parent grid or level", "grids", "grid_code", (7,), group=1,
    ),
    Defect(
        "no parent grid", put("grids", 3, parent_grid_code=None), "error",
        "A micro-grid needs a parent grid, and a grid has none", "grids", "parent_grid_code", (3,), group=1,
    ),
    Defect(
        "self-crossing", put("grids", 9, geometry="POLYGON ((110.2 30, 110.4 30.1, 110.4 30, 110.2 30.1, 110.2 30))"), "error",
        "The boundary crosses itself", "grids", "geometry", (9,),
    ),
    Defect(
        "micro-grid outside", put("grids", 9, geometry=tiny.box(110.2, 30.0, 110.45, 30.1)), "error",
        "The boundary does not lie inside its parent grid", "grids", "geometry", (9,), group=1,
    ),
    Defect(
        "grid outside", put("grids", 8, geometry=tiny.box(110.19, 30.0, 110.42, 30.2)), "error",
        "The boundary does not lie inside its community", "grids", "geometry", (8,), group=1,
    ),
    Defect(
        "without its community", several(), "warning",  # "region parent" took it away
        "Parts of the unit belong to none of the units below it: gaps", "regions", "geometry", (5,), group=1,
    ),
    Defect(
        "without its micro-grids", several(), "warning",  # "no parent grid" took one away, "grid outside" is too large
        "Parts of the unit belong to none of the units below it: gaps", "grids", "geometry", (2, 8), group=1,
    ),
    Defect(
        "position elsewhere", put("compounds", 6, longitude=100.0), "error",
        "The coordinate lies outside the place", "compounds", "longitude", (6,), group=1,
    ),
]  # fmt: skip
SIDE_EFFECTS = {
    # a second row for C1 makes its shares exceed 1
    "shares of one": repeat("compound_grids", 2, grid_code=tiny.micro_grid("C2")),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[Finding]]:
    """Findings per group of defects, each group checked in one folder."""
    findings = {}
    for group in {defect.group for defect in DEFECTS}:
        tables = tiny.tables()
        for defect in DEFECTS:
            if defect.group == group:
                defect.spoil(tables)
                SIDE_EFFECTS.get(defect.name, lambda tables: None)(tables)
        folder = tmp_path_factory.mktemp("spoilt")
        tiny.write_csv(folder, tables)
        findings[group] = check(folder)
    return findings


def told(finding: Finding) -> tuple:
    return finding.severity, finding.rule, finding.table, finding.column, tuple(place.row for place in finding.places)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_defect_is_found_where_it_is(defect: Defect, found: dict[int, list[Finding]]) -> None:
    expected = (defect.severity, defect.rule, defect.table, defect.column, defect.rows)
    close = [told(f) for f in found[defect.group] if f.table == defect.table and f.column == defect.column]
    assert expected in [told(finding) for finding in found[defect.group]], close


def test_nothing_is_found_that_is_not_wrong(found: dict[int, list[Finding]]) -> None:
    expected = {(d.group, d.severity, d.rule, d.table, d.column, d.rows) for d in DEFECTS}
    surplus = [(group, *told(f)) for group, findings in found.items() for f in findings]
    assert not [finding for finding in surplus if finding not in expected]


def test_a_message_names_file_row_value_and_what_was_expected(found: dict[int, list[Finding]]) -> None:
    finding = next(f for f in found[0] if (f.table, f.column) == ("party_orgs", "founded_date"))
    with text.speaking("zh"):
        assert publishing.lines(finding, "zh") == [
            "错误 V01 · 党组织 / 成立日期 · 无法识别的值",
            "    应为：日期，例如 2024-03-05",
            "    处理：按要求的格式填写。",
            "    party_orgs.csv · 第 7 行 · 值为“2024-13-01”",
        ]
    with text.speaking("en"):
        assert publishing.lines(finding, "en") == [
            "Error V01 · Party organisations / Founded on · The value cannot be read",
            "    expected: a date, such as 2024-03-05",
            "    to do: Enter a value of the form that is expected.",
            "    party_orgs.csv · row 7 · value “2024-13-01”",
        ]


def test_no_message_prints_a_name_or_number_of_a_person(found: dict[int, list[Finding]]) -> None:
    printed = "\n".join(line for findings in found.values() for f in findings for line in publishing.lines(f, "zh"))
    assert "赵**" in printed
    for secret in ("赵小明", "13912345678", "11010119900101123X"):
        assert secret not in printed


def test_many_rows_of_one_defect_are_counted_and_the_first_twenty_named(tmp_path: Path) -> None:
    tables = tiny.tables()
    for row in tables["issues"]:
        row["tier"] = "huge"
    tiny.write_csv(tmp_path, tables)
    (finding,) = check(tmp_path)
    assert finding.count == 60
    assert [place.row for place in finding.places] == list(range(2, 62))
    lines = publishing.lines(finding, "zh")
    assert [line.split(" · ")[1] for line in lines[3:-1]] == [f"第 {row} 行" for row in range(2, 22)]
    assert lines[-1].strip() == "……另有 40 处"


def test_a_district_with_fewer_grid_workers_than_micro_grids_is_warned_of(tmp_path: Path) -> None:
    tables = tiny.tables()
    tiny.write_csv(tmp_path / "short", tables)
    rule = "The district has fewer grid workers than micro-grids"
    [short] = [f for f in publishing.check(tmp_path / "short", tiny.PLACE, quiet) if f.rule == rule]
    assert (short.severity, [place.row for place in short.places]) == ("warning", [3])  # the west, 3 for 4
    tables["grid_workers"].append({**tables["grid_workers"][0], "worker_id": "GW99", "ended_date": None})
    tiny.write_csv(tmp_path / "enough", tables)
    assert not [f for f in publishing.check(tmp_path / "enough", tiny.PLACE, quiet) if f.rule == rule]
