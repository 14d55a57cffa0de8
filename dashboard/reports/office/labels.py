"""Colours and labels of the marks of a chart, where python-pptx gives no more than their XML."""

from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION
from pptx.oxml.ns import qn

from dashboard.charts import theme
from dashboard.reports.model import Chart

INK = theme.INK["light"]


def colour_of(written: str) -> RGBColor:
    """A colour written as #rrggbb."""
    return RGBColor.from_string(written.removeprefix("#").upper())


def on_fill(fill: str) -> str:
    """White or ink, whichever is read better on a fill (relative luminance, WCAG 2.2)."""
    channels = [int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "#ffffff" if luminance < 0.3 else INK


def fill(shape_format: Any, colour: str) -> None:
    """Fill a mark with one colour."""
    shape_format.fill.solid()
    shape_format.fill.fore_color.rgb = colour_of(colour)


def label_all(labels: Any, chart: Chart, colour: str, position: XL_LABEL_POSITION | None) -> None:
    """Write the values of a series beside its marks, with the digits of `Cell.shown`."""
    labels.show_value = True
    labels.number_format = chart.number_format
    labels.number_format_is_linked = False
    labels.font.color.rgb = colour_of(colour)
    if position is not None:
        labels.position = position


def label_one(mark: Any, at: int, chart: Chart, colour: str, position: XL_LABEL_POSITION | None) -> None:
    """The label of one point; it repeats what the series says, since it stands in for all of it."""
    label = mark.points[at].data_label
    label.font.color.rgb = colour_of(colour)
    if position is not None:
        label.position = position
    element = label._dLbl
    number = etree.Element(qn("c:numFmt"), formatCode=chart.number_format, sourceLinked="0")
    before = element.find(qn("c:spPr"))
    element.find(qn("c:txPr") if before is None else qn("c:spPr")).addprevious(number)
    for tag, is_shown in (("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 0)):
        element.find(qn(f"c:{tag}")).set("val", str(is_shown))


def label_none(mark: Any, at: int) -> None:
    """Leave one point without a label."""
    label = mark.points[at].data_label._get_or_add_dLbl()
    for child in list(label)[1:]:
        label.remove(child)
    etree.SubElement(label, qn("c:delete")).set("val", "1")
