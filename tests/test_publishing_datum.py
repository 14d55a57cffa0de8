"""Coordinates of other datums come out in WGS 84."""

import math

import duckdb
import numpy as np
import pytest

from dashboard import contract
from dashboard.publishing import datum

METRES_PER_DEGREE = 111_320.0
POINTS = (np.array([98.123456, 104.05, 111.9, 120.444]), np.array([25.5, 30.1, 36.7, 45.25]))


def metres(first: tuple, second: tuple) -> np.ndarray:
    east = (first[0] - second[0]) * METRES_PER_DEGREE * np.cos(np.radians(first[1]))
    return np.hypot(east, (first[1] - second[1]) * METRES_PER_DEGREE)


def bd09_of_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """The published forward formula, point by point: the code under test holds its inverse."""
    turn = math.pi * 3000.0 / 180.0
    radius = math.hypot(longitude, latitude) + 0.00002 * math.sin(latitude * turn)
    angle = math.atan2(latitude, longitude) + 0.000003 * math.cos(longitude * turn)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


def test_gcj02_is_some_hundred_metres_off_and_comes_back_within_a_centimetre() -> None:
    shifted = datum.wgs84_to_gcj02(*POINTS)
    assert (metres(POINTS, shifted) > 50).all() and (metres(POINTS, shifted) < 900).all()
    assert (metres(POINTS, datum.to_wgs84(*shifted, "gcj02")) < 0.01).all()


def test_bd09_comes_back_within_a_metre() -> None:
    shifted = [bd09_of_gcj02(*point) for point in zip(*datum.wgs84_to_gcj02(*POINTS), strict=True)]
    back = datum.to_wgs84(*map(np.array, zip(*shifted, strict=True)), "bd09")
    assert (metres(POINTS, back) < 1).all()


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
    east, north = datum.wgs84_to_gcj02(np.array([104.0]), np.array([30.0]))
    ring = f"POLYGON (({east[0]} {north[0]}, 104.1 30.0, 104.1 30.1, {east[0]} {north[0]}))"
    connection.execute(
        "insert into compounds (compound_id, longitude, latitude, geometry) "
        f"values ('C1', {east[0]}, {north[0]}, '{ring}'), ('C2', null, null, null)"
    )
    datum.convert(connection, table, "gcj02")
    rows = connection.execute("select compound_id, longitude, latitude, st_astext(geometry) from compounds").fetchall()
    assert rows[0][1:3] == pytest.approx((104.0, 30.0), abs=1e-7)
    first_corner = [float(part) for part in rows[0][3].split("((")[1].split(",")[0].split()]
    assert first_corner == pytest.approx([104.0, 30.0], abs=1e-7)
    assert rows[1] == ("C2", None, None, None)
