"""The shapes of the map: where units are, what they look like from how far, and from where they can be told apart."""

import duckdb
import numpy as np
import pytest
import shapely

from dashboard import rings

NO_PLACE = (None, None)
Units = list[tuple[str, str, str | None, tuple[float | None, float | None]]]  # level, code, WKT, longitude and latitude


def built(units: Units) -> duckdb.DuckDBPyConnection:
    """A database with the two marts made from some units."""
    city = duckdb.connect()
    city.execute(
        """
        create table map_units (
            level varchar, code varchar, district_code varchar, households bigint,
            longitude double, latitude double, geometry geometry
        )
        """
    )
    for level, code, wkt, place in units:
        wkb = shapely.to_wkb(shapely.from_wkt(wkt)) if wkt else None
        city.execute("insert into map_units values (?, ?, 'D', 7, ?, ?, st_geomfromwkb(?))", [level, code, *place, wkb])
    rings.build(city, None, None)
    return city


def box(west: float, south: float, east: float, north: float) -> str:
    return shapely.box(west, south, east, north).wkt


def wavy(x: float, y: float, corners: int = 200) -> str:
    """A strip one degree wide whose eastern border is a wave of many corners, the next strip's western one."""
    heights = np.linspace(0, 1, corners)

    def border(at: float) -> list[tuple[float, float]]:
        return [(at + 0.002 * np.sin(40 * height), y + height) for height in heights]

    return shapely.Polygon([*border(x), *reversed(border(x + 1))]).wkt


def test_quadrilaterals_are_kept_as_they_are_and_once() -> None:
    city = built([("micro_grid", "A", box(110, 30, 110.1, 30.1), NO_PLACE)])
    found = city.execute("select detail, ring_sizes, coordinates from map_rings").fetchall()
    ((detail, sizes, coordinates),) = found
    assert (detail, sizes) == (rings.EXACT, [4])
    corners = set(zip(coordinates[::2], coordinates[1::2], strict=True))
    assert corners == {(110_000_000, 30_000_000), (110_100_000, 30_000_000), (110_100_000, 30_100_000), (110_000_000, 30_100_000)}


def test_from_far_away_borders_are_simpler_and_still_shared() -> None:
    city = built([("district", code, wavy(110 + number, 30), NO_PLACE) for number, code in enumerate("AB")])
    details = [detail for (detail,) in city.execute("select distinct detail from map_rings order by 1").fetchall()]
    assert details[-1] == rings.EXACT and len(details) > 1
    for detail in details:
        rows = city.execute("select coordinates from map_rings where detail = ? order by code", [detail]).fetchall()
        west, east = ({*zip(xy[::2], xy[1::2], strict=True)} for (xy,) in rows)
        shared = {corner for corner in west if abs(corner[0] - 111_000_000) <= 2_000}
        assert shared == {corner for corner in east if abs(corner[0] - 111_000_000) <= 2_000}, "no gap opens"
    counts = city.execute("select sum(len(coordinates)) from map_rings group by detail order by detail").fetchall()
    assert counts == sorted(counts) and counts[0][0] < counts[-1][0] / 4


def test_a_hole_and_a_second_part_are_rings_of_their_own() -> None:
    holed = shapely.box(110, 30, 111, 31).difference(shapely.box(110.4, 30.4, 110.6, 30.6))
    both = shapely.MultiPolygon([holed, shapely.box(112, 30, 113, 31)])
    city = built([("district", "A", both.wkt, NO_PLACE)])
    ((sizes, count),) = city.execute("select ring_sizes, len(coordinates) from map_rings where detail = 99").fetchall()
    assert sizes == [4, -4, 4] and count == 2 * 12


def test_a_unit_without_a_boundary_is_placed_by_its_point_and_has_no_ring() -> None:
    city = built([("compound", "A", None, (110.5, 30.5)), ("compound", "B", None, NO_PLACE), ("compound", "C", box(110, 30, 111, 31), NO_PLACE)])
    rows = city.execute("select code, longitude, min_longitude, max_latitude from map_shapes order by code").fetchall()
    assert rows == [("A", 110.5, 110.5, 30.5), ("B", None, None, None), ("C", 110.5, 110.0, 31.0)]
    assert city.execute("select code from map_rings").fetchall() == [("C",)]


def test_a_name_stands_inside_its_unit_whatever_its_shape() -> None:
    horseshoe = shapely.box(110, 30, 111, 31).difference(shapely.box(110.1, 30.1, 110.9, 31))
    city = built([("district", "A", horseshoe.wkt, NO_PLACE)])
    (place,) = city.execute("select longitude, latitude from map_shapes").fetchall()
    assert horseshoe.contains(shapely.Point(place))


@pytest.mark.parametrize(("most", "zoom"), [(100, 0), (99, 9), (25, 11)])
def test_a_level_is_shown_from_where_no_tile_is_crowded(most: int, zoom: int, monkeypatch) -> None:
    monkeypatch.setattr(rings, "MOST_IN_TILE", most)
    step = 0.05
    units = [(x * step + 110.7, y * step + 30.5) for x in range(10) for y in range(10)]
    city = built([("grid", f"{n:02}", box(x, y, x + step, y + step), NO_PLACE) for n, (x, y) in enumerate(units)])
    (found,) = city.execute("select distinct from_zoom from map_shapes").fetchall()
    assert found[0] <= zoom and (found[0] > 0) == (most < 100)
    fullest = city.execute(
        """
        select max(units) from (
            select count(*) as units from map_shapes
            group by floor((longitude + 180) / 360 * pow(2, from_zoom)),
                floor((1 - asinh(tan(radians(latitude))) / pi()) / 2 * pow(2, from_zoom))
        )
        """
    ).fetchall()
    assert fullest[0][0] <= most
