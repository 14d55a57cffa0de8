"""What a slide shows of a figure, how its title, unit and note stand around it, and the room it needs to be read.

Lengths are in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.reports.deck import tables, tiles
from dashboard.reports.deck.master import CONTENT
from dashboard.reports.model import Figure
from dashboard.reports.office import fitting, room
from dashboard.reports.office.chart_data import is_lying
from dashboard.reports.office.fitting import LINE, Box

TITLE, SMALL, NOTE = 14, 11, 11  # type of a figure's title, its unit and period, its note
LEAST_TYPE = 10  # in a crowded chart
LEAST_CHART, LEAST_MAP = 140, 200  # heights
NARROWEST = 0.36  # share of the width that a figure gets beside another
BESIDE_SIZE, LARGEST_BESIDE = 12, 13  # type that a table beside another figure is given room for, and at most has


@dataclass(frozen=True)
class Frame:
    """Where the parts of a figure stand in its box, with the words of its title, its unit and period, its note."""

    title: str
    title_box: Box
    unit: str
    unit_box: Box
    body: Box
    note: str
    note_box: Box


def frame(figure: Figure, box: Box, note: str) -> Frame:
    """Cut a box into title, unit and period, body and note of a figure."""
    title = fitting.shortened(figure.title, TITLE * 1.06, box.width, 2)
    unit = fitting.shortened(" · ".join(filter(None, (figure.unit, figure.period))), SMALL, box.width)
    words = fitting.shortened(note, NOTE, box.width, 3)
    heights = [fitting.height([title], TITLE * 1.06, box.width) if title else 0, SMALL * LINE if unit else 0]
    below = fitting.height([words], NOTE, box.width) + 4 if words else 0
    above = sum(heights) + 6 * (sum(heights) > 0)
    body = Box(box.left, box.top + above, box.width, box.height - above - below)
    return Frame(
        title,
        Box(box.left, box.top, box.width, heights[0]),
        unit,
        Box(box.left, box.top + heights[0], box.width, heights[1]),
        body,
        words,
        Box(box.left, box.bottom - below + 4, box.width, max(0, below - 4)),
    )


def look(figure: Figure) -> str:
    """What a slide shows of a figure: tiles, map, chart, table or none. A chart without a value is its table."""
    if figure.tiles:
        return "tiles"
    if figure.drawing and figure.drawing.areas:
        return "map"
    cells = [cell.value for series in figure.chart.series for cell in series.cells] if figure.chart else []
    if any(isinstance(value, int | float) and value == value for value in cells):
        return "chart"
    return "table" if figure.table.rows else "none"


def least(figure: Figure, width: float, size: float = LEAST_TYPE) -> float:
    """How high a figure with title and note must be in a box of some width to be read whole, in type of some size."""
    tall = 1_000.0
    around = tall - frame(figure, Box(0, 0, width, tall), figure.note).body.height
    shown = look(figure)
    if shown == "tiles":
        return around + tiles.height(figure.tiles, width, tiles.LOOKS[-1])
    if shown == "table":
        return around + tables.least_height(figure.table, width, size)
    if shown == "chart" and is_lying(figure.chart, width):
        return around + max(LEAST_CHART, room.least_height(figure.chart, width, size))
    return around + {"chart": LEAST_CHART, "map": LEAST_MAP, "none": 0}[shown]


def shares(figures: Sequence[Figure]) -> list[float]:
    """How figures beside one another share the width: tables get what their columns want, charts the rest."""
    wishes = [
        tables.natural_width(figure.table, BESIDE_SIZE) / (0.96 * CONTENT.width) if look(figure) == "table" else None
        for figure in figures
    ]
    told = [max(NARROWEST, wish) for wish in wishes if wish is not None]
    if len(figures) != 2 or not told:
        return [1.0] * len(figures)
    first = told[0] / sum(told) if len(told) == 2 else told[0] if wishes[0] is not None else 1 - told[0]
    first = min(1 - NARROWEST, max(NARROWEST, first))
    return [first, 1 - first]


def largest(box: Box) -> float:
    """The largest type of a table in a box: that of the other figures where it stands beside one."""
    return tables.SIZES[0] if box.width > (1 - NARROWEST) * CONTENT.width else LARGEST_BESIDE
