"""Coordinates of the source to those of an edition: GCJ-02 and BD-09 to WGS 84, CGCS2000 as it is.

GCJ-02 shifts positions inside China by a published polynomial and sine series (Krasovsky 1940 ellipsoid);
its inverse is found by iteration. BD-09 adds a rotation on top. WGS 84 and CGCS2000 differ by centimetres.
"""

import duckdb
import numpy as np
import pandas as pd
import shapely

from dashboard import contract

SEMI_MAJOR = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
ROTATION = np.pi * 3000.0 / 180.0
KNOWN = ("wgs84", "cgcs2000", "gcj02", "bd09")
ROUNDS = 6


def to_wgs84(longitude: np.ndarray, latitude: np.ndarray, datum: str) -> tuple[np.ndarray, np.ndarray]:
    """Degrees in the given datum as degrees in WGS 84, exact to about a millimetre.

    Raises `ValueError` for a datum that is not one of `KNOWN`.
    """
    if datum not in KNOWN:
        raise ValueError(f"datum {datum!r} is not one of {', '.join(KNOWN)}")
    if datum == "bd09":
        longitude, latitude = _bd09_to_gcj02(longitude, latitude)
    if datum in ("wgs84", "cgcs2000"):
        return longitude, latitude
    found = longitude, latitude
    for _ in range(ROUNDS):
        shifted = wgs84_to_gcj02(*found)
        found = found[0] + longitude - shifted[0], found[1] + latitude - shifted[1]
    return found


def wgs84_to_gcj02(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Degrees in WGS 84 as degrees in GCJ-02."""
    x, y = longitude - 105.0, latitude - 35.0
    waves = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    north += (waves + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    east += (waves + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    radians = np.radians(latitude)
    magic = 1.0 - ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    north = np.degrees(north / (SEMI_MAJOR * (1.0 - ECCENTRICITY_SQUARED) / (magic * np.sqrt(magic))))
    east = np.degrees(east / (SEMI_MAJOR / np.sqrt(magic) * np.cos(radians)))
    return longitude + east, latitude + north


def _bd09_to_gcj02(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x, y = longitude - 0.0065, latitude - 0.006
    radius = np.hypot(x, y) - 0.00002 * np.sin(y * ROTATION)
    angle = np.arctan2(y, x) - 0.000003 * np.cos(x * ROTATION)
    return radius * np.cos(angle), radius * np.sin(angle)


def convert(connection: duckdb.DuckDBPyConnection, table: contract.Table, datum: str) -> None:
    """Bring a typed table's boundaries and its longitude and latitude to WGS 84, rows in the same order."""
    names = [name for name in ("geometry", "longitude", "latitude") if name in table.fields]
    if datum in ("wgs84", "cgcs2000") or not names:
        return
    selected = ["st_aswkb(geometry)::blob as geometry" if name == "geometry" else name for name in names]
    rows = connection.execute(f"select {', '.join(selected)} from {table.name} order by rowid").df()
    moved = pd.DataFrame(index=rows.index)
    if "geometry" in names:
        shapes = shapely.from_wkb([None if pd.isna(wkb) else bytes(wkb) for wkb in rows["geometry"]])
        shapes = shapely.transform(shapes, lambda points: np.column_stack(to_wgs84(points[:, 0], points[:, 1], datum)))
        moved["geometry"] = shapely.to_wkb(shapes)
    if "longitude" in names:
        moved["longitude"], moved["latitude"] = to_wgs84(
            rows["longitude"].to_numpy(dtype=float), rows["latitude"].to_numpy(dtype=float), datum
        )
    values = {
        "geometry": "st_geomfromwkb(moved.geometry) as geometry",
        "longitude": "if(isnan(moved.longitude), null, moved.longitude) as longitude",
        "latitude": "if(isnan(moved.latitude), null, moved.latitude) as latitude",
    }
    columns = ", ".join(values[name] if name in names else f"{table.name}.{name}" for name in table.fields)
    connection.register("moved", moved)
    connection.execute(f"create table converted as select {columns} from {table.name} positional join moved")
    connection.unregister("moved")
    connection.execute(f"drop table {table.name}")
    connection.execute(f"alter table converted rename to {table.name}")
