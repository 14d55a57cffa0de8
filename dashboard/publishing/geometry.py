"""The checks that need geometry: sound boundaries in degrees, parts inside the whole, no gaps, nothing elsewhere.

What leaves a unit without ground, or on ground that is another's, is an error: no map and no count by place would
be right. A gap, a sliver or a compound's position beside its community leaves every unit drawn where it is: a
warning. A boundary or position with an error is left out of the checks after it, so that it is named once.
"""

import re

import duckdb
import numpy as np
import pandas as pd
import shapely

from dashboard.publishing import coverage, mixed_datum, shapes
from dashboard.publishing.findings import ERROR, WARNING, Finding
from dashboard.publishing.loading import Lineage
from dashboard.text import N_

MARGIN = 1e-6
CROSSINGS = ("Self-intersection", "Ring Self-intersection")
LOCATION = re.compile(r"\[(.+)\]$")
# China lies between 73 and 136 degrees east and between 3 and 54 degrees north: no number can be both.
EASTINGS, NORTHINGS = (73.0, 136.0), (3.0, 54.0)
EXCHANGED = "longitude between {} and {} and latitude between {} and {}".format(*NORTHINGS, *EASTINGS)
SLIVER_EXPECTED = N_("the same line for both, or nothing narrower than {width} m")


def check(connection: duckdb.DuckDBPyConnection, lineages: dict[str, Lineage], declared: str) -> list[Finding]:
    """All geometric checks on the typed tables that are there, in WGS 84 from the `declared` datum."""
    units = shapes.load(connection, lineages)
    findings = []
    for table in units.frames:
        findings += _exchanged(units, table)
        findings += _rings(units, table)
        findings += _degrees(units, table)
        findings += _narrow(units, table)
    mixed, moved = mixed_datum.check(units, declared)
    findings += mixed
    for level in coverage.levels(units):
        findings += _shared_out(units, level)
    if "regions" in units.frames:
        for table in units.frames:
            findings += _positions(units, table, moved)
    return findings


def exchanged_boundaries(boundaries: np.ndarray) -> np.ndarray:
    """Boundaries whose first coordinates are latitudes of China and whose second are longitudes."""
    left, bottom, right, top = shapely.bounds(boundaries).T
    return (
        (left >= NORTHINGS[0]) & (right <= NORTHINGS[1]) & (bottom >= EASTINGS[0]) & (top <= EASTINGS[1])
    )


def exchanged_positions(rows: pd.DataFrame) -> pd.Series:
    """Positions whose longitude is a latitude of China and whose latitude is a longitude."""
    return rows["longitude"].between(*NORTHINGS) & rows["latitude"].between(*EASTINGS)


def sound(boundaries: np.ndarray) -> np.ndarray:
    """Boundaries without a defect of their own: valid polygons with an area."""
    return shapely.is_valid(boundaries) & shapes.is_area(boundaries)


def _exchanged(units: shapes.Units, table: str) -> list[Finding]:
    frame = units.frames[table]
    rule = N_("Longitude and latitude are exchanged")
    expected = N_("longitude (73 to 136) first, then latitude (3 to 54); `--repair` exchanges them back")
    wrong = exchanged_boundaries(frame["shape"].to_numpy())
    found = units.finding(ERROR, rule, expected, table, "geometry", frame.index[wrong])
    frame.loc[wrong, ["shape", "wkb"]] = None
    if "longitude" in frame:
        wrong = exchanged_positions(frame)
        found += units.finding(ERROR, rule, expected, table, "longitude", frame.index[wrong])
        frame.loc[wrong, list(shapes.POSITIONS)] = np.nan
    return found


def _rings(units: shapes.Units, table: str) -> list[Finding]:
    """Rings that are not closed or cross themselves, and boundaries that are points, lines or empty."""
    frame = units.frames[table]
    boundaries = frame["shape"].to_numpy()
    is_open = frame["wkb"].notna().to_numpy() & shapely.is_missing(boundaries)
    is_there = ~shapely.is_missing(boundaries)
    is_area = shapes.is_area(boundaries)
    is_invalid = is_there & is_area & ~shapely.is_valid(boundaries)
    reasons = pd.Series("", frame.index)
    reasons[is_invalid] = shapely.is_valid_reason(boundaries[is_invalid])
    crosses = reasons.str.startswith(CROSSINGS).to_numpy()
    where = reasons.str.extract(LOCATION, expand=False).fillna("").str.replace(" ", ", ")
    column, closed = "geometry", N_("closed rings of at least four positions, holes inside their outer ring")
    other = is_open | (is_invalid & ~crosses)
    found = units.finding(
        ERROR, N_("A ring of the boundary is not closed or not valid"), closed, table, column, frame.index[other]
    )
    rule, expected = N_("The boundary crosses itself"), N_("a ring that does not meet itself")
    found += units.finding(ERROR, rule, expected, table, column, frame.index[crosses], list(where[crosses]))
    rule, expected = N_("The boundary is not an area"), N_("a polygon, or nothing where there is no boundary")
    found += units.finding(ERROR, rule, expected, table, column, frame.index[is_there & ~is_area])
    frame.loc[~is_area | is_invalid, "shape"] = None
    return found


def _degrees(units: shapes.Units, table: str) -> list[Finding]:
    """Boundaries in metres or another unit: not on the globe when read as degrees."""
    frame = units.frames[table]
    left, bottom, right, top = shapely.bounds(frame["shape"].to_numpy()).T
    wrong = (left < -180) | (right > 180) | (bottom < -90) | (top > 90)
    rule, expected = N_("The boundary is not in degrees"), N_("longitude and latitude in degrees")
    found = units.finding(ERROR, rule, expected, table, "geometry", frame.index[wrong])
    frame.loc[wrong, "shape"] = None
    return found


def _narrow(units: shapes.Units, table: str) -> list[Finding]:
    """Units, or separate pieces of one, that are slivers."""
    frame = units.frames[table]
    _, owner = slivers(frame["shape"].to_numpy())
    rule, expected = N_("The unit, or a piece of it, is a sliver"), N_("pieces not narrower than {width} m")
    details = {"width": f"{shapes.SLIVER:g}"}
    return units.finding(WARNING, rule, expected, table, "geometry", frame.index[np.unique(owner)], details=details)


