"""A briefing as a PowerPoint deck: cover, contents, slides of each section, findings.

Everything on it can be edited: charts carry their numbers, tables are tables, maps are shapes, and headings, text,
footers and page numbers are placeholders of the master in `master`.
"""

from copy import deepcopy
from io import BytesIO

from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.reports.deck import contents, figures, master, notes, planning
from dashboard.reports.deck.master import CHAPTER, FOOTER, LABEL, SMALL, TITLE
from dashboard.reports.findings_table import findings_table
from dashboard.reports.model import Briefing, Figure, Section, Source
from dashboard.reports.office import fitting
from dashboard.reports.office.cleaning import cleaned
from dashboard.reports.office.fitting import Box
from dashboard.reports.office.words import describe
from dashboard.reports.office.words import write as put
from dashboard.text import _, moment

TITLE_SIZES = (master.TITLE_SIZE, 24, 22, 20)
TWO_LINES = 18  # size of a heading that takes two lines


def write(briefing: Briefing) -> bytes:
    """The deck as a .pptx file; words of its own are in the language that is spoken (`text.speaking`)."""
    briefing = cleaned(briefing)
    deck = master.presentation(briefing.language)
    _cover(deck, briefing)
    entries = contents.entries(briefing)
    agenda = [_slide(deck, briefing, master.CONTENTS, _("Contents")) for _page in contents.pages(entries)]
    targets = {section.code: _section(deck, briefing, section) for section in briefing.sections}
    if briefing.findings:
        targets[""] = _findings(deck, briefing)
    contents.fill(deck, agenda, entries, targets)
    _finish(deck, briefing)
    file = BytesIO()
    deck.save(file)
    return file.getvalue()


def _cover(deck: Deck, briefing: Briefing) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[master.COVER])
    room = master.COVER_TITLE
    size = fitting.largest([briefing.title], room, (40, 36, 32, 28, 24)) or 24
    title = fitting.shortened(
        briefing.title, size, room.width, int(room.height / (size * fitting.leading(briefing.title)))
    )
    put(slide.shapes.title.text_frame, [title], size)
    subtitle, facts, label = (slide.placeholders[index] for index in (1, 13, 14))
    lines = dict.fromkeys(filter(None, (briefing.subtitle, briefing.place, briefing.period)))
    put(subtitle.text_frame, [fitting.shortened(" · ".join(lines), 22, master.COVER_SUBTITLE.width, 2)])
    said = {briefing.edition, briefing.place, briefing.period, briefing.label}
    told = [(_("Edition"), briefing.edition), (_("Made on"), moment(briefing.made_at, "date"))]
    told += [(name, value) for name, value in briefing.facts if value not in said]
    room = master.COVER_FACTS
    lines = [
        fitting.shortened(_("{name}: {value}").format(name=name, value=value), 14, room.width) for name, value in told
    ]
    size = fitting.largest(lines, room, (14, 13, 12, 11)) or 10
    put(facts.text_frame, lines[: int(room.height / (size * fitting.LINE))], size)
    _fill_label(label, briefing.label, master.COVER_LABEL, 14)


def _slide(deck: Deck, briefing: Briefing, layout: int, heading: str, chapter: str = "") -> Slide:
    """A slide with heading, chapter, footer, page number and label in the placeholders of its layout."""
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    size = fitting.largest([heading], TITLE._replace(height=TITLE_SIZES[0] * fitting.LINE), TITLE_SIZES)
    is_one_line = size is not None and len(fitting.lines(heading, size * 1.06, TITLE.width)) == 1
    words = heading if is_one_line else fitting.shortened(heading, TWO_LINES * 1.06, TITLE.width, 2)
    put(slide.shapes.title.text_frame, [words], size if is_one_line else TWO_LINES)
    if layout != master.CONTENTS:
        _fill_label(slide.placeholders[13], chapter, CHAPTER, 12)
    label = "" if briefing.label in briefing.footer else briefing.label  # said once
    _fill_label(slide.placeholders[14], label, LABEL, SMALL, 2)
    for placeholder in slide.slide_layout.placeholders:
        if placeholder.element.ph.get("type") in ("ftr", "sldNum"):
            copied = deepcopy(placeholder.element)
            copied.spPr.clear()  # it stands where the layout says
            slide.shapes._spTree.append(copied)
    footer = next(shape for shape in slide.placeholders if shape.element.ph.get("type") == "ftr")
    put(footer.text_frame, [fitting.shortened(briefing.footer, SMALL, FOOTER.width, 2)])
    return slide


