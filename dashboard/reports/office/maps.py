"""A map of shapes: one for each area, coloured by its class, with names, values and a legend in one group.

Lengths are in points.
"""

from collections.abc import Iterable

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.reports.model import Area, Drawing, Entry
from dashboard.reports.office import fitting
from dashboard.reports.office.fitting import LINE, Box
from dashboard.reports.office.words import text_box
from dashboard.text import _

NAME, VALUE, LEGEND, CREDIT = 12, 11, 12, 10
LEAST_NAME = 10
SWATCH, GAP = 14, 14
SCALE = 10_000  # steps of a ring's coordinates across the drawing
EDGE, HATCH = "FFFFFF", "9AA3AF"
Label = tuple[Box, float, list[str]]  # where, size of type, lines
PLATE = 78_000  # opacity of the plate under a name, in thousandths of a percent


def draw(shapes, drawing: Drawing, box: Box):
    """Put the map into a box as one group of shapes."""
    group = shapes.add_group_shape()
    legend = [_("{words} ({count})").format(words=entry.words, count=entry.count) for entry in drawing.legend]
    map_box, legend_box = _cut(drawing, box, legend)
    for area in drawing.areas:
        _area(group.shapes, area, drawing.legend[area.entry], map_box)
    for label, size, words in labels(drawing, map_box):
        _label(group.shapes, label, size, words)
    for place, entry, words in zip(_legend_boxes(legend, legend_box), drawing.legend, legend, strict=True):
        swatch = group.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, Pt(place.left), Pt(place.top + (place.height - SWATCH) / 2), Pt(SWATCH), Pt(SWATCH)
        )
        _fill(swatch, entry)
        beside = place._replace(left=place.left + SWATCH + 6, width=place.width - SWATCH - 6)
        text_box(group.shapes, beside, [words], LEGEND, wraps=len(fitting.lines(words, LEGEND, beside.width)) > 1)
    if drawing.credit:
        line = Box(box.left, box.bottom - CREDIT * LINE, box.width, CREDIT * LINE)
        text_box(group.shapes, line, [fitting.shortened(drawing.credit, CREDIT, box.width)], CREDIT)
    return group


def labels(drawing: Drawing, box: Box) -> list[Label]:
    """Names and values that fit on the map without touching each other.

    Where not every area finds room for both, all have smaller type, then names alone; a name that still finds none
    is left out: it is in the notes.
    """
    tried = []
    for size, has_values in ((NAME, True), (LEAST_NAME, True), (LEAST_NAME, False)):
        tried.append(_placed(drawing, box, size, has_values))
        if len(tried[-1]) == len(drawing.areas):
            break
    return max(tried, key=len)


def _placed(drawing: Drawing, box: Box, size: float, has_values: bool) -> list[Label]:
    """Labels of one look, the largest areas first, each as near to its place as it can be."""
    found: list[Label] = []
    for area in sorted(drawing.areas, key=_extent, reverse=True):
        middle = (box.left + area.place[0] * box.width, box.top + area.place[1] * box.height)
        words = [area.name, area.cell.shown] if has_values else [area.name]
        free = (
            place
            for place in _around(middle, size, words)
            if _inside(place, box) and not any(overlap(place, other) for other, _size, _words in found)
        )
        found += [(place, size, words) for place in [next(free, None)] if place]
    return found


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return (
        min(one.right, other.right) - max(one.left, other.left) > 0.01
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.01
    )


def _extent(area: Area) -> float:
    xs, ys = zip(*(point for ring in area.rings for point in ring), strict=True)
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _around(middle: tuple[float, float], size: float, words: list[str]) -> Iterable[Box]:
    width = max(fitting.width(line, size) for line in words) + 6
    height = sum(size * fitting.leading(line) for line in words) + 2
    for up in (0, -0.6, 0.6, -1.1, 1.1):
        for aside in (0, -0.35, 0.35, -0.7, 0.7):
            yield Box(middle[0] + (aside - 0.5) * width, middle[1] + (up - 0.5) * height, width, height)


