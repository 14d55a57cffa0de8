"""Repairs of boundaries and positions, made only where the publisher asks for them; each one is listed.

Mended is what has one evident remedy: axes exchanged, a ring left open or crossing itself, slivers between lines
that mean the same. What two units claim, or none, on more ground than a sliver stays a finding: only the place
knows whose it is.
"""

import duckdb
import numpy as np
import pandas as pd
import shapely

from dashboard import contract
from dashboard.publishing import coverage, datum, geometry, shapes
from dashboard.publishing.findings import NOTE, Finding
from dashboard.publishing.loading import Lineage
from dashboard.text import N_

# A tenth of a millimetre in degrees: lines that were cut meet again, and nothing moves visibly.
GRID = 1e-9
BOUNDARY = "geometry"


def repair(connection: duckdb.DuckDBPyConnection, lineages: dict[str, Lineage], declared: str) -> list[Finding]:
    """Mend the typed tables, in WGS 84 from the `declared` datum; one note per kind of repair and table."""
    units = shapes.load(connection, lineages)
    before = {name: frame.copy() for name, frame in units.frames.items()}
    findings = []
    for table in units.frames:
        findings += _close(units, table)
        findings += _exchange(units, table, declared)
        findings += _uncross(units, table)
        findings += _drop_slivers(units, table)
    unsound = {}
    for table, frame in units.frames.items():  # what cannot be mended takes no part in what follows, and stays
        wrong = ~geometry.sound(frame["shape"].to_numpy())
        unsound[table] = frame["shape"][wrong]
        frame.loc[wrong, "shape"] = None
    for level in coverage.levels(units):
        if level.kind.is_whole:
            findings += _cut_beyond(units, level)
            level = coverage.siblings(units, level.kind, level.level)
            findings += _cut_overlaps(units, level)
            level = coverage.siblings(units, level.kind, level.level)
            findings += _fill_gaps(units, level)
    for table, frame in units.frames.items():
        frame.loc[unsound[table].index, "shape"] = unsound[table]
        _save(connection, contract.load().tables[table], before[table], frame)
    return findings


def _save(
    connection: duckdb.DuckDBPyConnection, table: contract.Table, before: pd.DataFrame, after: pd.DataFrame
) -> None:
    changed = pd.DataFrame(index=after.index)
    is_new = after["shape"].notna().to_numpy() & ~(before["shape"].to_numpy() == after["shape"].to_numpy())
    if is_new.any():
        changed["geometry"] = before["wkb"]
        changed.loc[is_new, "geometry"] = shapely.to_wkb(after.loc[is_new, "shape"].to_numpy())
    for name in shapes.POSITIONS:
        if name in after and not before[name].equals(after[name]):
            changed[name] = after[name]
    if len(changed.columns):
        shapes.write(connection, table, changed)


def _note(units: shapes.Units, rule: str, table: str, column: str, rows: pd.Index, beside: list[str]) -> list[Finding]:
    return units.finding(NOTE, rule, "", table, column, rows, beside)


def _close(units: shapes.Units, table: str) -> list[Finding]:
    frame = units.frames[table]
    is_open = frame["wkb"].notna() & frame["shape"].isna()
    closed = shapes.decoded(frame.loc[is_open, "wkb"], on_invalid="fix")
    rows = frame.index[is_open][~shapely.is_missing(closed)]
    frame.loc[rows, "shape"] = closed[~shapely.is_missing(closed)]
    return _note(units, N_("A ring that was open is closed now"), table, BOUNDARY, rows, [])


def _exchange(units: shapes.Units, table: str, declared: str) -> list[Finding]:
    """Axes back in order; the conversion of the datum had passed over what lay outside China."""
    frame, rule = units.frames[table], N_("Longitude and latitude were exchanged and are in order now")
    wrong = geometry.exchanged_boundaries(frame["shape"].to_numpy())
    turned = shapely.transform(frame.loc[wrong, "shape"].to_numpy(), lambda points: points[:, ::-1])
    frame.loc[wrong, "shape"] = datum.move(turned, declared)
    found = _note(units, rule, table, BOUNDARY, frame.index[wrong], [])
    if "longitude" in frame:
        wrong = geometry.exchanged_positions(frame)
        latitude, longitude = frame.loc[wrong, list(shapes.POSITIONS)].to_numpy(copy=True).T
        frame.loc[wrong, list(shapes.POSITIONS)] = np.column_stack(datum.to_wgs84(longitude, latitude, declared))
        beside = [f"{x:.6f}, {y:.6f}" for x, y in frame.loc[wrong, list(shapes.POSITIONS)].to_numpy()]
        found += _note(units, rule, table, "longitude", frame.index[wrong], beside)
    return found


def _uncross(units: shapes.Units, table: str) -> list[Finding]:
    """Valid polygons instead of rings that cross themselves; both areas are told, as they may differ."""
    frame = units.frames[table]
    boundaries = frame["shape"].to_numpy()
    finite = np.isfinite(shapely.bounds(boundaries)).all(axis=1)
    asked = np.flatnonzero(finite & shapes.is_area(boundaries) & ~shapely.is_valid(boundaries))
    mended = shapely.make_valid(boundaries[asked], method="structure", keep_collapsed=False)
    asked, mended = asked[geometry.sound(mended)], mended[geometry.sound(mended)]
    was, is_ = (shapes.square_metres(shapely.area(shapes.on_ground(each))) for each in (boundaries[asked], mended))
    frame.iloc[asked, frame.columns.get_loc("shape")] = mended
    beside = [f"{before} → {after}" for before, after in zip(was, is_, strict=True)]
    rule = N_("The boundary crossed itself and does so no longer")
    return _note(units, rule, table, BOUNDARY, frame.index[asked], beside)


