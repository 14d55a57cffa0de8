"""The target of lying bars: a dashed line with its words, drawn inside the chart, since no series can cross them.

It belongs to the chart, is moved and sized with it, and stands where the value lies: the plot has a fixed place and
its axis fixed ends.
"""

from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as OfficeChart
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.reports.model import Chart
from dashboard.reports.office import fitting, room
from dashboard.reports.office.chart_data import target_words, value_of
from dashboard.reports.office.fitting import Box
from dashboard.reports.office.labels import INK

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartUserShapes"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"
WEIGHT, ABOVE = 1.25, 3  # points: of the line; how far it rises above the plot


def fix_plot(drawn: OfficeChart, body: Box, size: tuple[float, float], counted: str = "inner") -> None:
    """Tell the marks their place inside the chart, axes and names not counted (inner) or counted in (outer)."""
    parts = zip(("x", "y", "w", "h"), (body.left, body.top, body.width, body.height), (*size, *size), strict=True)
    told = "".join(f'<c:{name} val="{length / whole:.5f}"/>' for name, length, whole in parts)
    area = drawn._chartSpace.find(f"{qn('c:chart')}/{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    modes = f'<c:layoutTarget val="{counted}"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{told}</c:manualLayout></c:layout>"))


def place(chart: Chart, size: tuple[float, float], font_size: float) -> float:
    """How far from the left edge of a chart the line of its target stands, in points."""
    body, scale = room.plot(chart, size, font_size), room.scale(chart, size, font_size)
    return body.left + body.width * scale.part(value_of(chart.target))


def shapes(chart: Chart, size: tuple[float, float], font_size: float, faces: tuple[str, str, str]) -> bytes:
    """The part of a chart with the line of its target and the words above it."""
    width = size[0]
    body, at, words = room.plot(chart, size, font_size), place(chart, size, font_size), target_words(chart)
    wide = fitting.width(words, font_size) * 1.1 + 4
    left = min(max(0, at - wide / 2), width - wide)
    line = Box(at, body.top - ABOVE, 0, body.height + ABOVE)
    label = Box(left, 0, wide, body.top - ABOVE)
    root = etree.fromstring(
        f'<c:userShapes {nsdecls("c", "a")} xmlns:cdr="{DRAWING}">'
        f"{_anchor(line, size, _line(line))}{_anchor(label, size, _words(label, font_size, faces))}</c:userShapes>"
    )
    root.find(f".//{qn('a:t')}").text = words
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def refer(space: Any, relation: str) -> None:
    """Name the part of `shapes` in the chart, by its relation."""
    made = etree.Element(qn("c:userShapes"))
    made.set(qn("r:id"), relation)
    after = space.find(qn("c:externalData"))
    (after if after is not None else space[-1]).addnext(made)


def _anchor(box: Box, size: tuple[float, float], shape: str) -> str:
    ends = (("from", box.left, box.top), ("to", box.right, box.bottom))
    corners = "".join(
        f"<cdr:{name}><cdr:x>{x / size[0]:.5f}</cdr:x><cdr:y>{y / size[1]:.5f}</cdr:y></cdr:{name}>"
        for name, x, y in ends
    )
    return f"<cdr:relSizeAnchor>{corners}{shape}</cdr:relSizeAnchor>"


def _corners(box: Box) -> str:
    left, top, width, height = (round(12700 * length) for length in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _line(box: Box) -> str:
    ink = f'<a:solidFill><a:srgbClr val="{INK[1:].upper()}"/></a:solidFill><a:prstDash val="dash"/>'
    return (
        '<cdr:cxnSp macro=""><cdr:nvCxnSpPr><cdr:cNvPr id="2" name="Target"/><cdr:cNvCxnSpPr/></cdr:nvCxnSpPr>'
        f'<cdr:spPr>{_corners(box)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{round(12700 * WEIGHT)}">{ink}</a:ln></cdr:spPr></cdr:cxnSp>'
    )


def _words(box: Box, size: float, faces: tuple[str, str, str]) -> str:
    fonts = "".join(f'<a:{tag} typeface="{face}"/>' for tag, face in zip(("latin", "ea", "cs"), faces, strict=True))
    ink = f'<a:solidFill><a:srgbClr val="{INK[1:].upper()}"/></a:solidFill>'
    return (
        '<cdr:sp macro="" textlink=""><cdr:nvSpPr><cdr:cNvPr id="3" name="Target in words"/><cdr:cNvSpPr txBox="1"/>'
        f'</cdr:nvSpPr><cdr:spPr>{_corners(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></cdr:spPr>'
        '<cdr:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/><a:lstStyle/>'
        f'<a:p><a:pPr algn="ctr"/><a:r><a:rPr sz="{round(100 * size)}">{ink}{fonts}</a:rPr><a:t/></a:r></a:p>'
        "</cdr:txBody></cdr:sp>"
    )
