"""Bars, lines, slices and points of an editable chart: their colours, and the numbers that find room beside them."""

from copy import deepcopy
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as OfficeChart
from pptx.chart.plot import LinePlot
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.reports.model import Chart, Series
from dashboard.reports.office import axes, fitting, room, targets
from dashboard.reports.office.chart_data import format_of, has_target, is_lying, printable, value_of
from dashboard.reports.office.fitting import Box
from dashboard.reports.office.labels import INK, colour_of, fill, label_all, label_none, label_one, on_fill
from dashboard.reports.office.names import named

FEW = 5  # bars that would be too broad without more room between them
SIDES = {"r": XL_LABEL_POSITION.RIGHT, "t": XL_LABEL_POSITION.ABOVE, "b": XL_LABEL_POSITION.BELOW}
INSIDE, OUTSIDE = XL_LABEL_POSITION.INSIDE_END, XL_LABEL_POSITION.OUTSIDE_END


def bars(drawn: OfficeChart, chart: Chart, marks: list[Any], size: tuple[float, float]) -> None:
    """Bars, columns or stacks with their numbers, in a chart of this width and height (points)."""
    plot, font_size = drawn.plots[0], drawn.font.size.pt
    scale = axes.scale(drawn, chart, size, font_size)
    lies, is_stacked = is_lying(chart, size[0]), chart.form == "stacked"
    plot.gap_width = 45 if len(chart.categories) > FEW else 110
    plot.overlap = 100 if is_stacked or (has_target(chart) and len(marks) == 1) else 0
    for mark, series in zip(marks, chart.series, strict=True):
        mark.invert_if_negative = False
        fill(mark.format, series.colour)
        for at, colour in enumerate(chart.points):
            fill(mark.points[at].format, colour)
        if is_stacked:
            _part_labels(mark, chart, series, scale, room.plot(chart, size, font_size), lies, font_size)
        elif room.is_labelled(chart, size, font_size):
            _bar_labels(mark, chart, series, size, font_size)


def _part_labels(
    mark: Any, chart: Chart, series: Series, scale: room.Scale, body: fitting.Box, lies: bool, font_size: float
) -> None:
    """Numbers in the parts of stacks that are large enough for them."""
    label_all(mark.data_labels, chart, on_fill(series.colour), XL_LABEL_POSITION.CENTER)
    for at, cell in enumerate(series.cells):
        value = value_of(cell)
        needed = fitting.width(cell.shown, font_size) + 2 if lies else 1.25 * font_size
        extent = (scale.part(value) - scale.part(0)) * (body.width if lies else body.height) if value else 0
        if extent < needed:
            label_none(mark, at)


def _bar_labels(mark: Any, chart: Chart, series: Series, size: tuple[float, float], font_size: float) -> None:
    """Numbers beyond the ends of bars; inside where a target's line would cross them there."""
    fills = chart.points or (series.colour,) * len(series.cells)
    if has_target(chart) and not is_lying(chart, size[0]):
        label_all(mark.data_labels, chart, on_fill(series.colour), XL_LABEL_POSITION.INSIDE_BASE)
        crossed = [at for at, under in enumerate(fills) if on_fill(under) != on_fill(series.colour)]
        for at in crossed:
            label_one(mark, at, chart, on_fill(fills[at]), XL_LABEL_POSITION.INSIDE_BASE)
        return
    label_all(mark.data_labels, chart, INK, OUTSIDE)
    if not has_target(chart):
        return
    scale, body = room.scale(chart, size, font_size), room.plot(chart, size, font_size)
    line = targets.place(chart, size, font_size)
    for at, cell in enumerate(series.cells):
        value, number = value_of(cell), fitting.width(cell.shown, font_size) + room.EDGE
        if value is None:
            continue
        end = body.left + body.width * scale.part(value)
        if end <= line + 1 <= end + number and end - number > body.left:
            label_one(mark, at, chart, on_fill(fills[at]), INSIDE)


