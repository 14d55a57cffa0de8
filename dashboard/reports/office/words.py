"""Words on a slide: text boxes whose room was measured beforehand, and what a shape is called by a screen reader."""

from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.util import Pt

from dashboard.reports.office.fitting import Box

GREY = RGBColor(0x5B, 0x66, 0x75)  # of units, notes and changes


def text_box(shapes, place: Box, lines: Sequence[str], size: float, wraps=True, bold=False, colour=None):
    """A text box without margins, a paragraph for each line; `colour` of the theme, else that of text."""
    shape = shapes.add_textbox(Pt(place.left), Pt(place.top), Pt(place.width), Pt(place.height))
    bare(shape.text_frame, wraps)
    write(shape.text_frame, lines, size, bold, colour)
    return shape


def bare(frame, wraps: bool = True, anchor: MSO_ANCHOR = MSO_ANCHOR.MIDDLE) -> None:
    """Take the margins from a text frame, so that its words stand where they were measured."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = wraps
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = anchor


def write(frame, lines: Sequence[str], size: float | None = None, bold: bool | None = None, colour=None) -> None:
    """Write paragraphs into an empty text frame; without a size they keep that of the layout."""
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        run(paragraph, line, size, bold, colour)


def run(paragraph, words: str, size: float | None = None, bold: bool | None = None, colour=None):
    """Append words to a paragraph; line breaks inside a name become spaces."""
    made = paragraph.add_run()
    made.text = " ".join(words.split())
    if size is not None:
        made.font.size = Pt(size)
    if bold is not None:
        made.font.bold = bold
    if colour is not None:
        made.font.color.theme_color = colour
    return made


def describe(shape, name: str, words: str) -> None:
    """Name a shape, and say in a sentence what is to be seen, for those who cannot see it."""
    shape.name = name
    shape._element._nvXxPr.cNvPr.set("descr", words)
