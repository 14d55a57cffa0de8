"""Coordinates of other datums come out in WGS 84; where two are mixed, the table and the datum are named."""

import math
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
import shapely

from dashboard import contract, profile, publishing
from dashboard.publishing import datum, mixed_datum, shapes
from dashboard.publishing.findings import Place
from dashboard.publishing.loading import Lineage, Part
from tests import tiny

METRES_PER_DEGREE = 111_320.0
POINTS = (np.array([98.123456, 104.05, 111.9, 120.444]), np.array([25.5, 30.1, 36.7, 45.25]))
CHINA = tuple(values.ravel() for values in np.meshgrid(np.arange(74, 135, 0.37), np.arange(4, 54, 0.37)))
# Longitude, latitude in WGS 84 and in GCJ-02, published with the formula in the tests of eviltransform.
PUBLISHED = (
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
)

OPEN = "POLYGON ((110 30, 110.1 30, 110.1 30.1))"


def metres(first: tuple, second: tuple) -> np.ndarray:
    east = (first[0] - second[0]) * METRES_PER_DEGREE * np.cos(np.radians(first[1]))
    return np.hypot(east, (first[1] - second[1]) * METRES_PER_DEGREE)


def bd09_of_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """The published forward formula, point by point: the code under test holds its inverse."""
    turn = math.pi * 3000.0 / 180.0
    radius = math.hypot(longitude, latitude) + 0.00002 * math.sin(latitude * turn)
    angle = math.atan2(latitude, longitude) + 0.000003 * math.cos(longitude * turn)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


@pytest.mark.parametrize(("wgs84", "gcj02"), PUBLISHED)
def test_gcj02_is_where_the_published_examples_say(wgs84: tuple, gcj02: tuple) -> None:
    there = datum.from_wgs84(*map(np.array, zip(wgs84, strict=True)), "gcj02")
    assert np.ravel(there) == pytest.approx(gcj02, abs=1e-9)


def test_bd09_follows_the_published_formula_and_comes_back() -> None:
    shifted = [bd09_of_gcj02(*point) for point in zip(*datum.from_wgs84(*POINTS, "gcj02"), strict=True)]
    shifted = tuple(map(np.array, zip(*shifted, strict=True)))
    assert (metres(shifted, datum.from_wgs84(*POINTS, "bd09")) < 0.001).all()
    assert (metres(POINTS, datum.to_wgs84(*shifted, "bd09")) < 0.001).all()


@pytest.mark.parametrize(("name", "least", "most"), [("gcj02", 20, 1200), ("bd09", 500, 2100)])
def test_a_round_trip_ends_within_one_metre_anywhere_in_china_both_ways(name: str, least: float, most: float) -> None:
    shifted = datum.from_wgs84(*CHINA, name)
    moved = metres(CHINA, shifted)
    assert (moved > least).all() and (moved < most).all()
    assert (metres(CHINA, datum.to_wgs84(*shifted, name)) < 1).all()
    assert (metres(CHINA, datum.from_wgs84(*datum.to_wgs84(*CHINA, name), name)) < 1).all()


@pytest.mark.parametrize("name", ["gcj02", "bd09"])
def test_nothing_is_shifted_outside_china_and_no_position_stays_none(name: str) -> None:
    points = np.array([2.0, np.nan, 30.2]), np.array([48.0, np.nan, 110.1])
    np.testing.assert_array_equal(datum.to_wgs84(*points, name), points)


@pytest.mark.parametrize("name", ["wgs84", "cgcs2000"])
def test_coordinates_of_an_edition_datum_stay(name: str) -> None:
    assert datum.to_wgs84(*POINTS, name) == POINTS


def test_an_unknown_datum_is_an_error() -> None:
    with pytest.raises(ValueError, match="xian80"):
        datum.to_wgs84(*POINTS, "xian80")


