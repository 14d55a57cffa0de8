"""The map as a drawing for slides and paper: units in the colours of their classes, legend, and where it comes from.

One SVG 1,600 pixels wide, in the light colours whatever the page's, without style sheets, scripts or anything fetched:
office programs read it too.
"""

import math
from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from dashboard.charts import theme
from dashboard.maps import sheets, tiles
from dashboard.maps.colours import NOT_REPORTED
from dashboard.maps.frames import Frame, frame, paths, rings
from dashboard.maps.scales import Entry, Scale
from dashboard.maps.sheets import INK, MARGIN, PAPER, PARTS, SOFT, WIDTH, Sheet
from dashboard.text import _, number

PANEL_WIDTH, PANEL_HEIGHT = 1216, 744
GROUND, CONTEXT = "#eef1f5", "#465466"
MOST_BORDERS = 1_500  # units; more borders would hide what they enclose
DOT, RADIUS = 4, 3  # pixels: a unit at a point that is smaller than the first is a dot of the second
LETTERS = 15  # size of names, in pixels
HALO = f'stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" aria-hidden="true"'

Shown = dict[int, tuple[str, bool]]  # unit -> colour and whether it is hatched


def view(bounds: list[float]) -> Frame:
    """The part of the ground that a picture of these bounds shows. Raises `ValueError` if they enclose nothing."""
    return frame(bounds, PANEL_WIDTH, PANEL_HEIGHT)


def svg(
    seen: Frame,
    sheet: Sheet,
    *,
    shapes: dict[str, Any],
    rows: pd.DataFrame,
    scale: Scale,
    entries: list[Entry],
    borders: pd.DataFrame,
    names: pd.DataFrame,
) -> bytes:
    """Draw `rows` (unit_code and what the scale reads) with their boundaries, the one row of `map_tile` in `shapes`.

    A unit without a row is left out. `entries` is the legend, `borders` rows of `map_outlines`; `names` has unit_name,
    longitude and latitude, the most important first, and a name that would lie over one before it is left out.
    """
    head, top = sheets.head(sheet)
    key, end = sheets.key(sheet, entries, top)
    foot, height = sheets.foot(sheet, max(top + PANEL_HEIGHT, end) + 16)
    codes = tiles.codes(shapes)
    shown = _shown(codes, rows, scale)
    hatched = {entry.colour or PAPER for entry in entries if entry.is_hatched}
    hatched |= {colour for colour, is_hatched in shown.values() if is_hatched}
    edge = f'x="{MARGIN}" y="{top}" width="{seen.width}" height="{seen.height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" role="img" ',
        f'viewBox="0 0 {WIDTH} {height}" font-family="{sheets.FONT}" fill="{INK}">',
        f"<title>{sheets.escaped(sheet.title)}</title><desc>{sheets.escaped(sheet.subtitle)}</desc>",
        f'<defs><clipPath id="panel"><rect {edge}/></clipPath>{"".join(map(sheets.hatching, sorted(hatched)))}</defs>',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>{head}',
        f'<g clip-path="url(#panel)"><g transform="translate({MARGIN} {top}) scale({1 / PARTS})">',
        f'<path fill="{GROUND}" d="{sheets.box(seen.width, seen.height)}"/>',
        *_units(_bodies(seen, shapes, codes, shown), shown),
        *_borders(seen, borders),
        f'</g><g transform="translate({MARGIN} {top})">',
        *_names(seen, names),
        *_measures(seen),
        sheets.text(sheet.credit, seen.width - 8, seen.height - 8, 13, fill=SOFT, anchor="end"),
        f'</g></g><rect {edge} fill="none" stroke="{SOFT}"/>{key}{foot}</svg>',
    ]
    return "".join(parts).encode()


def _shown(codes: NDArray, rows: pd.DataFrame, scale: Scale) -> Shown:
    """Colour of every unit of a tile that has a row, by its place in the tile."""
    at = pd.Index(rows["unit_code"]).get_indexer(pd.Index(codes, dtype=object))
    units = np.flatnonzero(at >= 0)
    found = rows.iloc[at[units]]
    colours = np.array([*scale.colours, NOT_REPORTED["light"], PAPER], dtype=object)[scale.classes(found)]
    return dict(zip(units.tolist(), zip(colours, scale.hatched(found).tolist(), strict=True), strict=True))


def _bodies(seen: Frame, shapes: dict[str, Any], codes: NDArray, shown: Shown) -> dict[int, str]:
    """Path of every unit that is shown, or a dot where that would be too small to see."""
    outlines, spans = _outlines(seen, shapes)
    points = {}
    if shapes["point_codes"] is not None:
        places = np.round(seen.placed(np.stack(shapes["point_positions"])) * PARTS).astype(int).tolist()
        points = dict(zip(shapes["point_codes"], places, strict=True))
    found = {}
    for unit in shown:
        point = points.get(codes[unit])
        if point and spans.get(unit, 0) < DOT:
            found[unit] = f'<circle cx="{point[0]}" cy="{point[1]}" r="{RADIUS * PARTS}"/>'
        elif unit in outlines:
            found[unit] = f'<path d="{outlines[unit]}"/>'
    return found


