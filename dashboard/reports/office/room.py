"""The room inside a chart: what its axes, names and legend take, what is left to the marks, and a scale that fits.

Nothing here knows a file format. Lengths are in points; office programs draw with fonts of their own, so that all but
a plot whose place is told to them is an estimate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import ceil, floor, inf, log10

from dashboard.reports.model import Chart
from dashboard.reports.office import fitting
from dashboard.reports.office.chart_data import has_target, is_lying, target_words, value_of
from dashboard.reports.office.fitting import Box

MOST_NAME = 0.42  # of the width of a chart that names of lying bars may take
NARROW = 0.5  # share of the largest value: a line within less of it may leave out the zero, if it is of a rate
RATES = ("share", "score", "total", "number", "decimal", "hours")  # that are not counted in ones
PART = 0.06  # of a whole: the least slice or part that is labelled, however large the chart
SKIPS = (1, 2, 3, 4, 6, 12)  # of months and quarters: names at even distances
BAR = 1.4  # em: from one name of lying bars to the next
MOST_LABELS = 8  # points of a line, all with their numbers
LEGEND_SHARE, KEY = 0.7, 2.5  # of the width of a chart; em of the sample of a mark, with its distances
MOST_ENDS = 5  # lines with a number at their end
EDGE = 6  # between the longest number and the edge


@dataclass(frozen=True)
class Scale:
    """Ends of a value axis and the distance of its numbers."""

    low: float
    high: float
    step: float

    def part(self, value: float) -> float:
        """Where a value lies, from 0 at the low end to 1 at the high one."""
        return (value - self.low) / (self.high - self.low)


def values(chart: Chart) -> list[float]:
    """All reported values of a chart's series."""
    return [v for series in chart.series for cell in series.cells if (v := value_of(cell)) is not None]


def sums(chart: Chart) -> list[float]:
    """Height of each stack."""
    return [sum(value_of(series.cells[at]) or 0 for series in chart.series) for at in range(len(chart.categories))]


def has_legend(chart: Chart, width: float) -> bool:
    """Whether the marks need a legend: more than one series, slices, or a line of a target."""
    is_line = has_target(chart) and not is_lying(chart, width)
    return chart.form == "doughnut" or is_line or (len(chart.series) > 1 and chart.form != "scatter")


def plot(chart: Chart, room: tuple[float, float], size: float) -> Box:
    """Where the marks of bars, columns, stacks and lines lie in a chart of this width and height."""
    width, height = room
    below = 2 * size * _legend_rows(chart, width, size)
    if is_lying(chart, width):
        names = min(MOST_NAME * width, max(fitting.width(name, size) for name in chart.categories) * 1.06 + 10)
        above = 1.9 * size if has_target(chart) else 4
        below += 4 if is_labelled(chart, room, size) and chart.form != "stacked" else 2 * size
        return Box(names, above, width - names - 8, max(1, height - above - below))
    left = 8 if is_bare(chart, room, size) else 5 * size
    right = 8.0
    if chart.form == "line":
        left = _axis_width(chart, scale(chart, room, size), size)
        right += 0 if is_labelled_throughout(chart) else widest_number(chart, size)
    return Box(left, size, max(1, width - left - right), max(1, height - 2.6 * size - below))


def _legend_rows(chart: Chart, width: float, size: float) -> int:
    """Lines of a legend below the marks; LibreOffice gives its entries no more than this share of the width."""
    if not has_legend(chart, width):
        return 0
    names = [series.name for series in chart.series] + ([target_words(chart)] if has_target(chart) else [])
    return ceil(sum(fitting.width(name, size) + KEY * size for name in names) / (LEGEND_SHARE * width))


def _axis_width(chart: Chart, axis: Scale, size: float) -> float:
    """Width of the numbers beside a value axis."""
    written = (f"{end:.1%}" if chart.kind == "share" else f"{end:,.1f}" for end in (axis.low, axis.high))
    return max(fitting.width(words, size) for words in written) + 8


def is_labelled_throughout(chart: Chart) -> bool:
    """Whether a line has the number of every point; else only that of its last one, beside it."""
    return len(chart.series) == 1 and len(chart.categories) <= MOST_LABELS


def least_height(chart: Chart, width: float, size: float) -> float:
    """How high a chart of lying bars must be to name each of them."""
    tall = 1_000.0
    bars = len(chart.categories) * (1 if chart.form == "stacked" else max(1.0, 0.7 * len(chart.series)))
    return tall - plot(chart, (width, tall), size).height + BAR * size * bars


def is_labelled(chart: Chart, room: tuple[float, float], size: float) -> bool:
    """Whether every bar or column has room for its number."""
    width, height = room
    count = len(chart.categories) * (1 if chart.form == "stacked" else len(chart.series))
    if is_lying(chart, width):
        return count * size * 1.05 <= height
    return count * widest_number(chart, size) <= 0.95 * width


