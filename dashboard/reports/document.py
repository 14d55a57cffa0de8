"""A briefing as a written report: cover, contents, numbered chapters with sentences, charts and tables, appendices.

The page follows GB/T 9704-2012 (Layout of official documents of party and government organs): A4, a type area of
156 x 225 mm, 22 lines of 28 letters, its order of fonts and its page numbers. The English report keeps the page and
has smaller type. Charts and maps can be edited; their numbers lie in the file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph
from pptx import Presentation

from dashboard import text
from dashboard.charts import theme
from dashboard.reports import deck_map, fitting, office_charts, word
from dashboard.reports.cleaning import cleaned
from dashboard.reports.fitting import Box
from dashboard.reports.model import Briefing, Cell, Chart, Figure, Finding, Section
from dashboard.reports.word import Face, TableCell
from dashboard.text import N_, _

WIDTH = 442.2  # points: the 156 mm of the type area
GRID = 579  # twentieths of a point: 225 mm / 22 lines
SMALL = 9  # points: the smallest type, in footers and of the longest appendix
CELL_SIDE = 8.5  # points: margins of a cell, left and right together
NARROWEST = 28
AFTER_TABLE = 8  # points
BOLD = 1.06  # how much wider bold type is
LONGEST_WORD = 110  # points that a word is not broken within
_WORD = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef;]+|[\u2e80-\u9fff]{4}")
MOST_ROWS, MOST_BARS = 200, 45  # of a printed table; of a chart, whose names would touch beyond that
SENTENCES = 5  # in one paragraph
EMPTY = Cell(None, "text", text.NOT_REPORTED)


@dataclass(frozen=True)
class Look:
    """Type of one language: faces, sizes in points, line pitch in twentieths of a point, numbers of headings."""

    title: Face
    body: Face
    first: Face
    second: Face
    label: Face  # captions, charts and maps
    body_size: float
    pitch: int
    table_size: float
    contents_size: float
    paragraph: str  # properties of running text
    letter: str  # distance of its letters
    levels: tuple[tuple[str, str, str], ...]
    is_bold: bool
    language: str


TIMES = "Times New Roman"
LOOKS = {
    "zh": Look(
        title=Face(TIMES, "FZXiaoBiaoSong-B05S"),
        body=Face(TIMES, "FangSong"),
        first=Face(TIMES, "SimHei"),
        second=Face(TIMES, "KaiTi"),
        label=Face("Arial", "SimHei"),
        body_size=16,
        pitch=GRID,
        table_size=10.5,
        contents_size=14,
        paragraph='<w:ind w:firstLineChars="200" w:firstLine="640"/>',
        letter='<w:spacing w:val="-5"/>',  # 28 letters of 15.75 points fill the line
        levels=(
            ("chineseCountingThousand", "%1\u3001", "nothing"),
            ("chineseCountingThousand", "\uff08%2\uff09", "nothing"),
            ("decimal", "%3\uff0e", "nothing"),
        ),
        is_bold=False,
        language="zh-CN",
    ),
    "en": Look(
        title=Face(TIMES, "SimSun"),
        body=Face(TIMES, "FangSong"),
        first=Face(TIMES, "SimHei"),
        second=Face(TIMES, "KaiTi"),
        label=Face("Arial", "SimHei"),
        body_size=12,
        pitch=360,
        table_size=10,
        contents_size=12,
        paragraph="",
        letter="",
        levels=(("decimal", "%1", "space"), ("decimal", "%1.%2", "space"), ("decimal", "%1.%2.%3", "space")),
        is_bold=True,
        language="en-GB",
    ),
}
# Each font with what stands in for it, and its family.
FONTS = (
    (TIMES, "Liberation Serif", "roman"),
    ("Arial", "Liberation Sans", "swiss"),
    ("FZXiaoBiaoSong-B05S", "SimSun", "roman"),
    ("FangSong", "FangSong_GB2312", "modern"),
    ("KaiTi", "KaiTi_GB2312", "modern"),
    ("SimHei", "Microsoft YaHei", "swiss"),
    ("SimSun", "Noto Serif CJK SC", "roman"),
)
STYLES = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Caption", "Footer", "Heading 1")
STYLES += ("Heading 2", "Heading 3", "Subtitle")


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
        _prepare(self.document, self.look)

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
            self._findings(self.briefing.findings)

    def _section(self, section: Section) -> None:
        sentences = [sentence.text for sentence in section.sentences]
        for start in range(0, len(sentences), SENTENCES):
            self._paragraph(text.sentences(*sentences[start : start + SENTENCES]), "Normal")
        for figure in section.figures:
            self._figure(figure)

    def _figure(self, figure: Figure) -> None:
        if figure.is_empty:
            words = _("{title}: no figures for this choice.").format(title=figure.title)
            self._paragraph(words, "Figure note")
        elif figure.drawing is not None:
            self._map(figure)
        elif figure.chart is not None and _is_drawn(figure.chart):
            self._chart(figure, figure.chart)
        elif figure.tiles:
            self._caption(figure, "table")
            self._tiles(figure)
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

    def _chart(self, figure: Figure, chart: Chart) -> None:
        face = self.look.label
        xml, workbook = office_charts.chart_xml(chart, self.look.table_size, (face.latin, face.chinese))
        size = (Emu(Pt(WIDTH)), Emu(Pt(_height(chart))))
        self.drawings += 1
        run = word.chart(self.document, self.drawings, xml, workbook, size, figure.alt or figure.title)
        self._paragraph("", "Drawing")._p.append(run)
        self._caption(figure, "figure")
        self._note(figure)

    def _map(self, figure: Figure) -> None:
        slides = Presentation()
        shapes = slides.slides.add_slide(slides.slide_layouts[6]).shapes
        height = min(420.0, max(220.0, 0.8 * WIDTH / figure.drawing.aspect))
        drawn = deck_map.draw(shapes, figure.drawing, Box(0, 0, WIDTH, height))
        size = (Emu(Pt(WIDTH)), Emu(Pt(height)))
        # Every shape has a number of its own in the file, far from those of the charts.
        number = 1000 * (1 + sum(kind == "map" for kind in (f.form for _label, f in self.captioned)))
        run = word.group(number, drawn, size, figure.alt or figure.title, self.look.label)
        self._paragraph("", "Drawing")._p.append(run)
        self._caption(figure, "figure")
        self._note(figure)

    def _tiles(self, figure: Figure) -> None:
        head = [_("Metric"), _("Value"), _("Target"), _("Judgement"), _("Changes")]
        rows = [
            [
                TableCell(tile.title),
                TableCell(tile.cell.shown, is_number=True),
                TableCell((tile.target or EMPTY).shown, is_number=True),
                TableCell(tile.signal_words, False, f"{theme.SIGNS[tile.signal]} ", theme.SIGNALS[tile.signal][1:]),
                TableCell("\n".join(tile.changes)),
            ]
            for tile in figure.tiles
        ]
        self._table([TableCell(words, is_number=place in (1, 2)) for place, words in enumerate(head)], rows)

    def _findings(self, findings: Sequence[Finding]) -> None:
        head = (N_("No."), N_("Subject"), N_("Owner"), N_("Deadline"), N_("Status"))
        head += (N_("When marked"), N_("Now"), N_("Note"))
        rows = [
            [
                TableCell(str(finding.number), is_number=True),
                TableCell(f"{finding.subject}\n{finding.section}"),
                TableCell(finding.owner),
                TableCell(finding.deadline_shown),
                TableCell(finding.status_words, sign="■ ", colour=theme.TROUBLE[1:])
                if finding.is_overdue
                else TableCell(finding.status_words),
                TableCell((finding.then or EMPTY).shown, is_number=True),
                TableCell((finding.now or EMPTY).shown, is_number=True),
                TableCell(f"{finding.metric}\n{finding.note}" if finding.note else finding.metric),
            ]
            for finding in findings
        ]
        self._numbered("table", _("Findings and the values of their figures"))
        self._table([TableCell(_(words), is_number=place in (0, 5, 6)) for place, words in enumerate(head)], rows)

    def appendices(self) -> None:
        """Definitions, sources of the figures and origin of the sentences' numbers."""
        figures = [figure for _section, figure in self.briefing.figures]
        definitions = dict(pair for figure in figures for pair in figure.source.definitions)
        if definitions:
            self._appendix(_("Definitions"))
            rows = [[TableCell(term), TableCell(meaning)] for term, meaning in definitions.items()]
            self._table([TableCell(_("Term")), TableCell(_("Meaning"))], rows)
        if self.captioned:
            self._appendix(_("Where figures and tables come from"))
            known = set(self.briefing.facts)
            head = [_("No."), _("Title"), _("Query"), _("Source")]
            rows = [
                [label, figure.title, figure.source.query, _facts(figure, known)] for label, figure in self.captioned
            ]
            if not any(row[-1] for row in rows):
                head.pop()
            self._paragraph(_("What all have in common stands on the cover."), "Figure note")
            cells = [[TableCell(words) for words in row[: len(head)]] for row in rows]
            self._table([TableCell(words) for words in head], cells)
        origins = [
            (number.shown, f"{number.query}.{number.column}", "; ".join(map("=".join, number.row)))
            for section in self.briefing.sections
            for sentence in section.sentences
            for number in sentence.numbers
        ]
        if origins:
            self._appendix(_("Origin of the numbers in the text"))
            self._paragraph(_("In the order of the text; a number that is said twice stands once."), "Figure note")
            rows = [[TableCell(words) for words in origin] for origin in dict.fromkeys(origins)]
            head = (_("As written"), _("Query and column"), _("Row"))
            self._table([TableCell(words) for words in head], rows, SMALL)

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
            pattern = pattern.replace(f"%{place}", str(count) if form == "decimal" else _numeral(count))
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

    def _table(
        self, head: Sequence[TableCell], rows: Sequence[Sequence[TableCell]], size: float | None = None
    ) -> None:
        size = size or self.look.table_size
        widths = _widths(head, rows, size)
        if widths is None:
            size = SMALL
            widths = _widths(head, rows, size) or [WIDTH / len(head or rows[0])] * len(head or rows[0])
        self.document._body._body._insert_tbl(word.table(head, rows, widths, size, self.look.body))


