"""Charts that office programs can edit: DrawingML with the workbook of their numbers, for slides and pages alike.

python-pptx writes the chart and its workbook; what it lacks (target lines beside columns, hostile names in the
workbook) is added here. LibreOffice, WPS and Microsoft's programs draw every form used.
"""

import re
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as OfficeChart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.plot import LinePlot
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt
from xlsxwriter import Workbook

from dashboard.charts import theme
from dashboard.reports import fitting
from dashboard.reports.deck_map import overlap
from dashboard.reports.fitting import Box
from dashboard.reports.model import OFFICE_FORMATS, Cell, Chart
from dashboard.text import _

INK, GRID = theme.INK["light"], "#dfe3e8"
MOST_LABELS = {"bar": 60, "column": 14, "stacked": 60, "line": 8}  # values written beside their marks
MOST_STACKED_COLUMNS, LONGEST_UPRIGHT = 14, 6  # categories, and letters of a name, that stand side by side
MOST_ENDED = 24  # points of a line whose last number finds room before the edge
LEAST_GAP = 0.1  # share of the largest value between two numbers at the ends of lines
LEAST_SLICE = 0.06  # share of a doughnut or stack that has room for its number
PLOT, DOT = (380.0, 170.0), 8.0  # points: a plot of common size, and the mark of a pair
FEW = 5  # bars that would be too broad without more room between them
HEADROOM = 1.15  # of the longest bar, for the number beyond its end
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
        points = _XyData(tuple(map(printable, chart.categories)), _format(across.cells))
        series = points.add_series(printable(up.name), chart.number_format)
        for x, y in zip(across.cells, up.cells, strict=True):
            series.add_data_point(_value(x), _value(y))
        return points
    data = _CategoryData(number_format=chart.number_format)
    data.categories = [printable(name) for name in chart.categories]
    for series in chart.series:
        data.add_series(printable(series.name), [_value(cell) for cell in series.cells])
    if _has_target(chart):
        name = printable(_("Target {value}").format(value=chart.target.shown))
        data.add_series(name, [_value(chart.target)] * len(chart.categories))
    return data


def chart_xml(chart: Chart, font_size: float, fonts: tuple[str, str] | None = None) -> tuple[bytes, bytes]:
    """The styled chart as XML, and its workbook; `rId1` in the chart is to be the workbook's relation."""
    data = chart_data(chart)
    space = parse_xml(data.xml_bytes(chart_type(chart)))
    style(OfficeChart(space, None), chart, font_size, fonts)
    # In a page of text a chart without a frame of its own gets one.
    frame = f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    space.find(qn("c:txPr")).addprevious(parse_xml(frame))
    space._add_externalData().rId = "rId1"
    return etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True), data.xlsx_blob


def style(drawn: OfficeChart, chart: Chart, font_size: float, fonts: tuple[str, str] | None = None) -> None:
    """Colours, axes, numbers, legend and target of a chart made of `chart_data`; `font_size` in points.

    `fonts` are the Latin and the East Asian face; without them the theme's own are taken.
    """
    space = drawn._chartSpace
    _lettering(drawn, font_size, fonts)
    drawn.has_title = False
    plot = drawn.plots[0]
    marks = list(plot.series)
    targets = [marks.pop()] if _has_target(chart) else []
    drawn.has_legend = (len(chart.series) > 1 and chart.form != "scatter") or bool(targets) or chart.form == "doughnut"
    if drawn.has_legend:
        is_ring = chart.form == "doughnut"
        drawn.legend.position = XL_LEGEND_POSITION.RIGHT if is_ring else XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    if chart.form == "doughnut":
        _doughnut(plot, chart)
    elif chart.form == "scatter":
        _scatter(drawn, chart)
    elif chart.form == "line":
        _line(drawn, chart, marks)
    else:
        _bars(drawn, chart, marks)
    for target in targets:
        _target(plot, chart, target)
    # Office rounds the corners of a chart that does not say otherwise.
    corners = space.find(qn("c:roundedCorners"))
    if corners is None:
        corners = etree.Element(qn("c:roundedCorners"))
        date1904 = space.find(qn("c:date1904"))
        space.insert(0 if date1904 is None else space.index(date1904) + 1, corners)
    corners.set("val", "0")