def _outlines(seen: Frame, shapes: dict[str, Any]) -> tuple[dict[int, str], dict[int, float]]:
    """Path of every unit of a tile that has a boundary, and the width or height in pixels of its largest ring."""
    if shapes["codes"] is None:
        return {}, {}
    sizes = np.abs(shapes["ring_sizes"])
    owners = np.repeat(np.arange(len(shapes["codes"])), shapes["ring_counts"])
    corners = seen.placed(shapes["coordinates"].reshape(-1, 2) / tiles.DEGREE)
    starts = np.cumsum(sizes) - sizes
    extents = np.maximum.reduceat(corners, starts) - np.minimum.reduceat(corners, starts)
    spans = pd.Series(extents.max(axis=1)).groupby(owners).max().to_dict()
    return paths(corners, sizes, owners), spans


def _units(bodies: dict[int, str], shown: Shown) -> list[str]:
    """One shape per unit, together with the others of the same fill."""
    groups = defaultdict(list)
    for unit, body in bodies.items():
        groups[shown[unit]].append(body)
    is_crowded = len(bodies) > MOST_BORDERS
    lines = 'shape-rendering="crispEdges"' if is_crowded else f'stroke="{PAPER}" stroke-width="{0.8 * PARTS}"'
    drawn = []
    for (colour, is_hatched), parts in sorted(groups.items()):
        edge = f' stroke="{SOFT}"' if colour == PAPER else ""  # what is not applicable has no colour of its own
        drawn.append(f'<g fill="{sheets.fill(colour, is_hatched)}"{edge}>{"".join(parts)}</g>')
    return [f'<g id="units" fill-rule="evenodd" {lines}>', *drawn, "</g>"]


def _borders(seen: Frame, borders: pd.DataFrame) -> list[str]:
    """Lines around the districts, or the chosen unit and its neighbours; what lies outside the chosen one is paled."""
    shapes = shapely.from_geojson(borders["geometry_json"].to_numpy(object))
    coordinates, sizes, owners = rings(shapely.simplify(shapes, 180 / seen.scale))  # half a pixel
    outlines = paths(seen.placed(coordinates), sizes, owners)
    chosen = [] if borders["is_chosen"].all() else np.flatnonzero(borders["is_chosen"]).tolist()
    hole = "".join(outlines.get(unit, "") for unit in chosen)
    around = sheets.box(seen.width, seen.height) + hole
    pale = f'<path fill="{GROUND}" fill-opacity="0.6" fill-rule="evenodd" d="{around}"/>'
    widths = {unit: 2.6 if unit in chosen else 1.2 for unit in outlines}
    return [
        pale if hole else "",
        f'<g id="borders" fill="none" stroke="{CONTEXT}" stroke-linejoin="round">',
        *(f'<path stroke-width="{widths[unit] * PARTS}" d="{outline}"/>' for unit, outline in outlines.items()),
        "</g>",
    ]


def _names(seen: Frame, names: pd.DataFrame) -> list[str]:
    """Names with a pale edge around their letters, each only where it lies over none before it."""
    taken = [(0, seen.height - 56, 260, seen.height), (seen.width - 60, 0, seen.width, 72)]  # what `_measures` draws
    found = []
    places = seen.placed(names[["longitude", "latitude"]].to_numpy(float))
    for name, (x, y) in zip(names["unit_name"], places.tolist(), strict=True):
        lines = theme.lines(name) if name.isascii() else [name]
        step = LETTERS * 1.15
        across, up = max(map(sheets.wide, lines)) * LETTERS / 2 + 4, len(lines) * step / 2
        left, top, right, bottom = x - across, y - up, x + across, y + up
        is_inside = left >= 0 and top >= 0 and right <= seen.width and bottom <= seen.height
        if is_inside and not any(left < r and le < right and top < b and t < bottom for le, t, r, b in taken):
            taken.append((left, top, right, bottom))
            for place, line in enumerate(lines):
                found.append(sheets.text(line, x, top + place * step + LETTERS, LETTERS, anchor="middle"))
    written = "".join(found)
    return [f'<g {HALO}>{written}</g><g id="names">{written}</g>']


def _measures(seen: Frame) -> list[str]:
    """A bar as long as a round distance, and an arrow to the north."""
    longest = 200 * seen.metres
    power = 10.0 ** math.floor(math.log10(longest))
    metres = next(step * power for step in (5, 2, 1) if step * power <= longest)
    is_far = metres >= 1_000
    words = (_("{distance} km") if is_far else _("{distance} m")).format(
        distance=number(metres / 1_000 if is_far else metres, "decimal")
    )
    left, bottom, right, x = 16, seen.height - 16, 16 + metres / seen.metres, seen.width - 30
    plain = f'fill="{PAPER}" fill-opacity="0.75"'
    bar = f"M{left} {bottom - 8}V{bottom}H{right:.1f}V{bottom - 8}"
    return [
        f'<rect x="8" y="{bottom - 34}" width="{right:.1f}" height="42" {plain}/>',
        f'<rect x="{x - 18}" y="6" width="36" height="60" {plain}/>',
        f'<path d="{bar}" fill="none" stroke="{INK}" stroke-width="2"/>',
        sheets.text(words, left, bottom - 14, LETTERS),
        f'<path d="M{x} 14l9 26-9-6-9 6z"/>',
        sheets.text(_("N"), x, 58, LETTERS, anchor="middle"),
    ]
