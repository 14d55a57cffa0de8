"""Charts that office programs can edit: DrawingML with the workbook of their numbers, for slides and pages alike.

python-pptx writes the chart and its workbook; what it lacks (target lines beside columns, hostile names in the
workbook) is added here. LibreOffice, WPS and Microsoft's programs draw every form used.
"""

from copy import deepcopy
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as OfficeChart
from pptx.chart.plot import LinePlot
from pptx.enum.chart import (
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

from dashboard.charts import theme
from dashboard.reports.model import Chart
from dashboard.reports.office.chart_data import chart_data as chart_data
from dashboard.reports.office.chart_data import chart_type as chart_type
from dashboard.reports.office.chart_data import format_of, has_target, value_of
from dashboard.reports.office.chart_data import is_lying as is_lying
from dashboard.reports.office.chart_data import printable as printable
from dashboard.reports.office.labels import INK, colour_of, fill, label_all, label_none, label_one, on_fill
from dashboard.reports.office.names import named

GRID = "#dfe3e8"
MOST_LABELS = {"bar": 60, "column": 14, "stacked": 60, "line": 8}  # values written beside their marks
MOST_ENDED = 24  # points of a line whose last number finds room before the edge
LEAST_GAP = 0.1  # share of the largest value between two numbers at the ends of lines
LEAST_SLICE = 0.06  # share of a doughnut or stack that has room for its number
SHORT = 2  # letters of an axis's title that stand upright
FEW = 5  # bars that would be too broad without more room between them
HEADROOM = 1.15  # of the longest bar, for the number beyond its end


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
    targets = [marks.pop()] if has_target(chart) else []
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


def _lettering(drawn: OfficeChart, size: float, fonts: tuple[str, str] | None) -> None:
    drawn.font.size = Pt(size)
    drawn.font.color.rgb = colour_of(INK)
    properties = drawn.font._rPr
    for tag, face in zip(("a:latin", "a:ea", "a:cs"), (*(fonts or ("+mn-lt", "+mn-ea")), "+mn-cs"), strict=True):
        etree.SubElement(properties, qn(tag)).set("typeface", face)


def _bars(drawn: OfficeChart, chart: Chart, marks: list[Any]) -> None:
    plot, is_stacked = drawn.plots[0], chart.form == "stacked"
    lies = is_lying(chart)
    plot.gap_width = 45 if len(chart.categories) > FEW else 110
    plot.overlap = 100 if is_stacked or (has_target(chart) and len(marks) == 1) else 0
    values = [v for series in chart.series for cell in series.cells if (v := value_of(cell)) is not None]
    target = [value_of(chart.target) or 0.0] if has_target(chart) else []
    sums = [sum(value_of(series.cells[at]) or 0 for series in chart.series) for at in range(len(chart.categories))]
    peak = max([*(sums if is_stacked else values), *target, 0])
    count = len(chart.categories) * (1 if is_stacked else len(marks))
    is_labelled = count <= MOST_LABELS[chart.form if lies else "column"]
    for mark, series in zip(marks, chart.series, strict=True):
        mark.invert_if_negative = False
        fill(mark.format, series.colour)
        for at, colour in enumerate(chart.points):
            fill(mark.points[at].format, colour)
        if is_labelled:
            _bar_labels(mark, chart, series.colour, [value_of(cell) for cell in series.cells], peak)
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
        label_all(mark.data_labels, chart, INK, XL_LABEL_POSITION.OUTSIDE_END)
        return
    inside = XL_LABEL_POSITION.CENTER if chart.form == "stacked" else XL_LABEL_POSITION.INSIDE_BASE
    fills = chart.points or (colour,) * len(values)
    label_all(mark.data_labels, chart, on_fill(colour), inside)
    for at, (value, under) in enumerate(zip(values, fills, strict=True)):
        has_room = value is not None and value >= (LEAST_SLICE if chart.form == "stacked" else 0.25) * peak
        if has_room and on_fill(under) != on_fill(colour):
            label_one(mark, at, chart, on_fill(under), inside)
        elif not has_room and chart.form == "stacked":
            label_none(mark, at)
        elif not has_room:
            label_one(mark, at, chart, INK, XL_LABEL_POSITION.OUTSIDE_END)


def _line(drawn: OfficeChart, chart: Chart, marks: list[Any]) -> None:
    is_labelled = len(marks) == 1 and len(chart.categories) <= MOST_LABELS["line"]
    ends: list[float] = []  # last values with their number beside them
    peak = max((abs(v) for series in chart.series for c in series.cells if (v := value_of(c)) is not None), default=0)
    for mark, series in zip(marks, chart.series, strict=True):
        mark.smooth = False
        mark.format.line.width = Pt(2.25)
        mark.format.line.color.rgb = colour_of(series.colour)
        mark.marker.style = XL_MARKER_STYLE.CIRCLE
        mark.marker.size = 6
        fill(mark.marker.format, series.colour)
        mark.marker.format.line.color.rgb = colour_of("#ffffff")
        reported = [at for at, cell in enumerate(series.cells) if value_of(cell) is not None]
        if is_labelled:
            label_all(mark.data_labels, chart, INK, XL_LABEL_POSITION.ABOVE)
        elif reported and len(chart.categories) <= MOST_ENDED:
            last = value_of(series.cells[reported[-1]])
            if any(abs(last - other) < LEAST_GAP * peak for other in ends):
                continue
            ends.append(last)
            label_one(mark, reported[-1], chart, INK, XL_LABEL_POSITION.ABOVE)
    _axes(drawn, chart)


def _doughnut(plot: Any, chart: Chart) -> None:
    (series,) = chart.series
    values = [value_of(cell) or 0 for cell in series.cells]
    mark = plot.series[0]
    colours = chart.points or tuple(theme.CATEGORIES[at % len(theme.CATEGORIES)] for at in range(len(values)))
    label_all(mark.data_labels, chart, INK, None)
    for at, (value, colour) in enumerate(zip(values, colours, strict=True)):
        point = mark.points[at]
        fill(point.format, colour)
        point.format.line.color.rgb = colour_of("#ffffff")
        if value < LEAST_SLICE * sum(values):
            label_none(mark, at)
        else:
            label_one(mark, at, chart, on_fill(colour), None)
    hole = plot._element.find(qn("c:holeSize"))
    if hole is not None:
        hole.set("val", "55")


def _scatter(drawn: OfficeChart, chart: Chart) -> None:
    across, up = chart.series
    mark = drawn.plots[0].series[0]
    mark.format.line.fill.background()
    mark.marker.style = XL_MARKER_STYLE.CIRCLE
    mark.marker.size = 8
    fill(mark.marker.format, up.colour)
    mark.marker.format.line.color.rgb = colour_of("#ffffff")
    _axes(drawn, chart)
    _title(drawn.category_axis, across.name)
    drawn.category_axis.tick_labels.number_format = format_of(across.cells)
    drawn.category_axis.tick_labels.number_format_is_linked = False
    placed = [
        (x, y, at)
        for at, (a, b) in enumerate(zip(across.cells, up.cells, strict=True))
        if (x := value_of(a)) is not None and (y := value_of(b)) is not None
    ]
    for at, side in named(placed, chart.categories, drawn.font.size.pt).items():
        label = mark.points[at].data_label
        label.position = side
        label.text_frame.text = printable(chart.categories[at])


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
    line.color.rgb = colour_of(INK)
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
        axis.format.line.color.rgb = colour_of(GRID)
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if has_numbers:
        value.has_major_gridlines = True
        value.major_gridlines.format.line.color.rgb = colour_of(GRID)
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
        if len(words) <= SHORT:  # one letter on its side cannot be read
            properties = axis.axis_title.text_frame._txBody.bodyPr
            properties.set("rot", "0")
            properties.set("vert", "horz")