def lines(drawn: OfficeChart, chart: Chart, marks: list[Any], size: tuple[float, float]) -> None:
    """Lines with the number of every point, or of the last one, in a chart of this width and height (points)."""
    font_size = drawn.font.size.pt
    scale, body = axes.scale(drawn, chart, size, font_size), room.plot(chart, size, font_size)
    # With names counted in: LibreOffice cuts names that stand beside a plot of fixed place.
    below = max(2 * font_size, size[1] - body.bottom - 1.6 * font_size)
    targets.fix_plot(drawn, Box(0, body.top / 2, body.right, size[1] - body.top / 2 - below), size, "outer")
    points = [
        [(at, value) for at, cell in enumerate(each.cells) if (value := value_of(cell)) is not None]
        for each in chart.series
    ]
    told = {place: found for place, found in list(enumerate(points))[: room.MOST_ENDS] if found}
    ends = [body.height * scale.part(found[-1][1]) for found in told.values()]
    away = ["b" if len(found) > 1 and found[-1][1] < found[-2][1] else "t" for found in told.values()]
    sides = dict(zip(told, room.spread(ends, 1.25 * font_size, away), strict=True))
    for place, (mark, series) in enumerate(zip(marks, chart.series, strict=True)):
        mark.smooth = False
        mark.format.line.width = Pt(2.25)
        mark.format.line.color.rgb = colour_of(series.colour)
        mark.marker.style = XL_MARKER_STYLE.CIRCLE
        mark.marker.size = 5
        fill(mark.marker.format, series.colour)
        mark.marker.format.line.color.rgb = colour_of("#ffffff")
        if room.is_labelled_throughout(chart):
            label_all(mark.data_labels, chart, INK, XL_LABEL_POSITION.ABOVE)
        elif sides.get(place):
            label_one(mark, told[place][-1][0], chart, INK, SIDES[sides[place]])


def slices(plot: Any, chart: Chart) -> None:
    """A doughnut; slices too small for a number have none."""
    (series,) = chart.series
    values = [value_of(cell) or 0 for cell in series.cells]
    mark = plot.series[0]
    colours = chart.points or tuple(theme.CATEGORIES[at % len(theme.CATEGORIES)] for at in range(len(values)))
    label_all(mark.data_labels, chart, INK, None)
    for at, (value, colour) in enumerate(zip(values, colours, strict=True)):
        point = mark.points[at]
        fill(point.format, colour)
        point.format.line.color.rgb = colour_of("#ffffff")
        if value < room.PART * sum(values):
            label_none(mark, at)
        else:
            label_one(mark, at, chart, on_fill(colour), None)
    hole = plot._element.find(qn("c:holeSize"))
    if hole is not None:
        hole.set("val", "55")


def pairs(drawn: OfficeChart, chart: Chart) -> None:
    """Points of pairs with the names that find room, both axes called by what they measure."""
    across, up = chart.series
    mark = drawn.plots[0].series[0]
    mark.format.line.fill.background()
    mark.marker.style = XL_MARKER_STYLE.CIRCLE
    mark.marker.size = 8
    fill(mark.marker.format, up.colour)
    mark.marker.format.line.color.rgb = colour_of("#ffffff")
    axes.prepare(drawn)
    axes.show_numbers(drawn.value_axis, chart.number_format)
    axes.title(drawn.value_axis, chart.axis)
    axes.title(drawn.category_axis, across.name)
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


def target_line(plot: Any, chart: Chart, target: Any) -> None:
    """A dashed line across columns and lines."""
    if chart.form == "column":
        target = _line_plot(plot, target._element)
    target.smooth = False
    target.marker.style = XL_MARKER_STYLE.NONE
    target.format.line.color.rgb = colour_of(INK)
    target.format.line.width = Pt(targets.WEIGHT)
    target.format.line.dash_style = MSO_LINE.DASH


def _line_plot(plot: Any, element: Any) -> Any:
    """The last series of a column chart, moved to a line chart on the same axes."""
    columns = plot._element
    made = etree.Element(qn("c:lineChart"))
    etree.SubElement(made, qn("c:grouping")).set("val", "standard")
    etree.SubElement(made, qn("c:varyColors")).set("val", "0")
    made.append(element)
    for inverted in element.findall(qn("c:invertIfNegative")):
        element.remove(inverted)
    etree.SubElement(made, qn("c:marker")).set("val", "1")
    made.extend(deepcopy(axis) for axis in columns.findall(qn("c:axId")))
    columns.addnext(made)
    parsed = parse_xml(etree.tostring(made))
    columns.getparent().replace(made, parsed)
    return LinePlot(parsed, plot.chart).series[0]