def slivers(boundaries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pieces of boundaries that are slivers, and the position of the boundary that each belongs to."""
    pieces, owner = shapely.get_parts(boundaries, return_index=True)
    # Degrees of longitude shrink to the north, never to less than half in China: few are left to measure exactly.
    is_thin = shapes.widths(pieces) * shapes.METRES_PER_DEGREE < 2 * shapes.SLIVER
    pieces, owner = pieces[is_thin], owner[is_thin]
    is_thin = shapes.widths(shapes.on_ground(pieces)) < shapes.SLIVER
    return pieces[is_thin], owner[is_thin]


def _shared_out(units: shapes.Units, level: coverage.Siblings) -> list[Finding]:
    """Children beyond their parent, on each other's ground, and ground that none of them has."""
    kind, children = level.kind, level.children
    details = {"width": f"{shapes.SLIVER:g}", "area": f"{shapes.AREA:g}"}
    outside, edge = coverage.beyond(level)
    overlaps = coverage.overlaps(level)
    findings = []

    def add(severity: str, rule: str, expected: str, table: str, rows: pd.Index, beside: list[str]) -> None:
        findings.extend(units.finding(severity, rule, expected, table, "geometry", rows, beside, details))

    if kind.is_whole:
        wrong = outside > shapes.AREA
        expected = N_("a boundary that lies inside, to {area} m²")
        add(ERROR, kind.outside, expected, kind.table, children.index[wrong], shapes.square_metres(outside[wrong]))
        thin = ~wrong & (edge > shapes.AREA)
        rule = N_("The boundary and that of the parent do not match: a sliver lies beyond it")
        add(WARNING, rule, SLIVER_EXPECTED, kind.table, children.index[thin], shapes.square_metres(edge[thin]))
    else:
        broad, sliver = shapes.sizes(children["shape"].to_numpy())
        wrong = outside + edge > np.maximum((broad + sliver) / 2, shapes.AREA)
        expected = N_("at least half of it inside")
        add(WARNING, kind.outside, expected, kind.table, children.index[wrong], shapes.square_metres(outside[wrong]))
    findings += _overlapping(units, level, overlaps, details)
    if kind.is_whole:
        crowded = np.union1d(np.flatnonzero(outside + edge > 0), overlaps[["first", "second"]].to_numpy().ravel())
        gaps = coverage.gaps(level, crowded.astype(int))
        gaps.index = level.parents.index[gaps["parent"]]
        broad = gaps[gaps["broad"] > shapes.AREA]
        rule = N_("Parts of the unit belong to none of the units below it: gaps")
        expected = N_("units that together make up the whole")
        add(WARNING, rule, expected, kind.parent, broad.index, shapes.square_metres(broad["broad"]))
        thin = gaps[gaps["broad"] <= shapes.AREA]
        rule = N_("Boundaries of the units below it do not match: slivers belong to none")
        add(WARNING, rule, SLIVER_EXPECTED, kind.parent, thin.index, shapes.square_metres(thin["sliver"]))
    return findings


def _overlapping(
    units: shapes.Units, level: coverage.Siblings, overlaps: pd.DataFrame, details: dict[str, str]
) -> list[Finding]:
    """One row per pair, at the unit that stands later in the table."""
    kind, rows = level.kind, level.children.index
    key = shapes.key(kind.table)
    is_broad = overlaps["broad"] > shapes.AREA
    findings = []
    for pairs, severity, rule, expected, size in (
        (
            overlaps[is_broad],
            # Compounds may share a courtyard; what two grids or regions claim would be counted twice or not at all.
            ERROR if kind.is_whole else WARNING,
            N_("The boundary overlaps that of another unit"),
            N_("every place in one unit"),
            "broad",
        ),
        (
            overlaps[~is_broad],
            WARNING,
            N_("The boundary and that of the neighbour do not match: a sliver lies in both"),
            SLIVER_EXPECTED,
            "sliver",
        ),
    ):
        others = level.children[key].iloc[pairs["first"]]
        areas = shapes.square_metres(pairs[size])
        beside = [f"∩ {other} · {area}" for other, area in zip(others, areas, strict=True)]
        later = rows[pairs["second"]]
        findings += units.finding(severity, rule, expected, kind.table, "geometry", later, beside, details)
    return findings


def _positions(units: shapes.Units, table: str, moved: set[tuple[str, int]]) -> list[Finding]:
    """Positions outside the rectangle round all regions, or else outside their community and not `moved`."""
    frame, regions = units.frames[table], units.frames["regions"]
    if "longitude" not in frame or regions["shape"].isna().all():
        return []
    left, bottom, right, top = shapely.total_bounds(regions["shape"].to_numpy())
    found, elsewhere = [], np.zeros(len(frame), dtype=bool)
    for name, low, high in (("longitude", left, right), ("latitude", bottom, top)):
        outside = ((frame[name] < low - MARGIN) | (frame[name] > high + MARGIN)).to_numpy()
        elsewhere |= outside
        rule, expected = N_("The coordinate lies outside the place"), N_("between {low} and {high}")
        details = {"low": f"{low:.4f}", "high": f"{high:.4f}"}
        beside = [f"{value:g}" for value in frame.loc[outside, name]]
        found += units.finding(ERROR, rule, expected, table, name, frame.index[outside], beside, details)
    if "community_code" not in frame:
        return found
    known = frame[~elsewhere & frame["longitude"].notna() & frame["latitude"].notna()]
    known = known[~known.index.isin([row for name, row in moved if name == table])]
    communities = regions[regions["shape"].notna() & ~regions["region_code"].duplicated()].set_index("region_code")
    known = known[known["community_code"].isin(communities.index)]
    ground = communities["shape"].loc[known["community_code"]].to_numpy()
    shapely.prepare(communities["shape"].to_numpy())
    beside_it = ~shapely.intersects_xy(ground, known["longitude"].to_numpy(), known["latitude"].to_numpy())
    known, ground = known[beside_it], ground[beside_it]
    lines = shapely.shortest_line(shapely.points(known["longitude"], known["latitude"]), ground)
    metres = shapely.length(shapes.on_ground(lines))
    far = metres > shapes.SLIVER
    rule, expected = N_("The position lies outside its community"), N_("a position inside the community of the unit")
    distances = [f"{distance:,.0f} m" for distance in metres[far]]
    return found + units.finding(WARNING, rule, expected, table, "longitude", known.index[far], distances)