def _has_target(chart: Chart) -> bool:
    """A target of parts of a whole, or of pairs, would be none of any one mark."""
    return chart.target is not None and chart.form in ("bar", "column", "line")


def _value(cell: Cell) -> float | None:
    value = cell.office_value
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    return value if is_number else None


def _format(cells: tuple[Cell, ...]) -> str:
    return OFFICE_FORMATS[cells[0].kind] if cells else "General"


def _colour(written: str) -> RGBColor:
    return RGBColor.from_string(written.removeprefix("#").upper())


def _on(fill: str) -> str:
    """White or ink, whichever is read better on a fill (relative luminance, WCAG 2.2)."""
    channels = [int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "#ffffff" if luminance < 0.3 else INK


def _lettering(drawn: OfficeChart, size: float, fonts: tuple[str, str] | None) -> None:
    drawn.font.size = Pt(size)
    drawn.font.color.rgb = _colour(INK)
    properties = drawn.font._rPr
    for tag, face in zip(("a:latin", "a:ea", "a:cs"), (*(fonts or ("+mn-lt", "+mn-ea")), "+mn-cs"), strict=True):
        etree.SubElement(properties, qn(tag)).set("typeface", face)


def _bars(drawn: OfficeChart, chart: Chart, marks: list[Any]) -> None:
    plot, is_stacked = drawn.plots[0], chart.form == "stacked"
    lies = is_lying(chart)
    plot.gap_width = 45 if len(chart.categories) > FEW else 110
    plot.overlap = 100 if is_stacked or (_has_target(chart) and len(marks) == 1) else 0
    values = [v for series in chart.series for cell in series.cells if (v := _value(cell)) is not None]
    target = [_value(chart.target) or 0.0] if _has_target(chart) else []
    sums = [sum(_value(series.cells[at]) or 0 for series in chart.series) for at in range(len(chart.categories))]
    peak = max([*(sums if is_stacked else values), *target, 0])
    count = len(chart.categories) * (1 if is_stacked else len(marks))
    is_labelled = count <= MOST_LABELS[chart.form if lies else "column"]
    for mark, series in zip(marks, chart.series, strict=True):
        mark.invert_if_negative = False
        _fill(mark.format, series.colour)
        for at, colour in enumerate(chart.points):
            _fill(mark.points[at].format, colour)
        if is_labelled:
            _bar_labels(mark, chart, series.colour, [_value(cell) for cell in series.cells], peak)
    if lies:
        drawn.category_axis.reverse_order = True
        # The value axis stays below; python-pptx knows crossings of value axes only.
        drawn.value_axis._element.find(qn("c:crosses")).set("val", "max")
    is_bare = is_labelled and not is_stacked
    _axes(drawn, chart, has_numbers=not is_bare)
    if lies:
        drawn.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
        _name_all(drawn.category_axis)
    low = min(values, default=0)
    if low >= 0:
        drawn.value_axis.minimum_scale = 0
    elif is_bare:
        drawn.value_axis.minimum_scale = low - (HEADROOM - 1) * (max(peak, 0) - low)
    if is_bare and peak > 0:
        drawn.value_axis.maximum_scale = peak + (HEADROOM - 1) * (peak - min(low, 0))
    drawn.value_axis.visible = not is_bare


def _bar_labels(mark: Any, chart: Chart, colour: str, values: list[float | None], peak: float) -> None:
    """Numbers beyond the ends of bars; where a target's line would cross them, or parts are stacked, inside."""
    if chart.form != "stacked" and chart.target is None:
        _labels(mark.data_labels, chart, INK, XL_LABEL_POSITION.OUTSIDE_END)
        return
    inside = XL_LABEL_POSITION.CENTER if chart.form == "stacked" else XL_LABEL_POSITION.INSIDE_BASE
    fills = chart.points or (colour,) * len(values)
    _labels(mark.data_labels, chart, _on(colour), inside)
    for at, (value, fill) in enumerate(zip(values, fills, strict=True)):
        has_room = value is not None and value >= (LEAST_SLICE if chart.form == "stacked" else 0.25) * peak
        if has_room and _on(fill) != _on(colour):
            _label(mark, at, chart, _on(fill), inside)
        elif not has_room and chart.form == "stacked":
            _no_label(mark, at)
        elif not has_room:
            _label(mark, at, chart, INK, XL_LABEL_POSITION.OUTSIDE_END)


def _line(drawn: OfficeChart, chart: Chart, marks: list[Any]) -> None:
    is_labelled = len(marks) == 1 and len(chart.categories) <= MOST_LABELS["line"]
    ends: list[float] = []  # last values with their number beside them
    peak = max((abs(v) for series in chart.series for c in series.cells if (v := _value(c)) is not None), default=0)
    for mark, series in zip(marks, chart.series, strict=True):
        mark.smooth = False
        mark.format.line.width = Pt(2.25)
        mark.format.line.color.rgb = _colour(series.colour)
        mark.marker.style = XL_MARKER_STYLE.CIRCLE
        mark.marker.size = 6
        _fill(mark.marker.format, series.colour)
        mark.marker.format.line.color.rgb = _colour("#ffffff")
        reported = [at for at, cell in enumerate(series.cells) if _value(cell) is not None]
        if is_labelled:
            _labels(mark.data_labels, chart, INK, XL_LABEL_POSITION.ABOVE)
        elif reported and len(chart.categories) <= MOST_ENDED:
            last = _value(series.cells[reported[-1]])
            if any(abs(last - other) < LEAST_GAP * peak for other in ends):
                continue
            ends.append(last)
            _label(mark, reported[-1], chart, INK, XL_LABEL_POSITION.ABOVE)
    _axes(drawn, chart)


def _doughnut(plot: Any, chart: Chart) -> None:
    (series,) = chart.series
    values = [_value(cell) or 0 for cell in series.cells]
    mark = plot.series[0]
    colours = chart.points or tuple(theme.CATEGORIES[at % len(theme.CATEGORIES)] for at in range(len(values)))
    _labels(mark.data_labels, chart, INK, None)
    for at, (value, colour) in enumerate(zip(values, colours, strict=True)):
        point = mark.points[at]
        _fill(point.format, colour)
        point.format.line.color.rgb = _colour("#ffffff")
        if value < LEAST_SLICE * sum(values):
            _no_label(mark, at)
        else:
            _label(mark, at, chart, _on(colour), None)
    hole = plot._element.find(qn("c:holeSize"))
    if hole is not None:
        hole.set("val", "55")


def _scatter(drawn: OfficeChart, chart: Chart) -> None:
    across, up = chart.series
    mark = drawn.plots[0].series[0]
    mark.format.line.fill.background()
    mark.marker.style = XL_MARKER_STYLE.CIRCLE
    mark.marker.size = 8
    _fill(mark.marker.format, up.colour)
    mark.marker.format.line.color.rgb = _colour("#ffffff")
    _axes(drawn, chart)
    _title(drawn.category_axis, across.name)
    drawn.category_axis.tick_labels.number_format = _format(across.cells)
    drawn.category_axis.tick_labels.number_format_is_linked = False
    placed = [
        (x, y, at)
        for at, (a, b) in enumerate(zip(across.cells, up.cells, strict=True))
        if (x := _value(a)) is not None and (y := _value(b)) is not None
    ]
    for at, side in _named(placed, chart.categories, drawn.font.size.pt).items():
        label = mark.points[at].data_label
        label.position = side
        label.text_frame.text = printable(chart.categories[at])


def _named(
    placed: list[tuple[float, float, int]], names: tuple[str, ...], size: float
) -> dict[int, XL_LABEL_POSITION]:
    """Points whose names find room beside them, and on which side: the outermost first.

    Reckoned on a plot of common size, since the file does not know how large it will be drawn.
    """
    if not placed:
        return {}
    spans = []
    for axis, extent in ((0, PLOT[0]), (1, PLOT[1])):
        low, high = (end(point[axis] for point in placed) for end in (min, max))
        spans.append((low, 0.8 * extent / ((high - low) or 1), 0.1 * extent))
    spots = {
        at: tuple(margin + (value - low) * scale for value, (low, scale, margin) in zip((x, y), spans, strict=True))
        for x, y, at in placed
    }
    taken = [Box(x - DOT / 2, y - DOT / 2, DOT, DOT) for x, y in spots.values()]
    outermost = sorted(spots, key=lambda at: -sum(abs(v / e - 0.5) for v, e in zip(spots[at], PLOT, strict=True)))
    found = {}
    for at in outermost:
        (x, y), width = spots[at], fitting.width(names[at], size)
        for side, left in ((XL_LABEL_POSITION.RIGHT, x + DOT / 2), (XL_LABEL_POSITION.LEFT, x - DOT / 2 - width)):
            box = Box(left, y - 0.6 * size, width, 1.2 * size)
            if box.left >= 0 and box.right <= PLOT[0] and not any(overlap(box, other) for other in taken):
                found[at] = side
                taken.append(box)
                break
    return found


def _target(plot: Any, chart: Chart, target: Any) -> None:
    """A dashed line across columns and lines; a dashed frame around lying bars, which no line series can cross."""
    element = target._element
    if chart.form == "bar":
        target.format.fill.background()
        line = target.format.line
    elif chart.form == "column":
        drawn = _line_plot(plot, element)
        line = drawn.format.line
    else:
        target.smooth = False
        target.marker.style = XL_MARKER_STYLE.NONE
        line = target.format.line
    line.color.rgb = _colour(INK)
    line.width = Pt(1.5)
    line.dash_style = MSO_LINE.DASH


def _line_plot(plot: Any, element: Any) -> Any:
    """The last series of a column chart, moved to a line chart on the same axes."""
    columns = plot._element
    lines = etree.Element(qn("c:lineChart"))
    etree.SubElement(lines, qn("c:grouping")).set("val", "standard")
    etree.SubElement(lines, qn("c:varyColors")).set("val", "0")
    lines.append(element)
    for inverted in element.findall(qn("c:invertIfNegative")):
        element.remove(inverted)
    etree.SubElement(lines, qn("c:marker")).set("val", "1")
    lines.extend(deepcopy(axis) for axis in columns.findall(qn("c:axId")))
    columns.addnext(lines)
    series = parse_xml(etree.tostring(lines))
    columns.getparent().replace(lines, series)
    mark = LinePlot(series, plot.chart).series[0]
    mark.marker.style = XL_MARKER_STYLE.NONE
    mark.smooth = False
    return mark


def _axes(drawn: OfficeChart, chart: Chart, has_numbers: bool = True) -> None:
    category, value = drawn.category_axis, drawn.value_axis
    for axis in (category, value):
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.has_major_gridlines = False
        axis.format.line.color.rgb = _colour(GRID)
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if has_numbers:
        value.has_major_gridlines = True
        value.major_gridlines.format.line.color.rgb = _colour(GRID)
        value.tick_labels.number_format = chart.number_format
        value.tick_labels.number_format_is_linked = False
        _title(value, chart.axis)


def _name_all(axis: Any) -> None:
    """Every category keeps its name, however close the bars lie."""
    element = axis._element
    skip = etree.Element(qn("c:tickLblSkip"))
    skip.set("val", "1")
    element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _title(axis: Any, words: str) -> None:
    if words:
        axis.has_title = True
        axis.axis_title.text_frame.text = printable(words)
        axis.axis_title.text_frame.paragraphs[0].font.bold = False


def _fill(shape_format: Any, colour: str) -> None:
    shape_format.fill.solid()
    shape_format.fill.fore_color.rgb = _colour(colour)


def _labels(labels: Any, chart: Chart, colour: str, position: XL_LABEL_POSITION | None) -> None:
    labels.show_value = True
    labels.number_format = chart.number_format
    labels.number_format_is_linked = False
    labels.font.color.rgb = _colour(colour)
    if position is not None:
        labels.position = position


def _label(mark: Any, at: int, chart: Chart, colour: str, position: XL_LABEL_POSITION | None) -> None:
    """The label of one point; it repeats what the series says, since it stands in for all of it."""
    label = mark.points[at].data_label
    label.font.color.rgb = _colour(colour)
    if position is not None:
        label.position = position
    element = label._dLbl
    number = etree.Element(qn("c:numFmt"), formatCode=chart.number_format, sourceLinked="0")
    before = element.find(qn("c:spPr"))
    element.find(qn("c:txPr") if before is None else qn("c:spPr")).addprevious(number)
    for tag, is_shown in (("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 0)):
        element.find(qn(f"c:{tag}")).set("val", str(is_shown))


def _no_label(mark: Any, at: int) -> None:
    label = mark.points[at].data_label._get_or_add_dLbl()
    for child in list(label)[1:]:
        label.remove(child)
    etree.SubElement(label, qn("c:delete")).set("val", "1")


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
