"""Tables of a slide: how wide their columns are, how many of their rows fit, and the table itself.

Lengths are in points.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.reports import fitting
from dashboard.reports.deck_theme import TABLE_STYLE
from dashboard.reports.fitting import LINE, Box
from dashboard.reports.model import Table

SIZES = (16, 14, 13, 12, 11)
PAGED_SIZE = 12  # of a table that no size fits on one slide
SIDE, TOP = 6, 3  # margins inside a cell
NARROWEST, STRETCH = 34, 3
MOST_LINES = 6  # of one cell; a name longer than that is cut


@dataclass(frozen=True)
class Fit:
    """A table laid out: size of type, widths of columns, height of the head and of each row."""

    size: float
    widths: tuple[float, ...]
    head: float
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """Height of all rows with the head."""
        return self.head + sum(self.heights)

    def count(self, room: float, start: int = 0) -> int:
        """How many rows from `start` on fit under the head into a height; at least one."""
        ends = accumulate(self.heights[start:], initial=self.head)
        return max(1, sum(end <= room for end in ends) - 1)


def natural_width(table: Table, size: float = SIZES[1]) -> float:
    """How wide a table would like to be, every cell on one line."""
    return sum(_wishes(table, size))


def fitted(table: Table, room: Box) -> Fit:
    """The table at the largest size that shows all rows in the box, or at `PAGED_SIZE`."""
    fits = (_fit(table, size, room.width) for size in SIZES)
    return next((fit for fit in fits if fit.height <= room.height), None) or _fit(table, PAGED_SIZE, room.width)


def draw(shapes, table: Table, fit: Fit, rows: range, place: Box, marked: Collection[tuple[int, int]] = ()):
    """Put rows of a table on a slide; `marked` cells (row, column) speak of trouble."""
    heights = [fit.head, *(fit.heights[row] for row in rows)]
    corner = (Pt(place.left), Pt(place.top))
    frame = shapes.add_table(len(heights), len(table.columns), *corner, Pt(sum(fit.widths)), Pt(sum(heights)))
    drawn = frame.table
    drawn.horz_banding = False
    drawn._tbl.tblPr.find(qn("a:tableStyleId")).text = TABLE_STYLE
    for column, width in zip(drawn.columns, fit.widths, strict=True):
        column.width = Pt(width)
    texts = [[column.title for column in table.columns], *([cell.shown for cell in table.rows[row]] for row in rows)]
    for at, (line, height) in enumerate(zip(texts, heights, strict=True)):
        drawn.rows[at].height = Pt(height)
        for across, (words, column, width) in enumerate(zip(line, table.columns, fit.widths, strict=True)):
            is_marked = at > 0 and (rows[at - 1], across) in marked
            _write(drawn.cell(at, across), _cut(words, fit.size, width), fit.size, column.is_number, is_marked)
    return frame


def _write(cell, words: str, size: float, is_number: bool, is_marked: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(TOP)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    if is_number:
        paragraph.alignment = PP_ALIGN.RIGHT
    run = paragraph.add_run()
    run.text = words
    run.font.size = Pt(size)
    if is_marked:
        run.font.bold = True
        run.font.color.rgb = RGBColor.from_string(theme.TROUBLE[1:].upper())


def _fit(table: Table, size: float, room: float) -> Fit:
    widths = _widths(table, size, room)
    head = _row_height([column.title for column in table.columns], size * 1.06, widths)  # bold is wider
    heights = tuple(_row_height([cell.shown for cell in row], size, widths) for row in table.rows)
    return Fit(size, widths, head, heights)


def _row_height(texts: Sequence[str], size: float, widths: Sequence[float]) -> float:
    most = max(
        len(fitting.lines(words, size, width - 2 * SIDE - 1)) for words, width in zip(texts, widths, strict=True)
    )
    return min(most, MOST_LINES) * size * LINE + 2 * TOP


def _cut(words: str, size: float, width: float) -> str:
    return fitting.shortened(" ".join(words.split()), size, width - 2 * SIDE - 1, MOST_LINES)


def _wishes(table: Table, size: float) -> list[float]:
    """Width of each column with every cell on one line; a title may take two."""
    found = []
    for place, column in enumerate(table.columns):
        cells = [fitting.width(row[place].shown, size) for row in table.rows]
        title = fitting.width(column.title, size * 1.06)
        found.append(max([NARROWEST, title if title < 6 * size else 0.6 * title, *cells]) + 2 * SIDE + 2)
    return found


def _widths(table: Table, size: float, room: float) -> tuple[float, ...]:
    """Columns stretched to the room, or words narrowed before numbers, whose digits stay on one line."""
    wishes = _wishes(table, size)
    if sum(wishes) <= room:
        share = min(STRETCH, room / sum(wishes))
        return tuple(wish * share for wish in wishes)
    is_fixed = [column.is_number for column in table.columns]
    fixed = sum(wish for wish, number in zip(wishes, is_fixed, strict=True) if number)
    words = [wish for wish, number in zip(wishes, is_fixed, strict=True) if not number]
    left = room - fixed
    if not words or left < len(words) * 2 * NARROWEST:  # too many columns for their digits: all give way alike
        return tuple(wish * room / sum(wishes) for wish in wishes)
    level = _level(words, left)
    return tuple(wish if number else min(wish, level) for wish, number in zip(wishes, is_fixed, strict=True))


def _level(wishes: Sequence[float], room: float) -> float:
    """The width at which columns are capped so that together they fill the room: short ones keep what they need."""
    remaining, left = sorted(wishes), room
    while remaining and remaining[0] <= left / len(remaining):
        left -= remaining.pop(0)
    return left / len(remaining) if remaining else max(wishes)
