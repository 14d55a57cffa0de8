"""How high charts stand in the written report, and which of them stand side by side. Lengths are in points."""

from collections.abc import Sequence

from dashboard.reports.document.look import SMALL, WIDTH
from dashboard.reports.model import Chart, Figure
from dashboard.reports.office import fitting, room
from dashboard.reports.office.chart_data import is_lying
from dashboard.reports.office.room import values

HEIGHT, LOWEST, HIGHEST = 170.0, 110.0, 560.0  # of a chart: commonly (6 cm), of few bars, of many
CHART_TYPES = (10, 9.5, SMALL)
MOST_BARS = 45  # of a chart, whose names would touch beyond that
BETWEEN = 14.0
HALF = (WIDTH - BETWEEN) / 2
MOST_POINTS = 6  # of columns in half the width


def is_drawn(chart: Chart) -> bool:
    """Whether a chart has values, and not too many bars to name each."""
    is_crowded = chart.form in ("bar", "stacked") and len(chart.categories) > MOST_BARS
    return bool(values(chart)) and not is_crowded


def height(chart: Chart, width: float) -> float:
    """Height of a chart of some width; lying bars have what they need to be named."""
    if not is_lying(chart, width):
        return HEIGHT
    return min(HIGHEST, max(LOWEST, room.least_height(chart, width, CHART_TYPES[0]) + 4))


def groups(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures in their order, two narrow charts that follow one another together."""
    found: list[list[Figure]] = []
    for figure in figures:
        if found and len(found[-1]) == 1 and is_narrow(figure) and is_narrow(found[-1][0]):
            found[-1].append(figure)
        else:
            found.append([figure])
    return found


def is_narrow(figure: Figure) -> bool:
    """Whether a figure is a chart that can be read in half the width, its numbers and names included."""
    chart = figure.chart
    if chart is None or figure.is_empty or not is_drawn(chart) or chart.form in ("stacked", "scatter"):
        return False
    if chart.form == "bar":
        widest = max(fitting.width(name, SMALL) for name in chart.categories)
        return len(chart.series) == 1 and widest * 1.06 + 10 <= room.MOST_NAME * HALF
    return chart.form != "column" or (len(chart.categories) <= MOST_POINTS and not is_lying(chart, HALF))
