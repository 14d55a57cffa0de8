"""The shapes of the map: `map_shapes` says where every unit is, `map_rings` how its boundary looks from how far.

A tile of the map is cut from `map_rings` by zoom and rectangle alone. Boundaries of many corners are kept once per
detail, simplified together so that neighbours still share their border (Visvalingam and Whyatt 1993, as GEOS does
it for coverages); quadrilaterals are kept as they are.
"""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from dashboard.profile import Profile

NAMES = ("map_shapes", "map_rings")
INPUTS = ("map_units",)
TILE_PIXELS = 512
DETAILS = (8, 10, 12, 14)  # finest zooms that a simplified boundary serves
EXACT = 99  # the boundary as published
PLAIN = 8  # corners: with no more of them on the average there is nothing to simplify
DEGREE = 1_000_000  # coordinates are kept in millionths of a degree, a tenth of a metre
WORTH = 0.8  # of the corners of the next finer detail; with more, a detail is not worth its room
MOST_IN_TILE = 30_000  # units; more are dots of a pixel, and more than a tile may weigh
FINEST_ZOOM = 22

BOUNDS = ("min_longitude", "min_latitude", "max_longitude", "max_latitude")


def build(connection: duckdb.DuckDBPyConnection, _profile: Profile, _rules_dir: Path) -> None:
    """Create `map_shapes` and `map_rings` from `map_units`.

    `map_shapes`: one row per unit and level, with its bounds and a point inside it in degrees and, per level, the
    first zoom of a tile that no more than `MOST_IN_TILE` units crowd. `map_rings`: one row per unit, level and
    detail; `ring_sizes` has the corners of every ring, negative for a hole, `coordinates` longitude and latitude by
    turns in millionths of a degree, without the corner that closes a ring.
    """
    rings, places = [], []
    for (level,) in connection.execute("select distinct level from map_units order by level").fetchall():
        units = connection.sql(
            f"""
            select level, code, district_code, longitude, latitude, st_aswkb(geometry)::blob as wkb
            from map_units where level = '{level}' order by code
            """
        ).to_arrow_table()
        shapes = shapely.from_wkb(units["wkb"].to_numpy())
        places.append(_placed(units, shapes))
        details = _details(shapes, is_coverage=level != "compound")  # compounds do not touch
        rings += [_rings(units, simpler, detail) for detail, simpler in details.items()]
    connection.register("placed", pa.concat_tables(places))
    connection.register("ringed", pa.concat_tables(rings))
    connection.execute(
        f"""
        create table map_shapes as
        select
            map_units.* exclude (geometry, longitude, latitude, households),
            cast(map_units.households as bigint) as households,
            placed.longitude,
            placed.latitude,
            {", ".join(f"placed.{name}" for name in BOUNDS)},
            placed.from_zoom,
        from map_units
        inner join placed using (level, code)
        order by map_units.level, map_units.code
        """
    )
    connection.execute("create table map_rings as select * from ringed order by level, detail, code")
    connection.unregister("placed")
    connection.unregister("ringed")


def _placed(units: pa.Table, shapes: NDArray) -> pa.Table:
    """Bounds of every unit, a point inside it, and the first zoom of a tile that does not crowd the level."""
    given = np.column_stack([units["longitude"].to_numpy(), units["latitude"].to_numpy()])
    inner = shapely.point_on_surface(shapes)
    inside = np.where(np.isnan(given), np.column_stack([shapely.get_x(inner), shapely.get_y(inner)]), given)
    bounds = shapely.bounds(shapes)
    bounds = np.where(np.isnan(bounds), np.tile(given, 2), bounds)
    columns = {name: units[name] for name in ("level", "code")}
    columns |= {name: pa.array(inside[:, at], from_pandas=True) for at, name in enumerate(("longitude", "latitude"))}
    columns |= {name: pa.array(bounds[:, at], from_pandas=True) for at, name in enumerate(BOUNDS)}
    return pa.table(columns | {"from_zoom": pa.array(np.full(len(bounds), _first_zoom(bounds)), pa.int8())})


def _first_zoom(bounds: NDArray) -> int:
    """The widest zoom at which no tile has more than `MOST_IN_TILE` centres of units in it."""
    if len(bounds) <= MOST_IN_TILE:
        return 0
    x = ((bounds[:, 0] + bounds[:, 2]) / 2 + 180) / 360
    y = (1 - np.arcsinh(np.tan(np.radians((bounds[:, 1] + bounds[:, 3]) / 2))) / np.pi) / 2
    known = ~np.isnan(x + y)
    for zoom in range(FINEST_ZOOM):
        tiles = np.floor(x[known] * 2**zoom).astype(np.int64) * 2**zoom + np.floor(y[known] * 2**zoom).astype(np.int64)
        if np.unique(tiles, return_counts=True)[1].max() <= MOST_IN_TILE:
            return zoom
    return FINEST_ZOOM


def _details(shapes: NDArray, *, is_coverage: bool) -> dict[int, NDArray]:
    """Boundaries by detail: as published, and each simpler one, where it is worth it, from the one before."""
    there = ~shapely.is_missing(shapes)
    if not there.any() or shapely.get_num_coordinates(shapes[there]).mean() <= PLAIN:
        return {EXACT: shapes}
    details = {EXACT: shapes}
    fewest = shapely.get_num_coordinates(shapes[there]).sum()
    for detail in reversed(DETAILS):
        simplify = shapely.coverage_simplify if is_coverage else shapely.simplify
        simpler = list(details.values())[-1].copy()
        simpler[there] = simplify(simpler[there], 360 / (TILE_PIXELS * 2**detail))
        corners = shapely.get_num_coordinates(simpler[there]).sum()
        if corners <= WORTH * fewest:
            details[detail], fewest = simpler, corners
    return details


def _rings(units: pa.Table, shapes: NDArray, detail: int) -> pa.Table:
    """Rings of every unit that has a boundary, as `map_rings` holds them."""
    polygons, unit = shapely.get_parts(shapes, return_index=True)
    is_area = shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON
    polygons, unit = polygons[is_area], unit[is_area]
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    unit = unit[polygon]
    sizes = shapely.get_num_coordinates(rings).astype(np.int32)
    closing = np.cumsum(sizes) - 1
    coordinates = np.delete(shapely.get_coordinates(rings), closing, axis=0)
    is_hole = np.diff(polygon, prepend=-1) == 0
    drawn, first = np.unique(unit, return_index=True)
    corners = sizes - 1
    ends = np.append(np.cumsum(corners) - corners, corners.sum())
    starts = np.append(first, len(rings))
    bounds = shapely.bounds(shapes[drawn]).reshape(-1, 4)
    columns = {name: units[name].take(pa.array(drawn)) for name in ("level", "code", "district_code")}
    columns |= {"detail": pa.array(np.full(len(drawn), detail), pa.int8())}
    columns |= {name: pa.array(bounds[:, at]) for at, name in enumerate(BOUNDS)}
    return pa.table(
        columns
        | {
            "ring_sizes": _lists(np.where(is_hole, -corners, corners), starts),
            "coordinates": _lists(np.round(coordinates * DEGREE).astype(np.int32).ravel(), ends[starts] * 2),
        }
    )


def _lists(values: NDArray, offsets: NDArray) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(values, pa.int32()))
