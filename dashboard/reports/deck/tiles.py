"""Tiles of headline figures on a slide: how much room they need, and the shapes. Lengths are in points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.reports.model import Figure, Tile
from dashboard.reports.office import fitting
from dashboard.reports.office.fitting import LATIN_LINE, Box
from dashboard.reports.office.words import GREY, bare, describe, run, write
from dashboard.text import _

IN_A_ROW, GAP = 4, 12
MOST_LINES = 2  # of a title or a change
INKS = {"watch": "8A5F00", "unknown": "5B6675"}  # amber and grey, as dark as words need them


@dataclass(frozen=True)
class Look:
    """Type of a tile's title, value and words, and the margin inside it."""

    title: float
    value: float
    words: float
    margin: float


LOOKS = (Look(14, 28, 12, 10), Look(13, 25, 11, 8), Look(12, 22, 10.5, 7), Look(12, 20, 10, 5))


def boxes(count: int, box: Box) -> list[Box]:
    """A box for each of some tiles, row by row, as even as can be."""
    rows = -(-count // IN_A_ROW)
    across = -(-count // rows)
    columns = box._replace(height=(box.height - GAP * (rows - 1)) / rows).columns(GAP, *[1] * across)
    return [
        columns[place % across]._replace(top=box.top + place // across * (columns[0].height + GAP))
        for place in range(count)
    ]


def height(tiles: Sequence[Tile], width: float, look: Look = LOOKS[0]) -> float:
    """Height of tiles in a box of some width, as high as the highest needs."""
    room = boxes(len(tiles), Box(0, 0, width, 1))[0].width - 2 * look.margin
    highest = max(
        fitting.height([_title(tile, room, look)], look.title, room)
        + look.value * LATIN_LINE
        + fitting.height(_lines(tile, room, look), look.words, room)
        for tile in tiles
    )
    rows = -(-len(tiles) // IN_A_ROW)
    return rows * (highest + 2 * look.margin + 2) + GAP * (rows - 1)


def fitted(tiles: Sequence[Tile], room: Box) -> Look | None:
    """The largest look in which tiles fit into a box, or none."""
    return next((look for look in LOOKS if height(tiles, room.width, look) <= room.height), None)


def split(figure: Figure, room: Box) -> Iterator[Figure]:
    """The figure in as many parts as its tiles need boxes of this size."""
    across = (2 * IN_A_ROW, IN_A_ROW)
    count = next((n for n in across if fitted(figure.tiles[:n], room)), IN_A_ROW)
    for start in range(0, len(figure.tiles), count):
        yield replace(figure, tiles=figure.tiles[start : start + count])


def draw(shapes, tiles: Sequence[Tile], body: Box) -> None:
    """Put tiles on a slide: one shape each with title, value, judgement and changes."""
    look = fitted(tiles, body) or LOOKS[-1]
    for tile, box in zip(tiles, boxes(len(tiles), body), strict=True):
        _tile(shapes, tile, box, look)


def _tile(shapes, tile: Tile, box: Box, look: Look) -> None:
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
    shape.line.fill.background()
    shape.shadow.inherit = False
    text = shape.text_frame
    bare(text, anchor=MSO_ANCHOR.TOP)  # titles of a row stand in line
    text.margin_left = text.margin_right = text.margin_top = Pt(look.margin)
    room = box.width - 2 * look.margin
    value = min(look.value, look.value * room / max(1, fitting.width(tile.cell.shown, look.value * 1.06)))
    signal, *changes = _lines(tile, room, look)
    write(text, [_title(tile, room, look)], look.title, colour=MSO_THEME_COLOR.TEXT_2)
    run(text.add_paragraph(), tile.cell.shown, value, True, MSO_THEME_COLOR.TEXT_1)
    judged = run(text.add_paragraph(), signal, look.words, tile.signal != "unknown")
    judged.font.color.rgb = RGBColor.from_string(INKS.get(tile.signal) or theme.SIGNALS[tile.signal][1:].upper())
    for words in changes:
        run(text.add_paragraph(), words, look.words).font.color.rgb = GREY
    for paragraph in text.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
    describe(shape, tile.title, _("{name}: {value}").format(name=tile.title, value=tile.cell.shown))


def _title(tile: Tile, room: float, look: Look) -> str:
    return fitting.shortened(tile.title, look.title, room, MOST_LINES)


def _lines(tile: Tile, room: float, look: Look) -> list[str]:
    """Judgement with its sign, target; changes."""
    sign = f"{theme.SIGNS[tile.signal]} {tile.signal_words}"
    target = [] if tile.target is None else [_("Target {value}").format(value=tile.target.shown)]
    return [
        fitting.shortened(words, look.words * 1.06, room, MOST_LINES)
        for words in (" · ".join([sign, *target]), *tile.changes)
    ]
