"""Tables, files or districts whose coordinates are in another datum than the profile declares.

A datum shifts everything by the same few hundred metres. So points that should lie inside a boundary are taken as
they stand and as if they, or the boundaries, were in each other datum: where nearly all that lay outside then lie
inside, that datum is the one they are in. Scattered mistakes move out as many points as they move in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from dashboard.publishing import datum, shapes
from dashboard.publishing.findings import ERROR, Finding
from dashboard.text import N_

# Of 15 points that lie outside by chance, a shift brings all but three inside in less than one case in fifty.
FEWEST = 15
LEFT_OUTSIDE = 1 / 5
SHIFTS = ("wgs84", "gcj02", "bd09")
SAME = {"cgcs2000": "wgs84"}


@dataclass(frozen=True)
class Pairing:
    """Points of `rows` of a table (x and y in degrees) and, for each, the boundary it should lie in."""

    points: tuple[str, str]
    boundaries: tuple[str, str]
    rows: pd.DataFrame
    x: np.ndarray
    y: np.ndarray
    ground: np.ndarray

    def outside(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Which points, put there, are not in their boundary."""
        return ~shapely.intersects_xy(self.ground, x, y)


def check(units: shapes.Units, declared: str) -> tuple[list[Finding], set[tuple[str, int]]]:
    """Findings, one per table and column, and (table, row) of all that they speak of. Coordinates in WGS 84."""
    findings: dict[tuple[str, str], Finding] = {}
    rows: set[tuple[str, int]] = set()
    for pairing in _pairings(units):
        for (table, column), looks_like, affected, before, after in _suspects(pairing, units, declared):
            if (table, column) in findings:
                continue
            rule = N_("Coordinates of two datums are mixed: these look like {datum}")
            expected = N_("{declared}, as in `place.toml`; {before} % lie outside their boundary, as {datum} {after} %")
            details = {
                "datum": datum.NAMES[looks_like],
                "declared": datum.NAMES[declared],
                "before": f"{before:.0%}"[:-1],
                "after": f"{after:.0%}"[:-1],
            }
            (finding,) = units.finding(ERROR, rule, expected, table, column, affected, details=details)
            findings[table, column] = finding
            rows |= {(table, row) for row in affected}
    return list(findings.values()), rows


def _pairings(units: shapes.Units) -> Iterator[Pairing]:
    """Positions in their own boundary and their community, centres of boundaries in their community."""
    for table, frame in units.frames.items():
        own = frame[frame["shape"].notna()]
        centres = shapely.point_on_surface(own["shape"].to_numpy())
        if "longitude" in frame:
            placed = frame[frame["longitude"].notna() & frame["latitude"].notna()]
            x, y = (placed[name].to_numpy() for name in shapes.POSITIONS)
            within = placed["shape"].notna().to_numpy()
            both = placed[within], x[within], y[within], placed["shape"].to_numpy()[within]
            yield Pairing((table, "longitude"), (table, "geometry"), *both)
            yield from _in_community(units, (table, "longitude"), placed, x, y)
        yield from _in_community(units, (table, "geometry"), own, shapely.get_x(centres), shapely.get_y(centres))


def _in_community(
    units: shapes.Units, points: tuple[str, str], rows: pd.DataFrame, x: np.ndarray, y: np.ndarray
) -> Iterator[Pairing]:
    if "community_code" not in rows or "regions" not in units.frames:
        return
    regions = units.frames["regions"]
    shared = regions[regions["shape"].notna() & ~regions["region_code"].duplicated()].set_index("region_code")["shape"]
    known = rows["community_code"].isin(shared.index).to_numpy()
    ground = shared.loc[rows["community_code"][known]].to_numpy()
    yield Pairing(points, ("regions", "geometry"), rows[known], x[known], y[known], ground)


def _suspects(
    pairing: Pairing, units: shapes.Units, declared: str
) -> Iterator[tuple[tuple[str, str], str, pd.Index, float, float]]:
    """What looks shifted, the datum it looks like, its rows, shares outside before and after."""
    shapely.prepare(pairing.ground)
    before = pairing.outside(pairing.x, pairing.y)
    if before.sum() < FEWEST:
        return
    tried = []
    for other in SHIFTS:
        if other == SAME.get(declared, declared):
            continue
        raw = datum.from_wgs84(pairing.x, pairing.y, declared)
        tried.append((pairing.points, other, pairing.outside(*datum.to_wgs84(*raw, other))))
        raw = datum.from_wgs84(pairing.x, pairing.y, other)  # the boundaries are shifted: the points by as much back
        tried.append((pairing.boundaries, other, pairing.outside(*datum.to_wgs84(*raw, declared))))
    for groups in _groupings(pairing, units, before):
        found: dict[tuple[tuple[str, str], str], np.ndarray] = {}
        for which in groups:
            subject, other, after = min(tried, key=lambda each: each[2][which].sum())
            if before[which].sum() >= FEWEST and after[which].sum() <= before[which].sum() * LEFT_OUTSIDE:
                found[subject, other] = which | found.get((subject, other), False)
        for (subject, other), which in found.items():
            (after,) = (outside for what, datum_, outside in tried if (what, datum_) == (subject, other))
            yield subject, other, _affected(pairing, units, subject, which), before[which].mean(), after[which].mean()
        if found:
            return


def _groupings(pairing: Pairing, units: shapes.Units, outside: np.ndarray) -> Iterator[list[np.ndarray]]:
    """All rows; or else the files, or else the districts of the table that have enough points outside."""
    yield [np.ones(len(outside), dtype=bool)]
    rows = pairing.rows
    labelled = [pd.Series(np.searchsorted(units.lineages[pairing.points[0]].starts, rows.index, side="right"))]
    if "community_code" in rows:
        labelled.append(rows["community_code"].str[:6].reset_index(drop=True))
    for labels in labelled:
        counts = labels[outside].value_counts()
        yield [(labels == label).to_numpy() for label in counts[counts >= FEWEST].index]


def _affected(pairing: Pairing, units: shapes.Units, subject: tuple[str, str], which: np.ndarray) -> pd.Index:
    if subject[0] == pairing.points[0]:
        return pairing.rows.index[which]
    regions, communities = units.frames["regions"], pairing.rows["community_code"][which]
    return regions.index[regions["region_code"].isin(communities)]
