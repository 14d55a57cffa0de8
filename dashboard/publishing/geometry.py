"""The checks that need geometry: valid boundaries, parts inside the whole, everything inside the place."""

import duckdb
import numpy as np
import pandas as pd
import shapely

from dashboard import contract
from dashboard.publishing.findings import ERROR, SHOWN, Finding
from dashboard.publishing.loading import Lineage
from dashboard.text import N_

TOLERANCE = 1e-9
MARGIN = 1e-6
NESTED = (
    ("grids", "parent_grid_code", "grids", "grid_code", N_("The boundary does not lie inside its parent grid")),
    ("grids", "community_code", "regions", "region_code", N_("The boundary does not lie inside its community")),
    ("regions", "parent_code", "regions", "region_code", N_("The boundary does not lie inside its parent region")),
)


def check(connection: duckdb.DuckDBPyConnection, lineages: dict[str, Lineage]) -> list[Finding]:
    """All geometric checks on the typed tables that are there. Areas are in square degrees."""
    findings, shapes = [], {}
    for table in contract.load().tables.values():
        if "geometry" in table.fields and table.name in lineages:
            shapes[table.name] = _shapes(connection, table)
            invalid = shapes[table.name]
            invalid = invalid[~shapely.is_valid(invalid["shape"]) & invalid["shape"].notna()]
            rule, expected = N_("The boundary crosses itself or is not closed"), N_("a valid polygon")
            findings += _finding(rule, expected, table, "geometry", invalid, lineages)
    if any(finding.blocks for finding in findings):
        return findings
    for child, column, parent, key, rule in NESTED:
        if child in shapes and parent in shapes:
            children = shapes[child]
            if column == "community_code":  # a micro-grid inside its grid is inside the grid's community
                children = children[children["parent_grid_code"].isna()]
            outside = _outside(children, column, shapes[parent], key)
            table = contract.load().tables[child]
            expected = N_("a boundary that lies inside, to 0.000000001 square degrees")
            findings += _finding(rule, expected, table, "geometry", outside, lineages)
    if "regions" in shapes and "compounds" in shapes:
        findings += _off_place(shapes["regions"], shapes["compounds"], lineages)
    return findings


def _shapes(connection: duckdb.DuckDBPyConnection, table: contract.Table) -> pd.DataFrame:
    """The table's codes, and its boundaries as shapely objects in `shape`; index is `rowid`."""
    codes = [
        name for name, column in table.fields.items() if name.endswith(("_code", "_id")) or column.type == "number"
    ]
    rows = connection.execute(
        f"select rowid, {', '.join(codes)}, st_aswkb(geometry)::blob as wkb from {table.name} order by rowid"
    ).df()
    binary = [bytes(wkb) if isinstance(wkb, bytes | bytearray) else None for wkb in rows["wkb"]]
    rows["shape"] = shapely.from_wkb(np.array(binary, dtype=object))
    return rows.set_index("rowid").drop(columns="wkb")


def _outside(children: pd.DataFrame, column: str, parents: pd.DataFrame, key: str) -> pd.DataFrame:
    """Children of which more than the tolerance lies outside their parent."""
    whole = parents.set_index(key)["shape"]
    whole = whole[whole.notna() & ~whole.index.duplicated()]
    known = children[children["shape"].notna() & children[column].isin(whole.index)]
    parts, wholes = known["shape"].to_numpy(), whole.loc[known[column]].to_numpy()
    shapely.prepare(wholes)
    doubtful = ~shapely.covers(wholes, parts)
    beyond = np.zeros(len(known))
    beyond[doubtful] = shapely.area(shapely.difference(parts[doubtful], wholes[doubtful]))
    return known[beyond > TOLERANCE]


def _off_place(regions: pd.DataFrame, compounds: pd.DataFrame, lineages: dict[str, Lineage]) -> list[Finding]:
    """Compounds whose centre is outside the rectangle round all regions: swapped or shifted coordinates."""
    left, bottom, right, top = shapely.total_bounds(regions["shape"].to_numpy())
    if np.isnan(left):
        return []
    longitude, latitude = compounds["longitude"], compounds["latitude"]
    table = contract.load().tables["compounds"]
    rule = N_("The coordinate lies outside the place")
    found = []
    for name, values, low, high in (("longitude", longitude, left, right), ("latitude", latitude, bottom, top)):
        outside = compounds[(values < low - MARGIN) | (values > high + MARGIN)]
        details = {"low": f"{low:.4f}", "high": f"{high:.4f}"}
        expected = N_("between {low} and {high}")
        found += _finding(rule, expected, table, name, outside, lineages, details)
    return found


def _finding(
    rule: str,
    expected: str,
    table: contract.Table,
    column: str,
    rows: pd.DataFrame,
    lineages: dict[str, Lineage],
    details: dict[str, str] | None = None,
) -> list[Finding]:
    if rows.empty:
        return []
    shown = table.primary_key[0] if column == "geometry" else column
    places = tuple(lineages[table.name].place(int(row), rows.at[row, shown]) for row in rows.index[:SHOWN])
    return [Finding(ERROR, rule, expected, table.name, column, len(rows), places, details or {})]