def test_points_and_boundaries_of_a_table_move_and_missing_ones_stay_missing() -> None:
    connection = duckdb.connect()
    table = contract.load().tables["compounds"]
    columns = ", ".join(f"{field.name} {field.sql_type}" for field in table.fields.values())
    connection.execute(f"create table compounds ({columns})")
    east, north = datum.from_wgs84(np.array([104.0]), np.array([30.0]), "gcj02")
    ring = f"POLYGON (({east[0]} {north[0]}, 104.1 30.0, 104.1 30.1, {east[0]} {north[0]}))"
    connection.execute(
        "insert into compounds (compound_id, longitude, latitude, geometry) "
        f"values ('C1', {east[0]}, {north[0]}, '{ring}'), ('C2', null, null, null), ('C3', 1, 2, '{OPEN}')"
    )
    datum.convert(connection, table, "gcj02")
    rows = connection.execute("select compound_id, longitude, latitude, st_astext(geometry) from compounds").fetchall()
    assert rows[0][1:3] == pytest.approx((104.0, 30.0), abs=1e-7)
    first_corner = [float(part) for part in rows[0][3].split("((")[1].split(",")[0].split()]
    assert first_corner == pytest.approx([104.0, 30.0], abs=1e-7)
    assert rows[1:] == [("C2", None, None, None), ("C3", 1.0, 2.0, OPEN)], "an open ring is left to the check of rings"



