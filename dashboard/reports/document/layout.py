"""How high charts stand in the written report, and which of them stand side by side. Lengths are in points."""

from collections.abc import Sequence

from dashboard.reports.document.look import SMALL, WIDTH
from dashboard.reports.model import Chart, Figure
from dashboard.reports.office import fitting, room
from dashboard.reports.office.chart_data import is_lying
from dashboard.reports.office.room import values

HEIGHT, HIGHEST = 160.0, 560.0  # of a chart: commonly (5.6 cm), of very many bars
# LibreOffice keeps no more than 20 charts of a file in mind and draws the others in 16:9, stretched to their frames.
RATIO = 16 / 9
CHART_TYPES = (10, 9.5, SMALL)
MOST_BARS = 45  # of a chart, whose names would touch beyond that
BETWEEN = 14.0  # charts side by side
HALF = (WIDTH - BETWEEN) / 2
MOST_COLUMNS = 6  # in half the width


def is_drawn(chart: Chart) -> bool:
    """Whether a chart has values, and not too many bars to name each."""
    is_crowded = chart.form in ("bar", "stacked") and len(chart.categories) > MOST_BARS
    return bool(values(chart)) and not is_crowded


def size(chart: Chart, width: float = WIDTH) -> tuple[float, float]:
    """Width and height of a chart in a column of some width: 16:9, as high as lying bars need to be named.

    Only more bars than find room in that are drawn higher.
    """
    high = min(HEIGHT, width / RATIO)
    if is_lying(chart, high * RATIO):
        high = max(high, room.least_height(chart, min(width, high * RATIO), SMALL + 0.5))
    return min(width, high * RATIO), min(HIGHEST, high)


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
        has_room = len(chart.series) == 1 and widest * 1.06 + 10 <= room.MOST_NAME * HALF
        return has_room and room.least_height(chart, HALF, SMALL) <= HALF / RATIO
    if chart.form == "column":
        return len(chart.categories) <= MOST_COLUMNS and not is_lying(chart, HALF) and not room.has_legend(chart, HALF)
    return chart.form == "doughnut" or not room.has_legend(chart, HALF)
