"""The contents of a deck: chapters and sections with the numbers of their slides, each a link.

In tables, not in tab stops, which LibreOffice passes over in placeholders. Lengths are in points.
"""

from collections.abc import Mapping, Sequence

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.reports.deck import master
from dashboard.reports.model import Briefing
from dashboard.reports.office import fitting
from dashboard.reports.office.fitting import Box
from dashboard.reports.office.words import describe, run
from dashboard.text import _

STEPS = ((15, 29), (14, 25), (13, 21.5), (12, 19.4))  # type and height of a line: as large as fits on one slide
INDENT, NUMBER, GUTTER = 14, 50, 40

Entry = tuple[str, str | None]  # a line: words, and the code of the section they lead to, none for a chapter


def entries(briefing: Briefing) -> list[Entry]:
    """The lines of the contents; the code of the findings is empty."""
    found: list[Entry] = []
    for chapter, sections in briefing.chapters:
        if chapter:
            found.append((chapter, None))
        found += [(section.heading, section.code) for section in sections]
    if briefing.findings:
        found.append((_("Findings and how they stand"), ""))
    return found


def step(lines: Sequence[Entry]) -> tuple[float, float]:
    """Size of type and height of a line: the largest with which all stand on one slide, else the smallest."""
    return next((each for each in STEPS if len(_dealt(lines, each[1])) <= 2), STEPS[-1])


def pages(lines: Sequence[Entry]) -> list[list[list[Entry]]]:
    """Lines dealt out to columns, two on a slide."""
    columns = _dealt(lines, step(lines)[1])
    return [columns[start : start + 2] for start in range(0, len(columns), 2)]


def _dealt(lines: Sequence[Entry], row: float) -> list[list[Entry]]:
    """Lines dealt out to columns; a chapter never stands last in one."""
    most = int(master.CONTENT.height // row)
    columns: list[list[Entry]] = [[]]
    for place, entry in enumerate(lines):
        is_cut_off = entry[1] is None and len(columns[-1]) == most - 1 and place + 1 < len(lines)
        if len(columns[-1]) == most or is_cut_off:
            columns.append([])
        columns[-1].append(entry)
    return columns


def fill(deck: Deck, slides: Sequence[Slide], lines: Sequence[Entry], targets: Mapping[str, Slide]) -> None:
    """Write the contents on their slides; `targets` are the slides by code of section."""
    numbers = {slide.slide_id: number for number, slide in enumerate(deck.slides, start=1)}
    for slide, columns in zip(slides, pages(lines), strict=True):
        boxes = master.CONTENT.columns(GUTTER, *[1] * len(columns))
        for box, column in zip(boxes, columns, strict=True):
            if column:
                _column(slide, box, column, step(lines), targets, numbers)


def _column(
    slide: Slide,
    box: Box,
    lines: Sequence[Entry],
    look: tuple[float, float],
    targets: Mapping[str, Slide],
    numbers: Mapping,
) -> None:
    size, row = look
    corner = (Pt(box.left), Pt(box.top))
    frame = slide.shapes.add_table(len(lines), 2, *corner, Pt(box.width), Pt(row * len(lines)))
    describe(frame, _("Contents"), _("Contents"))
    table = frame.table
    table.first_row = table.horz_banding = False
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = master.TABLE_STYLE
    table.columns[0].width, table.columns[1].width = Pt(box.width - NUMBER), Pt(NUMBER)
    for at, (words, code) in enumerate(lines):
        table.rows[at].height = Pt(row)
        name, number = table.cell(at, 0), table.cell(at, 1)
        for cell in (name, number):
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_top = cell.margin_bottom = Pt(1)
            cell.margin_left = cell.margin_right = Pt(4)
        if code is None:
            name.merge(number)
            shown = fitting.shortened(words, size * 1.06, box.width - 12)
            run(name.text_frame.paragraphs[0], shown, size, True, MSO_THEME_COLOR.TEXT_2)
            continue
        name.margin_left = Pt(4 + INDENT)
        number.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
        shown = fitting.shortened(words, size, box.width - NUMBER - INDENT - 12)
        relation = slide.part.relate_to(targets[code].part, RT.SLIDE)
        for cell, shown_ in ((name, shown), (number, f"{numbers[targets[code].slide_id]}")):
            made = run(cell.text_frame.paragraphs[0], shown_, size)
            made._r.get_or_add_rPr().add_hlinkClick(relation).set("action", "ppaction://hlinksldjump")