def _fill_label(placeholder, words: str, room: Box, size: float, count: int = 1) -> None:
    """Words in a placeholder, which goes where there are none."""
    if words:
        put(placeholder.text_frame, [fitting.shortened(words, size * 1.06, room.width, count)])
    else:
        placeholder.element.getparent().remove(placeholder.element)


def _section(deck: Deck, briefing: Briefing, section: Section) -> Slide:
    """The slides of a section; the first of them."""
    made = []
    for page in planning.plan(section):
        heading = _("{heading} (cont.)").format(heading=section.heading) if made else section.heading
        layout = master.TEXT if page.texts else master.FIGURES
        slide = _slide(deck, briefing, layout, heading, section.chapter)
        if page.texts:
            body = slide.placeholders[1]
            _put_at(body, page.text_box)
            put(body.text_frame, page.texts, None if page.size == master.BODY_SIZE else page.size)
            for paragraph in body.text_frame.paragraphs[1:]:
                paragraph.space_before = Pt(planning.GAP)
        for place in page.places:
            figures.draw(slide, place)
        shown = [place.figure for place in page.places]
        told = notes.text(briefing, section, shown, bool(page.texts) or not made)
        slide.notes_slide.notes_text_frame.text = told
        made.append(slide)
    return made[0]


def _put_at(shape, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Pt, box)


def _findings(deck: Deck, briefing: Briefing) -> Slide:
    """The slides of the table of findings; the first of them."""
    figure = Figure("", "", "table", findings_table(briefing.findings), Source("", {}, (), ()))
    made = []
    overdue = {(row, 3) for row, finding in enumerate(briefing.findings) if finding.is_overdue}
    for page in planning.plan(Section("", "", "", (), (figure,))):
        (place,) = page.places
        heading = _("Findings and how they stand")
        slide = _slide(
            deck, briefing, master.FIGURES, _("{heading} (cont.)").format(heading=heading) if made else heading
        )
        for shape in figures.draw(slide, place, overdue):
            describe(shape, heading, heading)
        told = [
            " · ".join(filter(None, (f"{finding.number}", finding.subject, finding.section, finding.note)))
            for finding in briefing.findings[place.rows.start : place.rows.stop]
        ]
        told.append(_("Edition {edition}").format(edition=briefing.edition))
        slide.notes_slide.notes_text_frame.text = "\n".join(told)
        made.append(slide)
    return made[0]


def _finish(deck: Deck, briefing: Briefing) -> None:
    """Properties of the file, the language of every word, and the theme of the notes."""
    properties = deck.core_properties
    properties.title, properties.subject = briefing.title, briefing.edition
    properties.author = properties.last_modified_by = briefing.place
    properties.created = properties.modified = briefing.made_at
    properties.comments, properties.keywords = briefing.label, briefing.period
    language, other = master.TAGS[briefing.language]
    properties.language = language
    master.give_theme(deck.notes_master.part)
    roots = [*deck.slides, *deck.slide_layouts, deck.slide_master, *(slide.notes_slide for slide in deck.slides)]
    for root in roots:
        for written in root.element.iter(qn("a:r"), qn("a:fld")):
            run_properties = written.get_or_add_rPr()
            run_properties.set("lang", language)
            run_properties.set("altLang", other)
