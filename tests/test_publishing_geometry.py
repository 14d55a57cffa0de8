"""Boundaries and positions that are wrong are named with their unit; repaired only when that is asked for."""

import math
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest
import shapely

from dashboard import contract, editions, publishing, text
from dashboard.__main__ import main
from dashboard.publishing import checks, geometry, repairs
from dashboard.publishing.findings import Finding, Place
from dashboard.publishing.loading import Lineage, Part
from tests import tiny

Tables = dict[str, list[dict]]
TABLES = ("regions", "compounds", "grids")
METRE = 1 / 111_320
COMMUNITY = tiny.COMMUNITIES[0]
GRID, LOWER, UPPER = tiny.grid(0), tiny.micro_grid("C1"), tiny.micro_grid("C2")
GAP = "Parts of the unit belong to none of the units below it: gaps"
OUTSIDE_GRID = "The boundary does not lie inside its parent grid"
SLIVER_BEYOND = "The boundary and that of the parent do not match: a sliver lies beyond it"
SLIVER_IN_TWO = "The boundary and that of the neighbour do not match: a sliver lies in both"
SLIVER_IN_NONE = "Boundaries of the units below it do not match: slivers belong to none"
RING = "A ring of the boundary is not closed or not valid"
EXCHANGED = "Longitude and latitude are exchanged"
NOT_AN_AREA = "The boundary is not an area"


class Source:
    """The tiny place's units as typed tables, some of their values changed."""

    def __init__(self, spoil: Callable[[Tables], None] = lambda tables: None, datum: str = "wgs84") -> None:
        tables = {name: tiny.tables()[name] for name in TABLES}
        spoil(tables)
        self.connection, self.datum = duckdb.connect(), datum
        self.lineages = {}
        for name, rows in tables.items():
            fields = contract.load().tables[name].fields
            self.connection.execute(
                f"create table {name} ({', '.join(f'{field} {fields[field].sql_type}' for field in fields)})"
            )
            names = ", ".join(rows[0])
            marks = ", ".join("?::geometry" if field == "geometry" else "?" for field in rows[0])
            self.connection.executemany(
                f"insert into {name} ({names}) values ({marks})", [list(row.values()) for row in rows]
            )
            self.lineages[name] = Lineage([Part(name, Place(f"{name}.csv"), {}, name, first_row=2)], [0])

    def check(self) -> list[Finding]:
        return geometry.check(self.connection, self.lineages, self.datum)

    def repair(self) -> list[Finding]:
        return repairs.repair(self.connection, self.lineages, self.datum)

    def contents(self) -> dict[str, list]:
        return {name: self.connection.execute(f"select * from {name} order by rowid").fetchall() for name in TABLES}

    def shape(self, grid: str) -> shapely.Geometry:
        (row,) = self.connection.execute("select st_astext(geometry) from grids where grid_code = ?", [grid]).fetchall()
        return shapely.from_wkt(row[0])


def put(table: str, code: str, **values: object) -> Callable[[Tables], None]:
    """Change one unit."""

    def spoil(tables: Tables) -> None:
        (row,) = [row for row in tables[table] if code == next(iter(row.values()))]
        row.update(values)

    return spoil


def upper(bottom: float, right: float = 110.1) -> str:
    """The boundary of the upper micro-grid of the first community, from another latitude on."""
    return tiny.box(110.0, bottom, right, 30.2)


def told(finding: Finding) -> tuple:
    """Severity, rule, table and units; areas and distances to two digits, as they are worked out by hand."""

    def rounded(measure: re.Match) -> str:
        return f"{float(measure[1].replace(',', '')):.1e} m"

    values = [re.sub("([0-9,]+) m", rounded, place.value) for place in finding.places]
    return finding.severity, finding.rule, finding.table, values


def area(width: float, height: float) -> str:
    """Square metres of a rectangle in degrees at 30.1 degrees north."""
    return f"{width * height * 111_320**2 * math.cos(math.radians(30.1)):.1e} m²"


