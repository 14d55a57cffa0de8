"""Native charts of a workbook, drawn from cells of the sheet they stand on."""

from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from xlsxwriter.chart import Chart as OfficeChart
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dashboard.reports import cell_formats
from dashboard.reports.model import Cell, Chart, Figure, Series
from dashboard.reports.office.charts import chart_type
from dashboard.reports.office.cleaning import cleaned
from dashboard.reports.workbook_cells import HEADING, INK, LINE, SOFT, Writer
from dashboard.text import _

WIDTH, LEAST_HEIGHT, BAR_HEIGHT, MOST_HEIGHT = 680, 360, 30, 1200  # pixels
MOST_LABELS = {"bar": 60, "column": 14, "stacked": 60, "line": 8, "scatter": 12}  # values written beside their marks
MANY = 3  # columns of chart data: more are as wide as the chart
GAP, BESIDE = 2, 14  # widths of the empty column beside a table and of a column of chart data, in letters
FONT, AXIS_FONT = {"size": 10, "color": INK}, {"size": 10, "color": SOFT}
LYING = {XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.BAR_STACKED}

Range = list[Any]  # sheet, first row and column, last row and column, as XlsxWriter takes it


class _Data:
    """Ranges of the sheet that hold what a chart shows: columns of the table where they are the same, else new ones."""

    def __init__(self, writer: Writer, sheet: Worksheet, figure: Figure, head: int) -> None:
        self.writer, self.sheet, self.head = writer, sheet, head
        self.columns = list(zip(*figure.table.rows, strict=True))
        self.first = self.next = len(figure.table.columns) + 1
        self.category_format = "General"

    def names(self, categories: tuple[str, ...]) -> Range:
        """Where the names of the categories stand."""
        for at, column in enumerate(self.columns):
            formats = {cell_formats.number_format(cell) for cell in column if _is_typed(cell)}
            if tuple(cell.shown for cell in column) == categories and len(formats) <= 1:
                self.category_format = min(formats, default="General")
                return self._range(at, len(categories))
        at = self._new(_("Chart data"))
        for row, name in enumerate(categories, start=self.head + 1):
            self.writer.words(self.sheet, row, at, name)
        return self._range(at, len(categories))

    def values(self, name: str, cells: tuple[Cell, ...]) -> Range:
        """Where the values of a series stand; what is not reported or hidden is an empty cell, drawn as a gap."""
        is_complete = all(map(_is_typed, cells))
        if is_complete and cells in self.columns:
            return self._range(self.columns.index(cells), len(cells))
        at = self._new(name)
        for row, cell in enumerate(cells, start=self.head + 1):
            if _is_typed(cell):
                self.writer.cell(self.sheet, row, at, cell)
        return self._range(at, len(cells))

    def place(self, count: int) -> tuple[int, int]:
        """Row and column for the chart: beside all columns, or below many of its own, lest the page gets too wide.

        Never in the row of titles, which is frozen and printed on every page.
        """
        if self.next - self.first >= MANY:
            return self.head + count + 2, self.first
        if self.next > self.first:
            self.sheet.set_column(self.next, self.next, GAP)
        return self.head + 1, self.next + (self.next > self.first)

    def _new(self, title: str) -> int:
        at, self.next = self.next, self.next + 1
        self.writer.words(self.sheet, self.head, at, title, **{**HEADING, "font_color": SOFT})
        self.sheet.set_column(at, at, BESIDE)
        return at

    def _range(self, column: int, count: int) -> Range:
        return [self.sheet.get_name(), self.head + 1, column, self.head + count, column]


def _is_typed(cell: Cell) -> bool:
    return cell_formats.value(cell) is not None


def insert(writer: Writer, sheet: Worksheet, figure: Figure, head: int) -> None:
    """Draw a figure's chart beside its table, whose titles stand in row `head`."""
    chart = figure.chart
    data = _Data(writer, sheet, figure, head)
    names = data.names(chart.categories)
    form = chart_type(chart)
    is_lying = form in LYING
    kind = {"stacked": "bar" if is_lying else "column"}.get(chart.form, chart.form)
    drawn = writer.book.add_chart({"type": kind, **({"subtype": "stacked"} if chart.form == "stacked" else {})})
    if chart.form == "scatter":
        _points(drawn, chart, data, names)
    else:
        for series in chart.series:
            drawn.add_series(_series(chart, series, names, data, is_lying))
    title = figure.title
    if chart.target is not None and chart.form == "stacked":
        title = f"{title} · {_target_name(chart)}"
    elif chart.target is not None:
        _add_target(writer, drawn, chart, names, data)
    _dress(drawn, chart, title, data.category_format, is_lying)
    height = LEAST_HEIGHT if not is_lying else max(LEAST_HEIGHT, 120 + BAR_HEIGHT * len(chart.categories))
    drawn.set_size({"width": WIDTH, "height": min(height, MOST_HEIGHT)})
    top, left = data.place(len(chart.categories))
    # Neither filtering nor sorting the rows beside it may squeeze the chart.
    sheet.insert_chart(top, left, drawn, {"object_position": 3, "description": cleaned(figure.alt)})


