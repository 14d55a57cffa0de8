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
from dashboard.text import _

MOST_STACKED_COLUMNS, LONGEST_UPRIGHT = 14, 6  # categories, and letters of a name, that stand side by side
LITERAL = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

_INVALID = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(words: str) -> str:
    """The words without characters that no XML file can hold (XML 1.0, production 2)."""
    return _INVALID.sub("", words)


def chart_type(chart: Chart) -> XL_CHART_TYPE:
    """The form as python-pptx names it."""
    if chart.form == "stacked":
        few = len(chart.categories) <= MOST_STACKED_COLUMNS
        is_upright = few and all(len(name) <= LONGEST_UPRIGHT for name in chart.categories)
        return XL_CHART_TYPE.COLUMN_STACKED if is_upright else XL_CHART_TYPE.BAR_STACKED
    return {
        "bar": XL_CHART_TYPE.BAR_CLUSTERED,
        "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "line": XL_CHART_TYPE.LINE_MARKERS,
        "doughnut": XL_CHART_TYPE.DOUGHNUT,
        "scatter": XL_CHART_TYPE.XY_SCATTER,
    }[chart.form]


def is_lying(chart: Chart) -> bool:
    """Whether its bars lie, so that it grows with the number of its categories."""
    return chart_type(chart) in (XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.BAR_STACKED)


def chart_data(chart: Chart) -> CategoryChartData | XyChartData:
    """The chart's numbers as python-pptx takes them; a target is the last series, the same for every category.

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
    if has_target(chart):
        name = printable(_("Target {value}").format(value=chart.target.shown))
        data.add_series(name, [value_of(chart.target)] * len(chart.categories))
    return data


def has_target(chart: Chart) -> bool:
    """A target of parts of a whole, or of pairs, would be none of any one mark."""
    return chart.target is not None and chart.form in ("bar", "column", "line")


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