def test_nothing_is_found_in_a_sound_place() -> None:
    source = Source()
    assert source.check() == [] == source.repair()


CASES = {
    "open ring": (
        put("grids", UPPER, geometry="POLYGON ((110 30.1, 110.1 30.1, 110.1 30.2, 110 30.2))"),
        [("error", RING, "grids", [f"{UPPER} 第1社区"])],
    ),
    "two corners": (
        put("grids", UPPER, geometry="POLYGON ((110 30.1, 110.1 30.1, 110 30.1))"),
        [("error", RING, "grids", [f"{UPPER} 第1社区"])],
    ),
    "crossing": (
        put("grids", UPPER, geometry="POLYGON ((110 30.1, 110.1 30.2, 110.1 30.1, 110 30.2, 110 30.1))"),
        [("error", "The boundary crosses itself", "grids", [f"{UPPER} 第1社区 · 110.05, 30.15"])],
    ),
    "point": (
        put("grids", UPPER, geometry="POINT (110.05 30.15)"),
        [("error", NOT_AN_AREA, "grids", [f"{UPPER} 第1社区"])],
    ),
    "empty": (
        put("regions", COMMUNITY, geometry="POLYGON EMPTY"),
        [("error", NOT_AN_AREA, "regions", [f"{COMMUNITY} 第1社区"])],
    ),
    "nothing": (put("grids", UPPER, geometry=None), []),
    "several polygons": (
        put("grids", UPPER, geometry="MULTIPOLYGON (((110 30.1, 110.1 30.1, 110.1 30.15, 110 30.15, 110 30.1)), "
            "((110 30.15, 110.1 30.15, 110.1 30.2, 110 30.2, 110 30.15)))"),
        # They touch along a line: one polygon is meant.
        [("error", "The boundary crosses itself", "grids", [f"{UPPER} 第1社区 · 110, 30.15"])],
    ),
    "polygons apart": (
        put("compounds", "C1", geometry="MULTIPOLYGON (((110.01 30.02, 110.02 30.02, 110.02 30.08, 110.01 30.02)), "
            "((110.03 30.02, 110.05 30.02, 110.05 30.08, 110.03 30.02)))"),
        [],
    ),
    "exchanged boundary": (
        put("grids", UPPER, geometry=tiny.box(30.1, 110.0, 30.2, 110.1)),
        [("error", EXCHANGED, "grids", [f"{UPPER} 第1社区"])],
    ),
    "exchanged position": (
        put("compounds", "C3", longitude=30.05, latitude=110.13),
        [("error", EXCHANGED, "compounds", ["C3 小区3"])],
    ),
    "metres": (
        put("grids", UPPER, geometry=tiny.box(500_000, 3_300_000, 500_100, 3_300_100)),
        [("error", "The boundary is not in degrees", "grids", [f"{UPPER} 第1社区"])],
    ),
    "beyond the parent": (
        put("grids", UPPER, geometry=upper(30.1, right=110.101)),
        [("error", OUTSIDE_GRID, "grids", [f"{UPPER} 第1社区 · {area(0.001, 0.1)}"])],
    ),
    "sliver beyond the parent": (
        put("grids", UPPER, geometry=upper(30.1, right=110.1 + 0.5 * METRE)),
        [("warning", SLIVER_BEYOND, "grids", [f"{UPPER} 第1社区 · {area(0.5 * METRE, 0.1)}"])],
    ),
    "overlap": (
        put("grids", UPPER, geometry=upper(30.099)),
        [("error", "The boundary overlaps that of another unit", "grids",
          [f"{UPPER} 第1社区 · ∩ {LOWER} · {area(0.1, 0.001)}"])],
    ),
    "twice the same ground": (
        put("grids", UPPER, geometry=tiny.box(110.0, 30.0, 110.1, 30.1)),
        [("error", "The boundary overlaps that of another unit", "grids",
          [f"{UPPER} 第1社区 · ∩ {LOWER} · {area(0.1, 0.1)}"]),
         ("warning", GAP, "grids", [f"{GRID} 第1社区 · {area(0.1, 0.1)}"])],
    ),
    "sliver of an overlap": (
        put("grids", UPPER, geometry=upper(30.1 - 0.5 * METRE)),
        [("warning", SLIVER_IN_TWO, "grids", [f"{UPPER} 第1社区 · ∩ {LOWER} · {area(0.1, 0.5 * METRE)}"])],
    ),
    "gap": (
        put("grids", UPPER, geometry=upper(30.101)),
        [("warning", GAP, "grids", [f"{GRID} 第1社区 · {area(0.1, 0.001)}"])],
    ),
    "sliver of a gap": (
        put("grids", UPPER, geometry=upper(30.1 + 0.5 * METRE)),
        [("warning", SLIVER_IN_NONE, "grids", [f"{GRID} 第1社区 · {area(0.1, 0.5 * METRE)}"])],
    ),
    "difference of rounding": (put("grids", UPPER, geometry=upper(30.1 + 0.0005 * METRE)), []),
    "gap between communities": (
        put("regions", tiny.COMMUNITIES[2], geometry=tiny.box(110.2, 30.0, 110.39, 30.2)),
        [("warning", GAP, "regions", [f"990102001000 东街道 · {area(0.01, 0.2)}"]),
         ("error", "The boundary does not lie inside its community", "grids",
          [f"{tiny.grid(2)} 第3社区 · {area(0.01, 0.2)}"])],
    ),
    "unit that is a sliver": (
        put("compounds", "C1", geometry=tiny.box(110.01, 30.02, 110.01 + 0.5 * METRE, 30.08), longitude=None),
        [("warning", "The unit, or a piece of it, is a sliver", "compounds", ["C1 小区1"])],
    ),
    "position in the next community": (
        put("compounds", "C2", longitude=110.13),
        [("warning", "The position lies outside its community", "compounds", [f"C2 小区2 · {0.03 * 111_320 * math.cos(math.radians(30.15)):.1e} m"])],
    ),
    "position outside the place": (
        put("compounds", "C2", longitude=111.5),
        [("error", "The coordinate lies outside the place", "compounds", ["C2 小区2 · 111.5"])],
    ),
    "compound in the next community": (
        put("compounds", "C2", geometry=tiny.box(110.12, 30.12, 110.15, 30.18)),
        [("warning", "Most of the boundary lies outside its community", "compounds", [f"C2 小区2 · {area(0.03, 0.06)}"])],
    ),
    "compound that reaches into the next community": (
        put("compounds", "C2", geometry=tiny.box(110.06, 30.12, 110.109, 30.18)), []
    ),
    "compounds that overlap": (
        put("compounds", "C2", geometry=tiny.box(110.01, 30.07, 110.05, 30.18)),
        [("warning", "The boundary overlaps that of another unit", "compounds", [f"C2 小区2 · ∩ C1 · {area(0.04, 0.01)}"])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_named_with_the_unit_and_nothing_else_is(case: str) -> None:
    spoil, expected = CASES[case]
    assert [told(finding) for finding in Source(spoil).check()] == expected


def test_every_check_runs_where_another_has_failed() -> None:
    def spoil(tables: Tables) -> None:
        for case in ("crossing", "position in the next community", "gap between communities", "exchanged position"):
            CASES[case][0](tables)

    expected = [line for case in ("exchanged position", "crossing") for line in CASES[case][1]]
    expected += CASES["gap between communities"][1] + CASES["position in the next community"][1]
    found = [told(finding) for finding in Source(spoil).check()]
    assert sorted(found) == sorted(expected)


def test_a_source_with_exchanged_axes_everywhere_is_told_nothing_else() -> None:
    def spoil(tables: Tables) -> None:
        for rows in tables.values():
            for row in rows:
                shape = shapely.transform(shapely.from_wkt(row["geometry"]), lambda points: points[:, ::-1])
                row["geometry"] = shape.wkt
                if "longitude" in row:
                    row["longitude"], row["latitude"] = row["latitude"], row["longitude"]

    source = Source(spoil, datum="gcj02")
    assert {(finding.rule, finding.table, finding.count) for finding in source.check()} == {
        (EXCHANGED, "regions", 8), (EXCHANGED, "grids", 9), (EXCHANGED, "compounds", 6)
    }  # fmt: skip
    compounds = contract.load().tables["compounds"]
    others = checks.check(source.connection, compounds, source.lineages["compounds"], date(2024, 12, 31))
    assert not [finding for finding in others if finding.column == "latitude"], "said once, as exchanged axes"
    source.datum = "wgs84"
    assert {finding.count for finding in source.repair()} == {8, 9, 6}
    assert source.check() == []
    assert Source().contents()["compounds"][0][:-1] == source.contents()["compounds"][0][:-1]


REPAIRED = {
    "open ring": ["A ring that was open is closed now"],
    "crossing": ["The boundary crossed itself and does so no longer"],
    "exchanged boundary": ["Longitude and latitude were exchanged and are in order now"],
    "exchanged position": ["Longitude and latitude were exchanged and are in order now"],
    "sliver beyond the parent": ["A sliver beyond the parent is cut off"],
    "sliver of an overlap": ["A sliver that lay in two units is in the first only"],
    "sliver of a gap": ["A sliver that was in no unit is added to this one"],
    "several polygons": ["The boundary crossed itself and does so no longer"],
}


@pytest.mark.parametrize("case", REPAIRED)
def test_a_repair_is_listed_with_the_unit_and_leaves_nothing_to_find(case: str) -> None:
    source = Source(CASES[case][0])
    notes = source.repair()
    assert [(note.severity, note.rule) for note in notes] == [("note", rule) for rule in REPAIRED[case]]
    (unit,) = notes[0].places
    assert unit.value.split(" ")[0] in (UPPER, LOWER, "C3")
    left = [finding.rule for finding in source.check()]
    assert left == ([GAP] if case == "crossing" else []), "a bow tie covers only half of the micro-grid"
    assert source.repair() == [], "what is repaired needs no repair"


@pytest.mark.parametrize("case", [case for case in CASES if case not in REPAIRED])
def test_what_has_no_evident_remedy_stays_as_it_is_and_is_found(case: str) -> None:
    source, untouched = Source(CASES[case][0]), Source(CASES[case][0]).contents()
    assert source.repair() == []
    assert source.contents() == untouched
    assert [told(finding) for finding in source.check()] == CASES[case][1]


def test_pieces_that_are_slivers_go_and_the_unit_stays() -> None:
    pieces = [shapely.box(110.01, 30.02, 110.05, 30.08), shapely.box(110.06, 30.02, 110.06 + 0.5 * METRE, 30.08)]
    source = Source(put("compounds", "C1", geometry=shapely.multipolygons(pieces).wkt))
    assert [finding.rule for finding in source.check()] == ["The unit, or a piece of it, is a sliver"]
    (note,) = source.repair()
    assert told(note) == ("note", "Pieces that were slivers are gone", "compounds", [f"C1 小区1 · {area(0.5 * METRE, 0.06)}"])
    assert source.check() == []


@pytest.mark.parametrize(("left", "bottom"), [
    (110.1 - 0.5 * METRE, 30.1),  # inside
    (110.1 - 0.2 * METRE, 30.1),  # partly beyond the parent
    (110.05, 30.0),  # on the ground of another
])  # fmt: skip
def test_a_unit_that_is_nothing_but_a_sliver_is_not_repaired_away(left: float, bottom: float) -> None:
    strip = tiny.box(left, bottom, left + 0.5 * METRE, bottom + 0.1)
    source = Source(put("grids", UPPER, geometry=strip))
    untouched = source.contents()
    assert source.repair() == []
    assert source.contents() == untouched
    assert "The unit, or a piece of it, is a sliver" in [finding.rule for finding in source.check()]


def test_units_that_share_an_edge_still_do_after_a_sliver_between_them_is_repaired() -> None:
    source = Source(CASES["sliver of a gap"][0])
    source.repair()
    lower, above = source.shape(LOWER), source.shape(UPPER)
    assert shapely.area(shapely.intersection(lower, above)) * 111_320**2 < 1
    assert shapely.union(lower, above).area == pytest.approx(0.1 * 0.2, abs=1e-9)


def test_other_columns_and_the_order_of_rows_survive_a_repair() -> None:
    source, untouched = Source(CASES["exchanged position"][0]), Source().contents()
    source.repair()
    assert source.contents()["regions"] == untouched["regions"]
    assert [row[:-3] for row in source.contents()["compounds"]] == [row[:-3] for row in untouched["compounds"]]
    assert source.contents()["compounds"][2][-3:-1] == (110.13, 30.05)


def test_the_command_line_repairs_only_when_asked_and_lists_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, folder = tmp_path / "data", tmp_path / "source"
    tiny.write_place(data)
    monkeypatch.setenv("DASHBOARD_DATA", str(data))
    tables = tiny.tables()
    CASES["open ring"][0](tables)
    CASES["exchanged position"][0](tables)
    tiny.write_csv(folder, tables)
    place = ["--place", tiny.PLACE]
    assert main(["publish", str(folder), *place]) == 1
    said = capsys.readouterr().out
    assert "错误 G01 · 小区 / 经度 · 经纬度颠倒" in said and "修复 R" not in said
    assert main(["check", str(folder), *place, "--repair", "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert "Repair R04 · Grids and micro-grids / Boundary · A ring that was open is closed now" in said
    assert "Errors: 0, warnings: 2, kinds of changes: 2" in said
    assert editions.current(tiny.PLACE) is None
    assert main(["publish", str(folder), *place, "--repair"]) == 0
    edition = editions.current(tiny.PLACE)
    facts = editions.facts(tiny.PLACE, edition)
    assert [w["count"] for w in facts["warnings"] if w["severity"] == "note"] == [1, 1]
    compounds = editions.path(tiny.PLACE, edition) / "extracts" / "compounds.parquet"
    held = duckdb.execute(f"select longitude, latitude from '{compounds}' where compound_id = 'C3'").fetchall()
    assert held == [(110.13, 30.05)]
    clean = tmp_path / "clean"
    tiny.write_csv(clean, tiny.tables())
    with text.speaking("en"):
        assert publishing.publish(clean, tiny.PLACE, lambda message, part: None).edition == edition, "as if never wrong"


def test_ten_thousand_micro_grids_with_a_gap_and_an_overlap_in_each_grid_are_all_counted() -> None:
    def spoil(tables: Tables) -> None:
        tables["grids"] = []
        for number in range(50):
            left = 110.0 + 0.002 * number
            code = f"{COMMUNITY}{number:03d}"
            row = {"level": "grid", "community_code": COMMUNITY, "parent_grid_code": None}
            tables["grids"].append({"grid_code": code, **row, "geometry": tiny.box(left, 30.0, left + 0.002, 30.2)})
            edges = np.linspace(30.0, 30.2, 21)
            for part in range(20):
                low = edges[part] - (0.0001 if part == 5 else 0) + (0.0001 if part == 10 else 0)
                shape = tiny.box(left, low, left + 0.002, edges[part + 1])
                row |= {"level": "micro_grid", "parent_grid_code": code, "geometry": shape}
                tables["grids"].append({"grid_code": f"{code}{part:02d}", **row})

    found = {(finding.rule, finding.count) for finding in Source(spoil).check()}
    assert found == {("The boundary overlaps that of another unit", 50), (GAP, 50)}