def _series(chart: Chart, series: Series, names: Range, data: _Data, is_lying: bool) -> dict[str, Any]:
    values = data.values(series.name, series.cells)
    drawn: dict[str, Any] = {"name": cleaned(series.name), "categories": names, "values": values}
    if chart.form == "line":
        mark = {"type": "circle", "size": 6, "fill": {"color": series.colour}, "border": {"color": "#ffffff"}}
        drawn |= {"line": {"color": series.colour, "width": 2.25}, "marker": mark, "smooth": False}
    else:
        drawn |= {"fill": {"color": series.colour}, "gap": 60, "invert_if_negative": False}
        drawn |= {"overlap": 100} if chart.form == "stacked" or chart.target is not None else {}
    if chart.points:
        border = {"color": "#ffffff"} if chart.form == "doughnut" else {"none": True}
        drawn["points"] = [{"fill": {"color": colour}, "border": border} for colour in chart.points]
    if _is_labelled(chart, is_lying):
        drawn["data_labels"] = {"value": True, "num_format": chart.number_format, "font": FONT}
        if chart.form == "line":
            drawn["data_labels"]["position"] = "above"
    return drawn


def _is_labelled(chart: Chart, is_lying: bool) -> bool:
    """Whether the values have room beside their marks."""
    most = MOST_LABELS["bar"] if is_lying else MOST_LABELS.get(chart.form, len(chart.categories))
    return len(chart.categories) * len(chart.series) <= most


def _points(drawn: OfficeChart, chart: Chart, data: _Data, names: Range) -> None:
    """A point per category, with its name where there are few."""
    across, up = chart.series
    point: dict[str, Any] = {
        "name": cleaned(up.name),
        "categories": data.values(across.name, across.cells),
        "values": data.values(up.name, up.cells),
        "marker": {"type": "circle", "size": 8, "fill": {"color": up.colour}, "border": {"color": "#ffffff"}},
    }
    if len(chart.categories) <= MOST_LABELS["scatter"]:
        labels = [{"value": _label(name, names, at)} for at, name in enumerate(chart.categories)]
        point["data_labels"] = {"value": True, "custom": labels, "position": "above", "font": FONT}
    drawn.add_series(point)


def _label(name: str, names: Range, at: int) -> str:
    """The name of a point; one that would be read as a formula is taken from its cell."""
    sheet, first, column, *_last = names
    if not cleaned(name).startswith("="):
        return cleaned(name)
    return f"={quote_sheetname(sheet)}!{xl_rowcol_to_cell(first + at, column, True, True)}"


def _target_name(chart: Chart) -> str:
    return _("Target {value}").format(value=chart.target.shown)


def _add_target(writer: Writer, drawn: OfficeChart, chart: Chart, names: Range, data: _Data) -> None:
    """A dashed line across columns and lines; a dashed frame around lying bars, which no line series can cross."""
    name, line = _target_name(chart), {"color": SOFT, "width": 1.5, "dash_type": "dash"}
    target: dict[str, Any] = {
        "name": cleaned(name),
        "categories": names,
        "values": data.values(name, (chart.target,) * len(chart.categories)),
    }
    if chart.form == "bar":
        drawn.add_series({**target, "fill": {"none": True}, "border": line})
    elif chart.form == "line":
        drawn.add_series({**target, "line": line, "marker": {"type": "none"}})
    else:
        across = writer.book.add_chart({"type": "line"})
        across.add_series({**target, "line": line, "marker": {"type": "none"}})
        drawn.combine(across)


def _dress(drawn: OfficeChart, chart: Chart, title: str, category_format: str, is_lying: bool) -> None:
    """Title, axes and legend."""
    drawn.set_title({"name": cleaned(title), "name_font": {"size": 12, "color": INK}, "overlay": False})
    has_legend = len(chart.series) > 1 or chart.target is not None or chart.form == "doughnut"
    is_shown = has_legend and chart.form != "scatter"
    drawn.set_legend({"position": "bottom", "font": FONT} if is_shown else {"none": True})
    drawn.show_blanks_as("gap")
    drawn.set_chartarea({"border": {"color": LINE}})
    if chart.form == "doughnut":
        drawn.set_hole_size(55)
        return
    quiet = {"line": {"color": LINE}, "num_font": AXIS_FONT, "major_tick_mark": "none", "label_position": "low"}
    lines = {"visible": True, "line": {"color": LINE}}
    value = {**quiet, "name": cleaned(chart.axis), "name_font": {"size": 10, "bold": False, "color": SOFT}}
    value |= {"num_format": chart.number_format, "major_gridlines": lines}
    shown = [v for series in chart.series for cell in series.cells if (v := cell_formats.value(cell)) is not None]
    if chart.form in ("bar", "column", "stacked") and min(shown, default=0) >= 0:
        value["min"] = 0  # a length means nothing otherwise
    category = {**quiet, "major_gridlines": {"visible": False}}
    if chart.form in ("bar", "column") and _is_labelled(chart, is_lying):
        value |= {"visible": False, "major_gridlines": {"visible": False}}  # every bar has its number
    if chart.form != "scatter":
        # Months stand one after another, as written in their cells.
        category |= {"text_axis": True, "num_format": category_format}
    if chart.form == "scatter":
        across = chart.series[0]
        category |= {"name": cleaned(across.name), "name_font": value["name_font"]}
        category["num_format"] = across.cells[0].office_format if across.cells else "General"
    if is_lying:
        drawn.set_y_axis({**category, "reverse": True, "crossing": "max"})
        drawn.set_x_axis({**value, "label_position": "next_to"})
    else:
        drawn.set_x_axis(category)
        drawn.set_y_axis(value)
