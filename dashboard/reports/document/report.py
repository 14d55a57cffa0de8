"""A briefing as a written report: cover, contents, numbered chapters with sentences, charts and tables, appendices.

The page follows GB/T 9704-2012 (Layout of official documents of party and government organs): A4, a type area of
156 x 225 mm, 22 lines of 28 letters, its order of fonts and its page numbers. The English report keeps the page and
has smaller type. Charts and maps can be edited; their numbers lie in the file.
"""

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph
from pptx import Presentation

from dashboard import text
from dashboard.reports.document import grids, layout, tables, word
from dashboard.reports.document.grids import TableCell
from dashboard.reports.document.look import LOOKS, SMALL, WIDTH, numeral, prepare
from dashboard.reports.model import Briefing, Chart, Figure, Section
from dashboard.reports.office import charts, maps, room
from dashboard.reports.office.cleaning import cleaned
from dashboard.reports.office.fitting import Box
from dashboard.text import _

AFTER_TABLE = 8  # points
MOST_ROWS = 200  # of a printed table
SENTENCES = 5  # in one paragraph


def write(briefing: Briefing) -> bytes:
    """The report as a .docx file, in the briefing's language."""
    with text.speaking(briefing.language):
        writer = _Writer(cleaned(briefing))
        writer.cover()
        writer.contents()
        writer.chapters()
        writer.appendices()
        return writer.file()