def _prepare(document: Document, look: Look) -> None:
    """Page, styles, fonts and the numbers of headings."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(18)
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines" if look.pitch == GRID else "default")
    grid.set(qn("w:linePitch"), str(GRID))
    document.settings.odd_and_even_pages_header_footer = True
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    word.keep_styles(document, [*STYLES, *(name.lower() for name in STYLES)])
    word.set_fonts(document, FONTS)
    word.number_headings(document, look.levels)
    language = f'<w:lang w:val="{"en-GB" if look.language == "zh-CN" else look.language}" w:eastAsia="zh-CN"/>'
    word.set_defaults(document, f"{_type(look.body, look.body_size, spacing=look.letter)}{language}")
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{look.pitch}" w:lineRule="exact"/>'
    single = '<w:snapToGrid w:val="0"/><w:spacing w:before="{}" w:after="{}" w:line="240" w:lineRule="auto"/>'
    size, bold = look.body_size, look.is_bold
    above = 0 if look.language == "zh-CN" else 160
    head = exact.replace('w:before="0"', f'w:before="{above}"')
    body = exact.replace('w:after="0"', f'w:after="{0 if look.language == "zh-CN" else 120}"')
    first, second = _type(look.first, size + (2 if bold else 0), bold), _type(look.second, size, bold)
    keep = "<w:keepNext/><w:keepLines/>"
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{round(20 * WIDTH)}"/></w:tabs>'
    contents = f'<w:spacing w:before="0" w:after="0" w:line="{round(37 * look.contents_size)}" w:lineRule="exact"/>'
    centred = '<w:jc w:val="center"/>'
    paragraphs = {
        "Normal": (f"{body}{look.paragraph}", ""),
        "Heading 1": (f"{keep}{_numbered_by(0)}{head}{look.paragraph}", first),
        "Heading 2": (f"{keep}{_numbered_by(1)}{head}{look.paragraph}", second),
        "Heading 3": (f"{keep}{_numbered_by(2)}{head}{look.paragraph}", _type(look.body, size, is_bold=True)),
        "Appendix heading": (f'{keep}{single.format(320, 160)}<w:outlineLvl w:val="0"/>', first),
        "Contents heading": (f"{single.format(0, 240)}{centred}", _type(look.first, 18, bold)),
        "Label": (f"{single.format(0, 1800)}{centred}", _type(look.first, 14, bold)),
        "Title": (f"{single.format(0, 240)}{centred}", _type(look.title, 22, bold)),
        "Subtitle": (f"{single.format(0, 900)}{centred}", _type(look.second, 16)),
        "Signature": (f"{single.format(60, 60)}{centred}", _type(look.body, 16)),
        "Caption": (f"<w:keepLines/>{single.format(60, 60)}{centred}", _type(look.label, look.table_size + 1.5, bold)),
        "Drawing": (f"<w:keepNext/>{single.format(160, 0)}{centred}", ""),
        "Figure note": (single.format(20, 80), _type(look.body, look.table_size)),
        "Compact": (single.format(0, 0), _type(look.body, look.table_size)),
        "Footer": (single.format(0, 0), _type(Face(TIMES, "SimSun"), 14)),
        "Identity": (f"{single.format(20, 0)}{centred}", _type(look.body, SMALL)),
        "toc 1": (f"{tab}{contents}", _type(look.first, look.contents_size, bold)),
        "toc 2": (f'{tab}{contents}<w:ind w:left="420"/>', _type(look.body, look.contents_size)),
    }
    for name, (paragraph, run) in paragraphs.items():
        known = {style.name for style in document.styles}
        style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        word.set_style(style, paragraph, run)


def _type(face: Face, size: float, is_bold: bool = False, spacing: str = '<w:spacing w:val="0"/>') -> str:
    bold = "<w:b/>" if is_bold else ""
    return f'{face.xml}{bold}{spacing}<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>'


def _numbered_by(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def _numeral(count: int) -> str:
    """A number to 99 as headings count it."""
    units = ["", *_("1 2 3 4 5 6 7 8 9 10").split()]
    tens, rest = divmod(count, 10)
    return f"{units[tens] if tens > 1 else ''}{units[10] if tens else ''}{units[rest]}"


def _is_drawn(chart: Chart) -> bool:
    """Whether a chart has values, and not too many bars to name each."""
    has_values = any(isinstance(cell.value, int | float) for series in chart.series for cell in series.cells)
    is_crowded = chart.form in ("bar", "stacked") and len(chart.categories) > MOST_BARS
    return has_values and not is_crowded


def _height(chart: Chart) -> float:
    """Points of height of a chart: that of 16:9, or what its lying bars need to be named.

    LibreOffice keeps no more than 20 charts of a file in mind and draws the others in 16:9, stretched to their frames.
    """
    bars = len(chart.categories) * (1 if chart.form == "stacked" else max(1, 0.7 * len(chart.series)))
    return min(560.0, max(WIDTH * 9 / 16, 60 + 14 * bars)) if office_charts.is_lying(chart) else WIDTH * 9 / 16


def _facts(figure: Figure, known: set[tuple[str, str]]) -> str:
    """What a figure's source says beyond the cover and its query."""
    known = known | {(label, value) for label, value in figure.source.facts if label == _("Time")}
    own = [pair for pair in figure.source.facts if pair[1] not in (figure.source.query, figure.title)]
    return "\n".join(f"{label}: {value}" for label, value in own if (label, value) not in known)


