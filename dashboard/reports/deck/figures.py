"""Figures on a slide: editable charts, tables, tiles and maps, each with its title, unit, period and note."""

from collections.abc import Collection

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.opc.package import Part
from pptx.util import Pt

from dashboard.reports.deck import tables, tiles
from dashboard.reports.deck.frames import LEAST_TYPE, NOTE, SMALL, TITLE, frame, look
from dashboard.reports.deck.planning import Place
from dashboard.reports.model import Figure
from dashboard.reports.office import charts, maps, room, targets
from dashboard.reports.office.fitting import Box
from dashboard.reports.office.words import GREY, describe, text_box
from dashboard.text import _

CHART_TYPES, EMPTY = (12, 11, 10.5, LEAST_TYPE), 30  # sizes of type; height of the words that there is nothing


def draw(slide, place: Place, marked: Collection[tuple[int, int]] = ()) -> list:
    """Put a figure on a slide; `marked` cells (row, column) of a table speak of trouble. The shapes that show it."""
    figure, cut = place.figure, frame(place.figure, place.box, place.note)
    if cut.title:
        text_box(slide.shapes, cut.title_box, [cut.title], TITLE, bold=True, colour=MSO_THEME_COLOR.TEXT_2)
    note_box = cut.note_box
    shown = look(figure)
    if shown in ("table", "none"):  # close under the last row
        height = place.fit.head + sum(place.fit.heights[row] for row in place.rows) if place.fit else EMPTY
        note_box = note_box._replace(top=min(note_box.top, cut.body.top + height + 8))
    for words, box, size in ((cut.unit, cut.unit_box, SMALL), (cut.note, note_box, NOTE)):
        if words:
            shape = text_box(slide.shapes, box, [words], size)
            shape.text_frame.paragraphs[0].runs[0].font.color.rgb = GREY
    shapes = _content(slide, place, cut.body, marked)
    for shape in shapes:
        describe(shape, figure.title, figure.alt or figure.title)
    return shapes


def _content(slide, place: Place, body: Box, marked: Collection[tuple[int, int]]) -> list:
    figure = place.figure
    shown = look(figure)
    if shown == "tiles":
        tiles.draw(slide.shapes, figure.tiles, body)
        return []
    if shown == "map":
        return [maps.draw(slide.shapes, figure.drawing, body)]
    if shown == "chart":
        return [_chart(slide, figure, body)]
    if shown == "table":
        return [tables.draw(slide.shapes, figure.table, place.fit, place.rows, body, marked)]
    text_box(slide.shapes, body._replace(height=EMPTY), [_("Nothing is reported here.")], TITLE)
    return []


def _chart(slide, figure: Figure, box: Box):
    chart, size = figure.chart, (box.width, box.height)
    kind, data = charts.chart_type(chart, box.width), charts.chart_data(chart, box.width)
    shape = slide.shapes.add_chart(kind, *map(Pt, box), data)
    font_size = room.type_size(chart, size, CHART_TYPES)
    charts.style(shape.chart, chart, size, font_size)
    drawn = charts.overlay(chart, size, font_size)
    if drawn:
        part = shape.chart.part
        name = part.package.next_partname("/ppt/drawings/drawing%d.xml")
        shapes = Part(name, targets.CONTENT_TYPE, part.package, drawn)
        targets.refer(shape.chart._chartSpace, part.relate_to(shapes, targets.RELATION))
    return shape
