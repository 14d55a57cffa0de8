"""Figures on a slide: editable charts, tables, tiles and maps, each with its title, unit, period and note."""

from collections.abc import Collection

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.reports import deck_map, deck_tables, fitting, office_charts
from dashboard.reports.deck_plan import NOTE, SMALL, TILE_VALUE, TILE_WORDS, TITLE, Place, frame, tile_boxes, tile_lines
from dashboard.reports.deck_words import bare, describe, run, text_box, write
from dashboard.reports.fitting import Box
from dashboard.reports.model import Figure, Tile
from dashboard.text import _

CHART_TYPE = 12
GREY = RGBColor(0x5B, 0x66, 0x75)
TILE_MARGIN = 12


def draw(slide, place: Place, marked: Collection[tuple[int, int]] = ()) -> list:
    """Put a figure on a slide; `marked` cells (row, column) of a table speak of trouble. The shapes that show it."""
    figure, cut = place.figure, frame(place.figure, place.box, place.note)
    if cut.title:
        text_box(slide.shapes, cut.title_box, [cut.title], TITLE, bold=True, colour=MSO_THEME_COLOR.TEXT_2)
    note_box = cut.note_box
    if place.fit:  # close under the last row
        height = place.fit.head + sum(place.fit.heights[row] for row in place.rows)
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
    if figure.tiles:
        boxes = tile_boxes(len(figure.tiles), body)
        for tile, box in zip(figure.tiles, boxes, strict=True):
            _tile(slide, tile, box)
        return []
    if figure.drawing and figure.drawing.areas:
        return [deck_map.draw(slide.shapes, figure.drawing, body)]
    if figure.chart and _has_values(figure):
        return [_chart(slide, figure, body)]
    if place.fit:
        return [deck_tables.draw(slide.shapes, figure.table, place.fit, place.rows, body, marked)]
    text_box(slide.shapes, body._replace(height=30), [_("Nothing is reported here.")], TITLE)
    return []


def _has_values(figure: Figure) -> bool:
    cells = [cell for series in figure.chart.series for cell in series.cells]
    return any(isinstance(cell.value, int | float) and cell.value == cell.value for cell in cells)


def _chart(slide, figure: Figure, box: Box):
    chart = figure.chart
    kind, data = office_charts.chart_type(chart), office_charts.chart_data(chart)
    shape = slide.shapes.add_chart(kind, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height), data)
    office_charts.style(shape.chart, chart, CHART_TYPE)
    return shape


def _tile(slide, tile: Tile, box: Box) -> None:
    """One shape: title, value, then judgement and changes. The colour of the judgement comes with its sign."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
    shape.line.fill.background()
    shape.shadow.inherit = False
    text = shape.text_frame
    bare(text, anchor=MSO_ANCHOR.MIDDLE)
    text.margin_left = text.margin_right = Pt(TILE_MARGIN)
    room = box.width - 2 * TILE_MARGIN
    value = min(TILE_VALUE, TILE_VALUE * room / max(1, fitting.width(tile.cell.shown, TILE_VALUE)))
    signal, *changes = tile_lines(tile)
    write(text, [tile.title], TITLE, colour=MSO_THEME_COLOR.TEXT_2)
    run(text.add_paragraph(), tile.cell.shown, value, True, MSO_THEME_COLOR.TEXT_1)
    judged = run(text.add_paragraph(), signal, TILE_WORDS, tile.signal != "unknown")
    judged.font.color.rgb = RGBColor.from_string(_ink(tile.signal))
    for words in changes:
        run(text.add_paragraph(), words, TILE_WORDS).font.color.rgb = GREY
    for paragraph in text.paragraphs:
        paragraph.alignment = None
        paragraph._p.get_or_add_pPr().set("algn", "l")
    describe(shape, tile.title, f"{tile.title} {tile.cell.shown}")


def _ink(signal: str) -> str:
    """A signal's colour as words need it: amber and grey are too pale to read."""
    return {"watch": "8A5F00", "unknown": "5B6675"}.get(signal) or theme.SIGNALS[signal][1:].upper()
