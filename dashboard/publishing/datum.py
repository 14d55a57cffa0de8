"""Coordinates of the source to those of an edition: GCJ-02 and BD-09 to WGS 84, CGCS2000 as it is.

There is no official public formula for GCJ-02. The one used here is the approximation that open projects share
(eviltransform, coordtransform): a polynomial and sine series in degrees east of 105° E and north of 35° N gives
metres, which the radii of the Krasovsky 1940 ellipsoid turn into degrees; outside a rectangle round China nothing
is shifted. BD-09 turns and stretches GCJ-02 in the polar coordinates of the degrees and adds a constant, by the
same projects. Both inverses are found by iteration on the forward formula, so that a round trip is exact to a
millimetre. WGS 84 and CGCS2000 differ by centimetres.
"""

from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import shapely

from dashboard import contract
from dashboard.publishing import shapes

SEMI_MAJOR = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
ROTATION = np.pi * 3000.0 / 180.0
WEST, SOUTH, EAST, NORTH = 72.004, 0.8293, 137.8347, 55.8271
NAMES = {"wgs84": "WGS 84", "cgcs2000": "CGCS2000", "gcj02": "GCJ-02", "bd09": "BD-09"}
KNOWN = tuple(NAMES)
ROUNDS = 6

Degrees = tuple[np.ndarray, np.ndarray]


def to_wgs84(longitude: np.ndarray, latitude: np.ndarray, datum: str) -> Degrees:
    """Degrees in the given datum as degrees in WGS 84, exact to about a millimetre.

    Raises `ValueError` for a datum that is not one of `KNOWN`.
    """
    forward = _forward(datum)
    if forward is None:
        return longitude, latitude
    found = longitude, latitude
    for _ in range(ROUNDS):
        shifted = forward(*found)
        found = found[0] + longitude - shifted[0], found[1] + latitude - shifted[1]
    return found


def from_wgs84(longitude: np.ndarray, latitude: np.ndarray, datum: str) -> Degrees:
    """Degrees in WGS 84 as degrees in the given datum. Raises as `to_wgs84` does."""
    forward = _forward(datum)
    return (longitude, latitude) if forward is None else forward(longitude, latitude)


def _forward(datum: str) -> Callable[[np.ndarray, np.ndarray], Degrees] | None:
    if datum not in KNOWN:
        raise ValueError(f"datum {datum!r} is not one of {', '.join(KNOWN)}")
    return {"gcj02": _to_gcj02, "bd09": _to_bd09}.get(datum)


def _to_gcj02(longitude: np.ndarray, latitude: np.ndarray) -> Degrees:
    inside = (longitude >= WEST) & (longitude <= EAST) & (latitude >= SOUTH) & (latitude <= NORTH)
    x, y = longitude[inside] - 105.0, latitude[inside] - 35.0
    waves = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    north += (waves + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    east += (waves + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    radians = np.radians(latitude[inside])
    magic = 1.0 - ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    north = np.degrees(north / (SEMI_MAJOR * (1.0 - ECCENTRICITY_SQUARED) / (magic * np.sqrt(magic))))
    east = np.degrees(east / (SEMI_MAJOR / np.sqrt(magic) * np.cos(radians)))
    return _moved(longitude, inside, longitude[inside] + east), _moved(latitude, inside, latitude[inside] + north)


def _to_bd09(longitude: np.ndarray, latitude: np.ndarray) -> Degrees:
    inside = (longitude >= WEST) & (longitude <= EAST) & (latitude >= SOUTH) & (latitude <= NORTH)
    x, y = (values[inside] for values in _to_gcj02(longitude, latitude))
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * ROTATION)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * ROTATION)
    east, north = radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
    return _moved(longitude, inside, east), _moved(latitude, inside, north)


def _moved(values: np.ndarray, inside: np.ndarray, instead: np.ndarray) -> np.ndarray:
    moved = np.array(values, dtype=float)
    moved[inside] = instead
    return moved


def move(boundaries: np.ndarray, datum: str) -> np.ndarray:
    """Boundaries in the given datum as boundaries in WGS 84."""
    return shapely.transform(boundaries, lambda points: np.column_stack(to_wgs84(points[:, 0], points[:, 1], datum)))


def convert(connection: duckdb.DuckDBPyConnection, table: contract.Table, datum: str) -> None:
    """Bring a typed table's boundaries and its longitude and latitude to WGS 84, rows in the same order.

    A boundary with a ring that is not closed stays as it is: the check of rings names it.
    """
    if _forward(datum) is None or not shapes.is_located(table):
        return
    rows = shapes.read(connection, table)
    moved = pd.DataFrame(index=rows.index)
    if "geometry" in table.fields:
        converted = shapely.to_wkb(move(rows["shape"].to_numpy(), datum))
        moved["geometry"] = rows["wkb"].where(rows["shape"].isna(), converted)
    if "longitude" in rows:
        positions = (rows[name].to_numpy(dtype=float) for name in shapes.POSITIONS)
        moved["longitude"], moved["latitude"] = to_wgs84(*positions, datum)
    shapes.write(connection, table, moved)