def _widths(head: Sequence[TableCell], rows: Sequence[Sequence[TableCell]], size: float) -> list[float] | None:
    """Widths of columns by what they hold: digits stay on one line, words break between words.

    The room left is shared out as by CSS 2.1, 17.5.2.2 (automatic table layout). None where even that is too wide.
    """
    least, most = [], []
    for column in zip(*([head] if head else []), *rows, strict=True):
        lines = [(cell.sign + cell.words, size) for cell in column[bool(head) :]]
        lines += [(column[0].words, BOLD * size)] if head else []
        wide = max(fitting.width(line, em) for words, em in lines for line in words.split("\n"))
        word_wide = max(fitting.width(word, em) for words, em in lines for word in _WORD.findall(words) or [""])
        most.append(max(NARROWEST, wide) + CELL_SIDE + 2)
        is_number = column[-1].is_number
        least.append(most[-1] if is_number else max(NARROWEST, min(word_wide, LONGEST_WORD)) + CELL_SIDE + 2)
    if sum(most) <= WIDTH:
        share = min(1.6, WIDTH / sum(most))
        return [width * share for width in most]
    if sum(least) > WIDTH:
        return None
    share = (WIDTH - sum(least)) / (sum(most) - sum(least))
    return [low + share * (high - low) for low, high in zip(least, most, strict=True)]