class _Writer:
    """A report in the making: counts its headings, captions and drawings."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.look = LOOKS[text.language()]
        self.document = docx.Document()
        self.headings: list[tuple[int, str, str]] = []  # level, words with their number, bookmark
        self.counts = [0, 0]
        self.captions = {"figure": 0, "table": 0}
        self.captioned: list[tuple[str, Figure]] = []
        self.drawings = 0
        prepare(self.document, self.look)

    def cover(self) -> None:
        """Label, title, period; then edition, filters and scope; place and day at the foot."""
        briefing = self.briefing
        self._paragraph(briefing.label, "Label")
        self._paragraph(briefing.title, "Title")
        self._paragraph(briefing.subtitle, "Subtitle")
        self._table([], [[TableCell(label), TableCell(value)] for label, value in briefing.facts])
        self._paragraph(briefing.place, "Signature").paragraph_format.space_before = Pt(48)
        self._paragraph(text.moment(briefing.made_at, "date"), "Signature")
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            self._footer(footer, side)

    def _footer(self, footer: _Footer, side: str) -> None:
        number = footer.paragraphs[0]
        number.style = self.document.styles["Footer"]
        number._p.get_or_add_pPr().append(word.element(f'<w:ind w:{side}="280"/>'))
        number._p.pPr.append(word.element(f'<w:jc w:val="{side}"/>'))
        number.add_run("\u2014 ")
        word.field(number, "PAGE", "1")
        number.add_run(" \u2014")
        footer.add_paragraph(self.briefing.footer, self.document.styles["Identity"])

    def contents(self) -> None:
        """Hold the place of the contents; `file` fills it when all headings are known."""
        self._paragraph(_("Contents"), "Contents heading")
        self.place = self._paragraph("", "toc 1")

    def chapters(self) -> None:
        """Every section under its chapter, then what was marked at meetings."""
        for chapter, sections in self.briefing.chapters:
            if chapter:
                self._heading(chapter, 1)
            is_alone = len(sections) == 1 and sections[0].heading == chapter
            for section in sections:
                if not is_alone:
                    self._heading(section.heading, 2 if chapter else 1)
                self._section(section)
        if self.briefing.findings:
            self._heading(_("Findings of meetings and how they stand"), 1)
            self._numbered("table", _("Findings and the values of their figures"))
            self._table(*tables.findings(self.briefing.findings))

    def _section(self, section: Section) -> None:
        sentences = [sentence.text for sentence in section.sentences]
        for start in range(0, len(sentences), SENTENCES):
            self._paragraph(text.sentences(*sentences[start : start + SENTENCES]), "Normal")
        for group in layout.groups(section.figures):
            if len(group) == 2:
                self._pair(group)
            else:
                self._figure(group[0])

    def _pair(self, figures: Sequence[Figure]) -> None:
        """Two narrow charts side by side, each with its caption, in a table without lines."""
        body = self.document._body._body
        cells = []
        for figure in figures:
            start = len(body)
            self._chart(figure, figure.chart, layout.HALF)
            cells.append(list(body)[start - 1 : -1])  # the last is the properties of the section
        body._insert_tbl(grids.side_by_side(cells, layout.HALF, layout.BETWEEN))

    def _figure(self, figure: Figure) -> None:
        if figure.is_empty:
            words = _("{title}: no figures for this choice.").format(title=figure.title)
            self._paragraph(words, "Figure note")
        elif figure.drawing is not None:
            self._map(figure)
        elif figure.chart is not None and layout.is_drawn(figure.chart):
            self._chart(figure, figure.chart)
        elif figure.tiles:
            self._caption(figure, "table")
            self._table(*tables.tiles(figure))
            self._note(figure)
        else:
            self._caption(figure, "table")
            columns = figure.table.columns
            rows = [
                [TableCell(cell.shown, column.is_number) for cell, column in zip(row, columns, strict=True)]
                for row in figure.table.rows[:MOST_ROWS]
            ]
            self._table([TableCell(column.title, column.is_number) for column in columns], rows)
            if len(figure.table.rows) > MOST_ROWS:
                words = _("The first {shown} of {count} rows; the workbook has all of them.")
                count = text.number(len(figure.table.rows), "count")
                self._paragraph(words.format(shown=MOST_ROWS, count=count), "Figure note")
            self._note(figure)

    def _chart(self, figure: Figure, chart: Chart, width: float = WIDTH) -> None:
        face = self.look.label
        extent = layout.size(chart, width)
        size = room.type_size(chart, extent, layout.CHART_TYPES)
        parts = charts.parts(chart, extent, size, (face.latin, face.chinese, face.latin))
        self.drawings += 1
        run = word.chart(self.document, self.drawings, parts, tuple(map(Pt, extent)), figure.alt or figure.title)
        self._paragraph("", "Drawing")._p.append(run)
        self._caption(figure, "figure")
        self._note(figure)

    def _map(self, figure: Figure) -> None:
        slides = Presentation()
        shapes = slides.slides.add_slide(slides.slide_layouts[6]).shapes
        height = min(420.0, max(220.0, 0.8 * WIDTH / figure.drawing.aspect))
        drawn = maps.draw(shapes, figure.drawing, Box(0, 0, WIDTH, height))
        size = (Emu(Pt(WIDTH)), Emu(Pt(height)))
        # Every shape has a number of its own in the file, far from those of the charts.
        number = 1000 * (1 + sum(kind == "map" for kind in (f.form for _label, f in self.captioned)))
        run = word.group(number, drawn, size, figure.alt or figure.title, self.look.label)
        self._paragraph("", "Drawing")._p.append(run)
        self._caption(figure, "figure")
        self._note(figure)

    def appendices(self) -> None:
        """Definitions, sources of the figures and origin of the sentences' numbers."""
        definitions = tables.definitions(self.briefing)
        if definitions[1]:
            self._appendix(_("Definitions"))
            self._table(*definitions, SMALL)
        if self.captioned:
            self._appendix(_("Where figures and tables come from"))
            words = _("What all have in common stands on the cover.")
            self._paragraph(words, "Figure note").paragraph_format.keep_with_next = True
            self._paragraph(tables.sources(self.captioned, self.briefing.facts), "Origin")
        origins = tables.origins(self.briefing)
        if origins:
            self._appendix(_("Origin of the numbers in the text"))
            words = _("In the order of the text: number, query and column, row in brackets; each once.")
            self._paragraph(words, "Figure note").paragraph_format.keep_with_next = True
            for heading, told in origins:
                self._paragraph(heading, "Origin heading")
                self._paragraph(told, "Origin")

    def _appendix(self, title: str) -> None:
        number = 1 + sum(level == 0 for level, _words, _target in self.headings)
        words = _("Appendix {number}: {title}").format(number=number, title=title)
        paragraph = self._paragraph(words, "Appendix heading")
        paragraph.paragraph_format.page_break_before = number == 1
        self._mark(paragraph, 0, words)

    def file(self) -> bytes:
        """The contents filled in, the properties set, and the whole as the bytes of a file."""
        styles = self.document.styles
        entries = []
        for level, words, target in self.headings:
            paragraph = self.place.insert_paragraph_before("", styles["toc 2" if level == 2 else "toc 1"])
            entries.append((paragraph, words, target))
        word.contents(entries, 'TOC \\o "1-2" \\h \\z \\u')
        self.place._p.getparent().remove(self.place._p)
        properties, briefing = self.document.core_properties, self.briefing
        properties.title, properties.subject = briefing.title[:255], briefing.subtitle[:255]
        properties.author = properties.last_modified_by = briefing.place[:255]
        properties.keywords = briefing.edition[:255]
        properties.comments = (briefing.label or briefing.footer)[:255]
        properties.language = self.look.language
        properties.created = properties.modified = briefing.made_at
        self._paragraph("", "Compact")  # Word ends every text with a paragraph
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _paragraph(self, words: str, style: str) -> Paragraph:
        paragraph = self.document.add_paragraph(words, self.document.styles[style])
        before = paragraph._p.getprevious()
        if before is not None and before.tag == qn("w:tbl"):
            paragraph.paragraph_format.space_before = Pt(AFTER_TABLE)
        return paragraph

    def _heading(self, words: str, level: int) -> None:
        paragraph = self._paragraph(words, f"Heading {level}")
        paragraph.paragraph_format.page_break_before = True if not self.headings else None
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * len(self.counts[level:])
        form, pattern, suffix = self.look.levels[level - 1]
        for place, count in enumerate(self.counts, 1):
            pattern = pattern.replace(f"%{place}", str(count) if form == "decimal" else numeral(count))
        self._mark(paragraph, level, f"{pattern}{' ' if suffix == 'space' else ''}{words}")

    def _mark(self, paragraph: Paragraph, level: int, words: str) -> None:
        number = len(self.headings) + 1
        target = f"_Toc{number:08}"
        word.bookmark(paragraph, number, target)
        self.headings.append((level, words, target))

    def _caption(self, figure: Figure, kind: str) -> None:
        self.captioned.append((self._numbered(kind, figure.title), figure))
        unit = _("Unit: {unit}").format(unit=figure.unit) if figure.unit else ""
        small = "    ".join(filter(None, (unit, figure.period)))
        if small:
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True
            paragraph = self._paragraph(small, "Figure note")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if kind == "table" or figure.note:
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def _numbered(self, kind: str, title: str) -> str:
        """A caption with a number that Word counts; the table's stands above it. Returns what the figure is called."""
        self.captions[kind] += 1
        pattern = _("Table {number}") if kind == "table" else _("Figure {number}")
        before = pattern.partition("{")[0]
        paragraph = self._paragraph(before, "Caption")
        word.field(paragraph, f"SEQ {before.strip()} \\* ARABIC", str(self.captions[kind]))
        paragraph.add_run(f"  {title}")
        paragraph.paragraph_format.keep_with_next = kind == "table"
        return pattern.format(number=self.captions[kind])

    def _note(self, figure: Figure) -> None:
        if figure.note:
            self._paragraph(figure.note, "Figure note")

    def _table(self, head: Sequence[TableCell], rows: Sequence[Sequence[TableCell]], size: float | None = None) -> None:
        size = size or self.look.table_size
        widths = tables.widths_of(head, rows, size, WIDTH)
        if widths is None:
            size = SMALL
            count = len(head or rows[0])
            widths = tables.widths_of(head, rows, size, WIDTH) or [WIDTH / count] * count
        self.document._body._body._insert_tbl(grids.table(head, rows, widths, size, self.look.body))
