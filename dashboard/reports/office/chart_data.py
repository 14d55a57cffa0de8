"""The numbers of an editable chart, as office programs take them, in a workbook of nothing but words and values.

python-pptx writes the workbook; names that begin like a formula or an address are kept words here.
"""

import re
from contextlib import contextmanager
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE
from xlsxwriter import Workbook

from dashboard.reports.model import OFFICE_FORMATS, Cell, Chart
from dashboard.reports.office import fitting
from dashboard.text import _

MOST_STANDING, LONGEST_UPRIGHT = 14, 6  # categories, and letters of a name, that stand side by side
NAME, NUMBERS = 10, 46  # type of the names of columns; width of the numbers of an axis, in points
LITERAL = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

_INVALID = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(words: str) -> str:
    """The words without characters that no XML file can hold (XML 1.0, production 2)."""
    return _INVALID.sub("", words)


def chart_type(chart: Chart, width: float | None = None) -> XL_CHART_TYPE:
    """The form as python-pptx names it; columns whose names do not stand level in a chart of this width (points) lie.

    Without a width they stand, and stacks lie that have many or long names.
    """
    if chart.form in ("column", "stacked"):
        kind = "COLUMN" if _stands(chart, width) else "BAR"
        return XL_CHART_TYPE[f"{kind}_{'STACKED' if chart.form == 'stacked' else 'CLUSTERED'}"]
    return {
        "bar": XL_CHART_TYPE.BAR_CLUSTERED,
        "line": XL_CHART_TYPE.LINE_MARKERS,
        "doughnut": XL_CHART_TYPE.DOUGHNUT,
        "scatter": XL_CHART_TYPE.XY_SCATTER,
    }[chart.form]


def is_lying(chart: Chart, width: float | None = None) -> bool:
    """Whether its bars lie in a chart of this width, so that it grows with the number of its categories."""
    return chart_type(chart, width) in (XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.BAR_STACKED)


def _stands(chart: Chart, width: float | None) -> bool:
    names = chart.categories
    if len(names) > MOST_STANDING:
        return chart.form == "column"
    if width is None:
        return chart.form == "column" or all(len(name) <= LONGEST_UPRIGHT for name in names)
    slot = (width - NUMBERS) / max(1, len(names))
    return all(fitting.is_level(name, NAME, slot) for name in names)


def chart_data(chart: Chart, width: float) -> CategoryChartData | XyChartData:
    """The numbers of a chart of this width (points) as python-pptx takes them.

    A target is the last series, the same for every category; no series can cross lying bars, which have a line drawn.

    Values are those of `Cell.office_value` in the format of their kind; what is not reported, or hidden, stays empty.
    """
    if chart.form == "scatter":
        across, up = chart.series
        points = _XyData(tuple(map(printable, chart.categories)), format_of(across.cells))
        series = points.add_series(printable(up.name), chart.number_format)
        for x, y in zip(across.cells, up.cells, strict=True):
            series.add_data_point(value_of(x), value_of(y))
        return points
    data = _CategoryData(number_format=chart.number_format)
    data.categories = [printable(name) for name in chart.categories]
    for series in chart.series:
        data.add_series(printable(series.name), [value_of(cell) for cell in series.cells])
    if has_target(chart) and not is_lying(chart, width):
        data.add_series(target_words(chart), [value_of(chart.target)] * len(chart.categories))
    return data


def has_target(chart: Chart) -> bool:
    """A target of parts of a whole, or of pairs, would be none of any one mark."""
    return chart.target is not None and chart.form in ("bar", "column", "line")


def target_words(chart: Chart) -> str:
    """What the line of a chart's target is called."""
    return printable(_("Target {value}").format(value=chart.target.shown))


def value_of(cell: Cell) -> float | None:
    """The number of a cell; none where nothing is reported, or it is hidden."""
    value = cell.office_value
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    return value if is_number else None


def format_of(cells: tuple[Cell, ...]) -> str:
    """How office programs write numbers of the kind of these cells."""
    return OFFICE_FORMATS[cells[0].kind] if cells else "General"


class _CategoryData(CategoryChartData):
    @property
    def _workbook_writer(self) -> CategoryWorkbookWriter:
        return _CategoryWriter(self)


class _XyData(XyChartData):
    """Points with their names, which the workbook holds beside them."""

    def __init__(self, names: tuple[str, ...], x_format: str) -> None:
        super().__init__(number_format=x_format)
        self.names = names

    @property
    def _workbook_writer(self) -> XyWorkbookWriter:
        return _XyWriter(self)


class _Literal:
    """Names that begin like a formula or an address stay words in the workbook."""

    @contextmanager
    def _open_worksheet(self, file: Any):
        with Workbook(file, LITERAL) as workbook:
            yield workbook, workbook.add_worksheet()


class _CategoryWriter(_Literal, CategoryWorkbookWriter):
    pass


class _XyWriter(_Literal, XyWorkbookWriter):
    def _populate_worksheet(self, workbook: Workbook, worksheet: Any) -> None:
        super()._populate_worksheet(workbook, worksheet)
        worksheet.write_column(1, 2, self._chart_data.names)