def town(table: str = "", looks_like: str = "wgs84", declared: str = "wgs84", which: Callable = lambda row: True):
    """Two districts of 5 x 5 communities, 1 km wide, with 4 compounds and 4 grids each; part of a table is shifted.

    All is given in the `declared` datum, the rows of `table` that are `which` in the one it `looks_like`, and comes
    as after conversion, when publishing took everything to be in the declared one.
    """
    regions, compounds, grids = [], [], []
    for number in range(50):
        left, bottom = 110.0 + 0.01 * (number % 10), 30.0 + 0.01 * (number // 10)
        code = f"99010{1 + (number % 10 >= 5)}001{number:03d}"
        regions.append({"region_code": code, "name": code, "shape": shapely.box(left, bottom, left + 0.01, bottom + 0.01)})
        for corner, (x, y) in enumerate(((0.001, 0.001), (0.007, 0.001), (0.001, 0.007), (0.007, 0.007))):
            shape = shapely.box(left + x, bottom + y, left + x + 0.002, bottom + y + 0.002)
            compound = {"compound_id": f"{code}-{corner}", "name": "小区", "community_code": code, "shape": shape}
            compounds.append({**compound, "longitude": left + x + 0.001, "latitude": bottom + y + 0.001})
            grids.append({"grid_code": f"{code}00{corner}", "community_code": code, "shape": shape})
    frames = {"regions": pd.DataFrame(regions), "compounds": pd.DataFrame(compounds), "grids": pd.DataFrame(grids)}
    table, _, column = table.partition(".")
    if table:
        frame = frames[table]
        wrong = np.flatnonzero([which(row) for row in frame.itertuples()])

        def shifted(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            return datum.to_wgs84(*datum.from_wgs84(x, y, looks_like), declared)

        if column != "geometry":
            x, y = (frame[name].to_numpy()[wrong] for name in shapes.POSITIONS)
            frame.loc[wrong, "longitude"], frame.loc[wrong, "latitude"] = shifted(x, y)
        if column != "longitude":
            moved = shapely.transform(frame["shape"].to_numpy()[wrong], lambda p: np.column_stack(shifted(*p.T)))
            frame.loc[wrong, "shape"] = moved
    return shapes.Units(frames, {name: Lineage([Part(name, Place("1.csv"), {}, name, 2)], [0]) for name in frames})


def mixed(units: shapes.Units, declared: str = "wgs84") -> list[tuple]:
    findings, rows = mixed_datum.check(units, declared)
    assert len(rows) == sum(finding.count for finding in findings)
    return [(f.severity, f.table, f.column, f.details["datum"], f.count) for f in findings]


@pytest.mark.parametrize("declared", ["wgs84", "cgcs2000", "gcj02", "bd09"])
def test_a_place_in_one_datum_has_nothing_mixed(declared: str) -> None:
    assert mixed(town(declared=declared), declared) == []


@pytest.mark.parametrize(("declared", "looks_like"), [
    ("cgcs2000", "gcj02"), ("wgs84", "bd09"), ("gcj02", "wgs84"), ("gcj02", "bd09"), ("bd09", "wgs84"), ("bd09", "gcj02"),
])  # fmt: skip
@pytest.mark.parametrize(("what", "count"), [
    ("compounds.longitude", 200), ("compounds.geometry", 200), ("grids.geometry", 200), ("regions.geometry", 50),
])  # fmt: skip
def test_a_table_in_another_datum_is_named_with_the_one_it_looks_like(
    declared: str, looks_like: str, what: str, count: int
) -> None:
    table, column = what.split(".")
    found = mixed(town(what, looks_like, declared), declared)
    assert found == [("error", table, column, datum.NAMES[looks_like], count)]


def test_a_district_or_a_file_in_another_datum_is_found_among_the_others() -> None:
    east = town("compounds.longitude", "gcj02", which=lambda row: row.community_code.startswith("990102"))
    assert mixed(east) == [("error", "compounds", "longitude", "GCJ-02", 100)]
    second = town("compounds.longitude", "bd09", which=lambda row: row.Index >= 120)
    second.lineages["compounds"] = Lineage(
        [Part("compounds", Place(f"{n}.csv"), {}, "", 2) for n in (1, 2)], [0, 120]
    )
    findings, _ = mixed_datum.check(second, "wgs84")
    assert [(f.details["datum"], f.count, f.places[0].file, f.places[0].row) for f in findings] == [("BD-09", 80, "2.csv", 2)]


def test_positions_that_are_wrong_one_by_one_are_no_other_datum() -> None:
    units, random = town(), np.random.default_rng(5)
    for name in shapes.POSITIONS:
        units.frames["compounds"][name] += random.normal(0, 0.006, 200)
    assert mixed(units) == []


def test_a_table_moved_for_another_reason_is_no_other_datum() -> None:
    units = town()
    units.frames["compounds"]["latitude"] += 0.02
    assert mixed(units) == []


def test_a_mixed_datum_keeps_a_place_from_being_published_and_says_so_once(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    tiny.write_place(tmp_path / "data")
    tables = tiny.tables()
    (first,) = [row for row in tables["compounds"] if row["compound_id"] == "C1"]
    for number in range(20):  # compounds of 300 m, their positions in GCJ-02
        x, y = 110.06 + 0.005 * (number % 5), 30.02 + 0.005 * (number // 5)
        (east,), (north,) = datum.from_wgs84(np.array([x]), np.array([y]), "gcj02")
        tables["compounds"].append(
            {**first, "compound_id": f"N{number:02d}", "longitude": east, "latitude": north}
            | {"geometry": tiny.box(x - 0.0015, y - 0.0015, x + 0.0015, y + 0.0015)}
        )
    tables["compounds"] = tables["compounds"][6:] + tables["compounds"][:6]
    tiny.write_csv(tmp_path / "source", tables)
    found = publishing.publish(tmp_path / "source", tiny.PLACE, lambda message, part: None)
    assert found.edition is None
    (finding,) = [f for f in found.findings if f.blocks]
    assert [line for line in publishing.lines(finding, "zh") if "处理" not in line][:3] == [
        "错误 G18 · 小区 / 经度 · 共 26 行 · 坐标系混用：这些坐标像是 GCJ-02",
        "    应为：`place.toml` 规定的 CGCS2000；按此有 77% 落在边界之外，按 GCJ-02 只有 0%",
        "    compounds.csv · 第 2 行 · 值为“N00 小区1”",
    ]


@pytest.mark.parametrize(("line", "said"), [("", "missing datum"), ('datum = "beijing54"', "datum is not one of wgs84")])
def test_a_place_without_a_datum_or_with_an_unknown_one_is_an_error(line: str, said: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    tiny.write_place(tmp_path)
    file = tmp_path / tiny.PLACE / "place.toml"
    kept = [line if each.startswith("datum = ") else each for each in file.read_text(encoding="utf-8").splitlines()]
    file.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(profile.ProfileError, match=said):
        publishing.check(tmp_path, tiny.PLACE, lambda message, part: None)
