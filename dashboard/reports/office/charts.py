"""Charts that office programs can edit: DrawingML with the workbook of their numbers, for slides and pages alike.

python-pptx writes the chart and its workbook; what it lacks (targets, level names, hostile names in the workbook) is
added here. A chart is drawn for the room it gets: `size` is its width and height in points everywhere.
"""

from dataclasses import dataclass

from lxml import etree
from pptx.chart.chart import Chart as OfficeChart
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.reports.model import Chart
from dashboard.reports.office import marks, room, targets
from dashboard.reports.office.chart_data import chart_data as chart_data
from dashboard.reports.office.chart_data import chart_type as chart_type
from dashboard.reports.office.chart_data import has_target, is_lying
from dashboard.reports.office.labels import INK, colour_of

THEME_FACES = ("+mn-lt", "+mn-ea", "+mn-cs")
BROAD = 1.7  # times as wide as high: then the legend of a doughnut stands beside it


@dataclass(frozen=True)
class Parts:
    """A chart outside PowerPoint: its XML, its workbook, and the shapes drawn on it if there are any.

    `rId1` in the XML is to be the workbook's relation, `rId2` that of the shapes.
    """

    xml: bytes
    workbook: bytes
    shapes: bytes | None


def parts(chart: Chart, size: tuple[float, float], font_size: float, faces: tuple[str, str, str]) -> Parts:
    """The styled chart in Latin, East Asian and other faces."""
    data = chart_data(chart, size[0])
    space = parse_xml(data.xml_bytes(chart_type(chart, size[0])))
    style(OfficeChart(space, None), chart, size, font_size, faces)
    # In a page of text a chart without a frame of its own gets one.
    frame = f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    space.find(qn("c:txPr")).addprevious(parse_xml(frame))
    space._add_externalData().rId = "rId1"
    shapes = overlay(chart, size, font_size, faces)
    if shapes:
        targets.refer(space, "rId2")
    xml = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Parts(xml, data.xlsx_blob, shapes)


def overlay(
    chart: Chart, size: tuple[float, float], font_size: float, faces: tuple[str, str, str] = THEME_FACES
) -> bytes | None:
    """What is drawn on a chart: the line of a target across lying bars, else nothing."""
    is_crossed = has_target(chart) and is_lying(chart, size[0])
    return targets.shapes(chart, size, font_size, faces) if is_crossed else None


def style(
    drawn: OfficeChart,
    chart: Chart,
    size: tuple[float, float],
    font_size: float,
    faces: tuple[str, str, str] = THEME_FACES,
) -> None:
    """Colours, axes, numbers, legend and target of a chart made of `chart_data`; `font_size` in points."""
    drawn.font.size = Pt(font_size)
    drawn.font.color.rgb = colour_of(INK)
    for tag, face in zip(("a:latin", "a:ea", "a:cs"), faces, strict=True):
        etree.SubElement(drawn.font._rPr, qn(tag)).set("typeface", face)
    drawn.has_title = False
    plot = drawn.plots[0]
    series = list(plot.series)
    is_crossed = has_target(chart) and is_lying(chart, size[0])
    lines = [series.pop()] if has_target(chart) and not is_crossed else []
    drawn.has_legend = room.has_legend(chart, size[0])
    if drawn.has_legend:
        is_beside = chart.form == "doughnut" and size[0] > BROAD * size[1]
        drawn.legend.position = XL_LEGEND_POSITION.RIGHT if is_beside else XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    if chart.form == "doughnut":
        marks.slices(plot, chart)
    elif chart.form == "scatter":
        marks.pairs(drawn, chart)
    elif chart.form == "line":
        marks.lines(drawn, chart, series, size)
    else:
        marks.bars(drawn, chart, series, size)
    for line in lines:
        marks.target_line(plot, chart, line)
    if is_crossed:
        targets.fix_plot(drawn, room.plot(chart, size, font_size), size)
    _square(drawn)


def _square(drawn: OfficeChart) -> None:
    """Office rounds the corners of a chart that does not say otherwise."""
    space = drawn._chartSpace
    corners = space.find(qn("c:roundedCorners"))
    if corners is None:
        corners = etree.Element(qn("c:roundedCorners"))
        date1904 = space.find(qn("c:date1904"))
        space.insert(0 if date1904 is None else space.index(date1904) + 1, corners)
    corners.set("val", "0")