def _drop_slivers(units: shapes.Units, table: str) -> list[Finding]:
    """Separate pieces of a unit that are slivers go; a unit that is nothing else keeps them."""
    frame = units.frames[table]
    is_sound = frame["shape"].where(geometry.sound(frame["shape"].to_numpy()), None)
    pieces, owner = geometry.slivers(is_sound.to_numpy())
    rows, beside = [], []
    for place in np.unique(owner):
        whole = frame["shape"].iloc[place]
        kept = [part for part in shapely.get_parts(whole) if part not in pieces[owner == place]]
        if kept:
            rows.append(frame.index[place])
            frame.at[rows[-1], "shape"] = shapely.multipolygons(kept) if len(kept) > 1 else kept[0]
            beside += shapes.square_metres([shapes.sizes(pieces[owner == place])[1].sum()])
    return _note(units, N_("Pieces that were slivers are gone"), table, BOUNDARY, pd.Index(rows), beside)


def _cut_beyond(units: shapes.Units, level: coverage.Siblings) -> list[Finding]:
    broad, sliver = coverage.beyond(level)
    asked = np.flatnonzero((broad <= shapes.AREA) & (sliver > shapes.AREA))
    cut = _areas(shapely.intersection(level.ground[asked], level.whole[asked], grid_size=GRID))
    asked, cut = asked[~shapely.is_missing(cut)], cut[~shapely.is_missing(cut)]  # not a unit that is all sliver
    rows = level.children.index[asked]
    units.frames[level.kind.table].loc[rows, "shape"] = cut
    rule, beside = N_("A sliver beyond the parent is cut off"), shapes.square_metres(sliver[asked])
    return _note(units, rule, level.kind.table, BOUNDARY, rows, beside)


def _cut_overlaps(units: shapes.Units, level: coverage.Siblings) -> list[Finding]:
    """A sliver in two units stays with the one that stands first in the table."""
    frame, key = units.frames[level.kind.table], level.children[shapes.key(level.kind.table)]
    pairs = coverage.overlaps(level)
    pairs = pairs[pairs["broad"] <= shapes.AREA]
    rows, beside = [], []
    for first, second, area in zip(pairs["first"], pairs["second"], shapes.square_metres(pairs["sliver"]), strict=True):
        row, other = level.children.index[second], frame.at[level.children.index[first], "shape"]
        (left,) = _areas(shapely.difference([frame.at[row, "shape"]], other, grid_size=GRID))
        if left is not None:  # else the unit is that sliver
            frame.at[row, "shape"] = left
            rows.append(row)
            beside.append(f"∩ {key.iloc[first]} · {area}")
    rule = N_("A sliver that lay in two units is in the first only")
    return _note(units, rule, level.kind.table, BOUNDARY, pd.Index(rows), beside)


def _fill_gaps(units: shapes.Units, level: coverage.Siblings) -> list[Finding]:
    """A sliver that belonged to nobody goes to the unit with which it shares most of its edge."""
    frame = units.frames[level.kind.table]
    gaps = coverage.gaps(level, np.flatnonzero(level.parent_row >= 0))
    rows, beside = [], []
    for parent, left in zip(gaps["parent"], gaps["shape"], strict=True):
        around = level.children.index[level.parent_row == parent]
        parts = shapely.get_parts(left)
        for part in parts[shapes.widths(shapes.on_ground(parts)) < shapes.SLIVER]:
            edges = shapely.boundary(frame.loc[around, "shape"].to_numpy())
            row = around[np.argmax(shapely.length(shapely.intersection(edges, shapely.buffer(part, 10 * GRID))))]
            whole = frame.at[row, "shape"]
            (joined,) = _areas(shapely.union([whole], part, grid_size=GRID))
            if 0 < shapely.get_num_geometries(joined) <= shapely.get_num_geometries(whole):  # else only corners touch
                frame.at[row, "shape"] = joined
                rows.append(row)
                beside += shapes.square_metres(shapes.sizes(np.array([part]))[1])
    rule = N_("A sliver that was in no unit is added to this one")
    return _note(units, rule, level.kind.table, BOUNDARY, pd.Index(rows), beside)


def _areas(cut: np.ndarray) -> np.ndarray:
    """The polygons of what a cut left, without the points, lines and slivers where edges only touched."""
    parts, owner = shapely.get_parts(cut, return_index=True)
    kept = shapes.widths(shapes.on_ground(parts)) >= shapes.SLIVER
    joined = np.full(len(cut), None)
    if kept.any():  # shapely forgets `out` where there is nothing to put in
        shapely.multipolygons(parts[kept], indices=owner[kept], out=joined)
    single = shapely.get_num_geometries(joined) == 1
    joined[single] = shapely.get_geometry(joined[single], 0)
    return joined