def _inside(place: Box, box: Box) -> bool:
    return place.left >= box.left and place.right <= box.right and place.top >= box.top and place.bottom <= box.bottom


def _cut(drawing: Drawing, box: Box, legend: list[str]) -> tuple[Box, Box]:
    """The map and its legend, which stands where it leaves the map larger: beside or below."""
    credit = CREDIT * LINE + 4 if drawing.credit else 0
    room = box._replace(height=box.height - credit)
    wide = max((fitting.width(words, LEGEND) for words in legend), default=0) * 1.05 + SWATCH + 10
    wide = min(wide, 0.4 * box.width)
    below = _rows(legend, room.width) * (LEGEND * LINE + 4) + 8
    beside_map = _contained(drawing.aspect, room._replace(width=room.width - wide - GAP))
    below_map = _contained(drawing.aspect, room._replace(height=room.height - below))
    if beside_map.width > below_map.width:
        return beside_map, Box(room.right - wide, room.top, wide, room.height)
    return below_map, Box(room.left, room.bottom - below + 8, room.width, below - 8)


def _contained(aspect: float, room: Box) -> Box:
    width = min(room.width, room.height * aspect)
    height = width / aspect
    return Box(room.left + (room.width - width) / 2, room.top + (room.height - height) / 2, width, height)


def _columns(legend: list[str], width: float) -> int:
    widest = max((fitting.width(words, LEGEND) for words in legend), default=1) * 1.05 + SWATCH + 6 + GAP
    return max(1, min(len(legend), int((width + GAP) // widest)))


def _rows(legend: list[str], width: float) -> int:
    return -(-len(legend) // _columns(legend, width))


def _legend_boxes(legend: list[str], box: Box) -> list[Box]:
    """A line or more for each entry, in as many columns as find room."""
    across = _columns(legend, box.width)
    width = (box.width - GAP * (across - 1)) / across
    rows = [legend[start : start + across] for start in range(0, len(legend), across)]
    found, top = [], box.top
    for row in rows:
        high = max(len(fitting.lines(words, LEGEND, width - SWATCH - 6)) for words in row) * LEGEND * LINE
        found += [Box(box.left + n * (width + GAP), top, width, high) for n in range(len(row))]
        top += high + 4
    return found


def _area(shapes, area: Area, entry: Entry, box: Box) -> None:
    scale = (Pt(box.width) / SCALE, Pt(box.height) / SCALE)
    rings = [[(round(x * SCALE), round(y * SCALE)) for x, y in ring] for ring in area.rings]
    builder = shapes.build_freeform(*rings[0][0], scale=scale)
    for place, ring in enumerate(rings):
        if place:
            builder.move_to(*ring[0])
        builder.add_line_segments(ring[1:], close=True)
    shape = builder.convert_to_shape(Pt(box.left), Pt(box.top))
    shape.name = area.name
    shape._element._nvXxPr.cNvPr.set("descr", _("{name}: {value}").format(name=area.name, value=area.cell.shown))
    shape.shadow.inherit = False
    _fill(shape, entry)
    shape.line.color.rgb = RGBColor.from_string(EDGE)
    shape.line.width = Pt(1)


def _fill(shape, entry: Entry) -> None:
    """The colour of a class; hatched where nothing is reported."""
    shape.shadow.inherit = False
    shape.line.color.rgb = RGBColor.from_string(HATCH if entry.is_hatched else EDGE)
    shape.line.width = Pt(0.75)
    if not entry.is_hatched:
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(entry.colour[1:].upper())
        return
    shape.fill.patterned()
    shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    shape.fill.fore_color.rgb = RGBColor.from_string(HATCH)
    shape.fill.back_color.rgb = RGBColor(255, 255, 255)


def _label(shapes, place: Box, size: float, words: list[str]) -> None:
    shape = text_box(shapes, place, words, size, wraps=False)
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(255, 255, 255)
    etree.SubElement(shape.fill._xPr.find(qn("a:solidFill"))[0], qn("a:alpha")).set("val", str(PLATE))
    for paragraph in shape.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER
