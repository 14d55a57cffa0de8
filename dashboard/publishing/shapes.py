"""Boundaries of typed tables as shapely objects and back, their sizes on the ground, findings by a unit's name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd
import shapely

from dashboard import contract
from dashboard.publishing.findings import SHOWN, Finding, Place
from dashboard.publishing.loading import Lineage

METRES_PER_DEGREE = 111_320.0
# Smaller differences come from rounding: 6 decimals are 0.1 m, along a boundary of 100 m some square metres.
AREA = 10.0
# What is narrower on average is the same line drawn twice, not ground that somebody meant to give or take.
SLIVER = 1.0
POSITIONS = ("longitude", "latitude")
AREAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass
class Units:
    """The tables with boundaries, one frame each (see `read`), and where their rows came from."""

    frames: dict[str, pd.DataFrame]
    lineages: dict[str, Lineage]

    def finding(
        self,
        severity: str,
        rule: str,
        expected: str,
        table: str,
        column: str,
        rows: Sequence[int],
        beside: Sequence[str] = (),
        details: dict[str, str] | None = None,
    ) -> list[Finding]:
        """One finding about these rows, if any; each row shown has the unit's name and what stands `beside` it."""
        if len(rows) == 0:
            return []
        places = [self._place(table, int(row)) for row in rows[:SHOWN]]
        if len(beside):
            measured = zip(places, beside[:SHOWN], strict=True)
            places = [replace(place, value=f"{place.value} · {text}") for place, text in measured]
        return [Finding(severity, rule, expected, table, column, len(rows), tuple(places), details or {})]

    def _place(self, table: str, row: int) -> Place:
        return self.lineages[table].place(row, self.name(table, row))

    def name(self, table: str, row: int) -> str:
        """Code and name of a unit; a grid has no name of its own and takes its community's."""
        unit = self.frames[table].loc[row]
        code, name = unit[key(table)], unit.get("name")
        if table == "grids" and "regions" in self.frames:
            regions = self.frames["regions"]
            name = next(iter(regions.loc[regions["region_code"] == unit["community_code"], "name"]), None)
        return " ".join(str(part) for part in (code, name) if not pd.isna(part))


def load(connection: duckdb.DuckDBPyConnection, lineages: dict[str, Lineage]) -> Units:
    """Every table with boundaries or positions that the source has."""
    located = [table for table in contract.load().tables.values() if is_located(table)]
    return Units({t.name: read(connection, t) for t in located if t.name in lineages}, lineages)


def is_located(table: contract.Table) -> bool:
    """Whether a table has boundaries or positions."""
    return "geometry" in table.fields or "longitude" in table.fields


def read(connection: duckdb.DuckDBPyConnection, table: contract.Table) -> pd.DataFrame:
    """A table's codes, names and positions; its boundaries as stored (`wkb`) and as shapely objects (`shape`).

    The index is `rowid`. `shape` is None where there is no boundary, or one with a ring that is not closed.
    """
    kept = [name for name in table.fields if name in ("name", "level", *POSITIONS) or name.endswith(("_code", "_id"))]
    wkb = "st_aswkb(geometry)::blob" if "geometry" in table.fields else "null::blob"
    rows = connection.execute(f"select rowid, {', '.join(kept)}, {wkb} as wkb from {table.name} order by rowid").df()
    stored = [bytes(wkb) if isinstance(wkb, bytes | bytearray) else None for wkb in rows["wkb"]]
    rows["wkb"] = pd.Series(stored, dtype=object)
    rows["shape"] = decoded(rows["wkb"])
    return rows.set_index("rowid")


def decoded(binary: pd.Series, on_invalid: str = "ignore") -> np.ndarray:
    """Stored boundaries as shapely objects; `on_invalid="fix"` closes rings that are open."""
    with np.errstate(invalid="ignore"):
        return np.asarray(shapely.from_wkb(binary.to_numpy(dtype=object), on_invalid=on_invalid), dtype=object)


def write(connection: duckdb.DuckDBPyConnection, table: contract.Table, changed: pd.DataFrame) -> None:
    """Replace columns of a table: `changed` has all its rows in order, `geometry` as WKB, NaN for no number."""
    values = {name: f"if(isnan(changed.{name}), null, changed.{name}) as {name}" for name in POSITIONS}
    values["geometry"] = "st_geomfromwkb(changed.geometry) as geometry"
    columns = ", ".join(values[name] if name in changed else f"{table.name}.{name}" for name in table.fields)
    connection.register("changed", changed)
    connection.execute(f"create table rewritten as select {columns} from {table.name} positional join changed")
    connection.unregister("changed")
    connection.execute(f"drop table {table.name}")
    connection.execute(f"alter table rewritten rename to {table.name}")


def is_area(shapes: np.ndarray) -> np.ndarray:
    """Which boundaries enclose ground: polygons, alone or several, that are not empty."""
    return np.isin(shapely.get_type_id(shapes), AREAL) & ~shapely.is_empty(shapes)


def on_ground(shapes: np.ndarray) -> np.ndarray:
    """Shapes in degrees as shapes in metres, near enough for areas and widths within one place."""
    latitudes = shapely.get_coordinates(shapes)[:, 1]
    east = np.cos(np.radians(latitudes.mean())) if len(latitudes) else 1.0
    return shapely.transform(shapes, lambda points: points * METRES_PER_DEGREE * [east, 1.0])


def widths(ground: np.ndarray) -> np.ndarray:
    """Average width in metres of shapes in metres: of a long strip the area is length x width, its edge 2 x length."""
    edges = shapely.length(ground)
    return np.divide(2 * shapely.area(ground), edges, out=np.zeros(len(ground)), where=edges > 0)


def sizes(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Square metres of each shape's broad parts, and of its parts that are slivers."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    ground = on_ground(parts)
    areas, is_sliver = shapely.area(ground), widths(ground) < SLIVER
    return tuple(np.bincount(owner[which], areas[which], len(shapes)) for which in (~is_sliver, is_sliver))


def square_metres(areas: Sequence[float]) -> list[str]:
    """Areas as text, the same in every language."""
    return [f"{area:,.0f} m²" for area in areas]


def key(table: str) -> str:
    """The column with the code of a table's units."""
    return contract.load().tables[table].primary_key[0]
