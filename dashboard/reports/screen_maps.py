"""The district map of a briefing for a projector: SVG and its legend, in the colours of the page it stands on."""

from dashboard.maps import colours, sheets
from dashboard.reports.model import Area, Drawing
from dashboard.reports.screen_words import Box, overlap
from dashboard.text import number

WIDTH, HEIGHT = 1_104, 580  # pixels of a view of 1,920 x 1,080
NAME, SMALL = 24, 20  # letters
HATCHED = ' class="hatched"'
HATCH = (
    '<pattern id="not-reported" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="3" height="9" fill="#1f2933" fill-opacity="0.45"/></pattern>'
)


def html(drawing: Drawing, width: float = WIDTH, height: float = HEIGHT) -> str:
    """The map as `svg` draws it, over its legend."""
    legend = "".join(
        f'<li><i{HATCHED * entry.is_hatched} style="background-color:{sheets.escaped(entry.colour)}"></i>'
        f"{sheets.escaped(entry.words)} <b>{number(entry.count, 'count')}</b></li>"
        for entry in drawing.legend
    )
    credit = f'<p class="credit">{sheets.escaped(drawing.credit)}</p>' if drawing.credit else ""
    return f'{svg(drawing, width, height)}<ul class="legend">{legend}</ul>{credit}'


def svg(drawing: Drawing, width: float = WIDTH, height: float = HEIGHT) -> str:
    """The map alone in at most this room, a whole document that needs no style sheet.

    Every area tells its name and value, whether or not there is room to write them.
    """
    width = min(width, height * drawing.aspect)
    height = width / drawing.aspect
    shapes = "".join(_shape(area, drawing, width, height) for area in drawing.areas)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif">'
        f'<defs>{HATCH}</defs><g class="areas" stroke="#ffffff" stroke-width="2">{shapes}</g>'
        f'<g class="names" text-anchor="middle" paint-order="stroke" stroke-width="7" stroke-linejoin="round">'
        f"{_names(drawing, width, height)}</g></svg>"
    )


def _shape(area: Area, drawing: Drawing, width: float, height: float) -> str:
    entry = drawing.legend[area.entry]
    outline = "".join("M" + "L".join(f"{x * width:.1f} {y * height:.1f}" for x, y in ring) + "z" for ring in area.rings)
    title = f"<title>{sheets.escaped(area.name)}: {sheets.escaped(area.cell.shown)}</title>"
    hatch = f'<path d="{outline}" fill="url(#not-reported)"/>' if entry.is_hatched else ""
    return f'<path d="{outline}" fill="{sheets.escaped(entry.colour)}">{title}</path>{hatch}'


def _names(drawing: Drawing, width: float, height: float) -> str:
    """Name over value, the largest areas first; only the name, or nothing, where there is no room beside the others."""
    taken: list[Box] = []
    written = []
    for area in sorted(drawing.areas, key=_extent, reverse=True):
        colour = drawing.legend[area.entry].colour
        looks = f'fill="{colours.ink(colour)}" stroke="{sheets.escaped(colour)}"'
        least = max([4.0, *map(sheets.wide, area.name.split() if area.name.isascii() else [])])  # no word is torn
        for size, is_valued in ((NAME, True), (SMALL, True), (NAME, False), (SMALL, False)):
            lines = sheets.lines(area.name, max(_across(area) * width, least * size), size)
            words = [*lines, area.cell.shown] if is_valued else lines
            step = 1.2 * size
            across, up = max(map(sheets.wide, words), default=0) * size / 2 + 3, len(words) * step / 2 + 2
            if not words or 2 * across > width or 2 * up > height:
                continue
            x = min(max(area.place[0] * width, across), width - across)
            y = min(max(area.place[1] * height, up), height - up)
            box = (x - across, y - up, x + across, y + up)
            if any(overlap(box, other) for other in taken):
                continue
            taken.append(box)
            top = y - len(words) * step / 2
            for at, line in enumerate(words):
                place = f'x="{x:.1f}" y="{top + at * step + size:.1f}" font-size="{size}"'
                written.append(f"<text {place} {looks}>{sheets.escaped(line)}</text>")
            break
    return "".join(written)


def _across(area: Area) -> float:
    """Width of the widest ring."""
    return max((max(x for x, _y in ring) - min(x for x, _y in ring) for ring in area.rings if ring), default=0.0)


def _extent(area: Area) -> float:
    """Width times height of the largest ring."""
    spans = ([max(axis) - min(axis) for axis in zip(*ring, strict=True)] for ring in area.rings if ring)
    return max((across * down for across, down in spans), default=0.0)