def is_bare(chart: Chart, room: tuple[float, float], size: float) -> bool:
    """Whether numbers stand at the marks instead of at an axis."""
    return chart.form in ("bar", "column") and is_labelled(chart, room, size)


def widest_number(chart: Chart, size: float) -> float:
    """Width of the longest value as it is written."""
    shown = [cell.shown for series in chart.series for cell in series.cells if value_of(cell) is not None]
    return max((fitting.width(words, size) for words in shown), default=0)


def scale(chart: Chart, room: tuple[float, float], size: float) -> Scale:
    """The value axis: from zero for amounts; for lines of rates it may begin above, where their band is narrow."""
    told = sums(chart) if chart.form == "stacked" else values(chart)
    target = [value_of(chart.target) or 0.0] if has_target(chart) else []
    low, high = min([*told, *target], default=0.0), max([*told, *target], default=1.0)
    if is_bare(chart, room, size):
        return _beyond_ends(chart, room, size, min(low, 0.0), max(high, 0.0))
    is_narrow = chart.form == "line" and chart.kind in RATES and low > 0 and high - low < NARROW * high
    low = low if is_narrow else min(low, 0.0)
    high = high if high > low else low + (abs(low) or 1.0)
    step = _step(high - low) if chart.kind in RATES else max(1, _step(high - low))
    bottom, top = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    if is_narrow and top < high + 0.12 * (high - low):  # room for the last number
        top += step
    return Scale(round(bottom, 10), round(top, 10), step)


def _beyond_ends(chart: Chart, room: tuple[float, float], size: float, low: float, high: float) -> Scale:
    """An axis long enough for the numbers beyond the ends of its bars."""
    body = plot(chart, room, size)
    extent = body.width if is_lying(chart, room[0]) else body.height
    number = widest_number(chart, size) + EDGE if is_lying(chart, room[0]) else 1.6 * size
    reserve = min(0.4, number / extent)
    span = (high - low) / (1 - reserve * (2 if low < 0 else 1)) or 1.0
    return Scale(low - reserve * span if low < 0 else 0.0, high + reserve * span if high > 0 else 0.0, span)


def _step(span: float) -> float:
    """A round distance that cuts a span in three to six."""
    exact = span / 5
    power = 10.0 ** floor(log10(exact))
    return round(next(n for n in (1, 2, 2.5, 5, 10) if n * power >= exact - 1e-12) * power, 10)


def skip(chart: Chart, room: tuple[float, float], size: float) -> int:
    """Every how many-th name of a standing chart finds room, all of them level."""
    slot = plot(chart, room, size).width / max(1, len(chart.categories))
    if chart.form != "line" and all(fitting.is_level(name, size, slot) for name in chart.categories):
        return 1
    widest = max((fitting.width(name, size) for name in chart.categories), default=0) + 0.5 * size
    return next((n for n in SKIPS if n * slot >= widest), max(SKIPS[-1], ceil(widest / slot)))


def type_size(chart: Chart, room: tuple[float, float], sizes: Sequence[float]) -> float:
    """The first of the sizes in which names stand apart: those of lying bars below, of columns beside one another."""
    width, _height = room
    for size in sizes:
        body = plot(chart, room, size)
        slot = body.width / max(1, len(chart.categories))
        if is_lying(chart, width):
            is_apart = body.height / max(1, len(chart.categories)) >= BAR * size
        else:
            is_apart = all(fitting.is_level(name, size, slot - 0.4 * size) for name in chart.categories)
        if is_apart or chart.form not in ("bar", "column", "stacked"):
            return size
    return sizes[-1]


def spread(ends: Sequence[float], distance: float, preferred: Sequence[str]) -> tuple[str, ...]:
    """Where the number of each line's last point stands so that all keep apart: r(ight), t(op), b(ottom), or nowhere.

    `ends` are heights of the last points, `preferred` the side, t or b, that each line does not come from; `distance`
    is the height of a number.
    """
    extents = {"r": (-0.5, 0.5), "t": (0.3, 1.3), "b": (-1.3, -0.3)}

    def span(at: int, side: str) -> tuple[float, float]:
        low, high = extents[side]
        return ends[at] + low * distance, ends[at] + high * distance

    def cost(sides: tuple[str, ...]) -> float:
        told = [span(at, side) for at, side in enumerate(sides) if side]
        others = [
            (span(at, side), (end - 0.2 * distance, end + 0.2 * distance))
            for at, side in enumerate(sides)
            for place, end in enumerate(ends)
            if side in ("t", "b") and place != at
        ]
        if any(_touch(*pair) for pair in (*combinations(told, 2), *others)):
            return inf
        return sum(
            6 if not side else 0 if side == "r" else 2 - (side == preferred[at]) for at, side in enumerate(sides)
        )

    return min(product(("r", "t", "b", ""), repeat=len(ends)), key=cost)


def _touch(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
