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
from dashboard.reports.deck.master import TABLE_STYLE
from dashboard.reports.model import Table
from dashboard.reports.office import fitting
from dashboard.reports.office.fitting import Box

SIZES = (16, 14, 13, 12, 11, 10.5, 10)
WHOLE_SIZE = 10.5  # type is made smaller down to here rather than a name broken
PAGED_SIZE = 12  # of a table that no size fits on one slide
BOLD = 1.06  # times as wide
TOP = 3  # margin inside a cell, above and below
NARROWEST, STRETCH = 28, 3
MOST_LINES = 6  # of one cell; a name longer than that is cut
MOST_ROWS = 100  # that are measured: no deck shows more


@dataclass(frozen=True)
class Fit:
    """A table laid out: size of type, widths of columns, height of the head and of each row."""

    size: float
    widths: tuple[float, ...]
    head: float
    heights: tuple[float, ...]
    has_whole_numbers: bool  # whether digits stay on one line
    has_whole_names: bool  # whether every cell does

    @property
    def height(self) -> float:
        """Height of all rows with the head."""
        return self.head + sum(self.heights)

    def count(self, room: float, start: int = 0) -> int:
        """How many rows from `start` on fit under the head into a height; at least one."""
        ends = accumulate(self.heights[start:], initial=self.head)
        return max(1, sum(end <= room for end in ends) - 1)


def natural_width(table: Table, size: float) -> float:
    """How wide a table would like to be, every cell on one line."""
    return sum(_wishes(table, size))


def fitted(table: Table, room: Box, largest: float = SIZES[0]) -> Fit:
    """The table at the largest size that shows all rows in the box, or at `PAGED_SIZE`."""
    fits = [_fit(table, size, room.width) for size in SIZES if size <= largest]
    whole = [fit for fit in fits if fit.has_whole_numbers] or fits[-1:]
    paged = next((fit for fit in whole if fit.size <= PAGED_SIZE), whole[-1])
    high_enough = [fit for fit in whole if fit.height <= room.height]
    unbroken = [fit for fit in high_enough if fit.has_whole_names and fit.size >= WHOLE_SIZE]
    return next(iter([*unbroken, *high_enough]), paged)


def least_height(table: Table, width: float, size: float) -> float:
    """How high a table of some width is in type of some size; endless where digits would not stay on one line."""
    fit = _fit(table, size, width)
    return fit.height if fit.has_whole_numbers else float("inf")


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
    cell.margin_left = cell.margin_right = Pt(_side(size))
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
    widths, is_whole = _widths(table, size, room)
    is_unbroken = sum(_wishes(table, size)) <= room
    head = _row_height([column.title for column in table.columns], size * BOLD, widths)
    heights = tuple(_row_height([cell.shown for cell in row], size, widths) for row in table.rows[:MOST_ROWS])
    return Fit(size, widths, head, heights, is_whole, is_unbroken)


def _row_height(texts: Sequence[str], size: float, widths: Sequence[float]) -> float:
    most = max(
        len(fitting.lines(words, size, width - 2 * _side(size) - 1)) for words, width in zip(texts, widths, strict=True)
    )
    return min(most, MOST_LINES) * size * max(map(fitting.leading, texts)) + 2 * TOP


def _cut(words: str, size: float, width: float) -> str:
    return fitting.shortened(" ".join(words.split()), size, width - 2 * _side(size) - 1, MOST_LINES)


def _side(size: float) -> float:
    """Margin at the sides of a cell, less where it is crowded."""
    return 6 if size > 11 else 4


def _wishes(table: Table, size: float, share: float = 0.6) -> list[float]:
    """Width of each column with every cell on one line; a long title is given this share of its width."""
    found = []
    for place, column in enumerate(table.columns):
        cells = [fitting.width(row[place].shown, size) for row in table.rows[:MOST_ROWS]]
        title = fitting.width(column.title, size * BOLD)
        is_short = share > 0.5 and title < 6 * size
        word = fitting.longest_word(column.title, size * BOLD)
        widest = max([NARROWEST, word, title if is_short else share * title, *cells])
        found.append(widest / fitting.SAFE + 2 * _side(size) + 2)
    return found


def _widths(table: Table, size: float, room: float) -> tuple[tuple[float, ...], bool]:
    """Columns stretched to the room, or words narrowed before numbers; and whether digits stay on one line."""
    wishes = _wishes(table, size)
    if sum(wishes) <= room:
        share = min(STRETCH, room / sum(wishes))
        return tuple(wish * share for wish in wishes), True
    is_fixed = [column.is_number for column in table.columns]
    for tried in (wishes, _wishes(table, size, 0.3)):
        words = [wish for wish, number in zip(tried, is_fixed, strict=True) if not number]
        left = room - sum(tried) + sum(words)
        if words and left >= len(words) * 2 * NARROWEST:
            level = _level(words, left)
            narrowed = [w if number else min(w, level) for w, number in zip(tried, is_fixed, strict=True)]
            return tuple(width * room / sum(narrowed) for width in narrowed), True
    return tuple(wish * room / sum(tried) for wish in tried), False


def _level(wishes: Sequence[float], room: float) -> float:
    """The width at which columns are capped so that together they fill the room: short ones keep what they need."""
    remaining, left = sorted(wishes), room
    while remaining and remaining[0] <= left / len(remaining):
        left -= remaining.pop(0)
    return left / len(remaining) if remaining else max(wishes)
