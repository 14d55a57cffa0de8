"""Axes of an editable chart: one scale, few numbers, names that stand level."""

from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as OfficeChart
from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn

from dashboard.reports.model import OFFICE_FORMATS, Chart
from dashboard.reports.office import room
from dashboard.reports.office.chart_data import is_lying, printable
from dashboard.reports.office.labels import colour_of

GRID = "#dfe3e8"
NO_BREAK = "600"  # a hundredth of a degree: at 0 LibreOffice breaks or turns names that span several categories
SHORT = 2  # letters of an axis's title that stand upright


def prepare(drawn: OfficeChart) -> None:
    """Axes without ticks and with pale lines, names and numbers at the low end."""
    for axis in (drawn.category_axis, drawn.value_axis):
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.has_major_gridlines = False
        axis.format.line.color.rgb = colour_of(GRID)
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def show_numbers(axis: Any, number_format: str) -> None:
    """Pale lines across the marks, with their numbers."""
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = colour_of(GRID)
    axis.tick_labels.number_format = number_format
    axis.tick_labels.number_format_is_linked = False


def scale(drawn: OfficeChart, chart: Chart, size: tuple[float, float], font_size: float) -> room.Scale:
    """Give names and values their axes; the scale of the values."""
    prepare(drawn)
    found, value = room.scale(chart, size, font_size), drawn.value_axis
    value.minimum_scale, value.maximum_scale = found.low, found.high
    if room.is_bare(chart, size, font_size):
        value.visible = False
    else:
        value.major_unit = found.step
        show_numbers(value, _coarse(chart, found))
    if is_lying(chart, size[0]):
        drawn.category_axis.reverse_order = True
        # The value axis stays below; python-pptx knows crossings of value axes only.
        value._element.find(qn("c:crosses")).set("val", "max")
        value.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
        _names(drawn.category_axis, 1)
    else:
        _names(drawn.category_axis, room.skip(chart, size, font_size))
    return found


def _coarse(chart: Chart, found: room.Scale) -> str:
    """The format of the axis's numbers: no more decimals than its steps have."""
    step = 100 * found.step if chart.kind == "share" else found.step
    if abs(step - round(step)) > 1e-9 or chart.kind not in OFFICE_FORMATS or chart.kind.endswith("_change"):
        return chart.number_format
    return "0%" if chart.kind == "share" else "#,##0"


def _names(axis: Any, skip: int) -> None:
    """Every so many-th category has its name, level."""
    element = axis._element
    before = element.find(qn("c:noMultiLvlLbl"))
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        made = etree.Element(qn(tag))
        made.set("val", str(skip))
        before.addprevious(made)
    properties = axis.tick_labels.font._element.getparent().getparent().getparent().find(qn("a:bodyPr"))
    properties.set("rot", "0" if skip == 1 else NO_BREAK)
    properties.set("vert", "horz")


def title(axis: Any, words: str) -> None:
    """Call an axis by what its numbers are."""
    if words:
        axis.has_title = True
        axis.axis_title.text_frame.text = printable(words)
        axis.axis_title.text_frame.paragraphs[0].font.bold = False
        if len(words) <= SHORT:  # one letter on its side cannot be read
            properties = axis.axis_title.text_frame._txBody.bodyPr
            properties.set("rot", "0")
            properties.set("vert", "horz")
