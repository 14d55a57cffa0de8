"""A briefing as an Excel workbook: one sheet per figure, with typed cells, native charts and where they come from."""

import json
import re
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.charts import theme
from dashboard.downloads import OPTIONS
from dashboard.maps.colours import ink
from dashboard.reports import workbook_charts
from dashboard.reports.cleaning import cleaned
from dashboard.reports.model import Briefing, Cell, Entry, Figure
from dashboard.reports.workbook_cells import (
    FONT,
    HEADING,
    INK,
    LINK,
    MEASURED,
    NUMBER_HEADING,
    SMALL,
    TITLE,
    WRAPPED,
    Writer,
    column_width,
    line_height,
)
from dashboard.text import _, listed, number, sentences, speaking

LONGEST_NAME = 31  # letters of a sheet's name
HEAD = 4  # row of a figure's column titles; above them its title, unit and period, note, and the way back
TOP_WIDTH = 70  # letters that a title has room for, at least
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\t\r\n]+")


def write(briefing: Briefing) -> bytes:
    """The workbook (.xlsx): cover, sentences, what was marked, a sheet per figure, definitions and sources."""
    buffer = BytesIO()
    options = {**OPTIONS, "remove_timezone": True, "default_format_properties": FONT}
    with speaking(briefing.language), Workbook(buffer, options) as book:
        told = {"title": briefing.title, "subject": briefing.edition, "comments": briefing.label}
        book.set_properties({key: cleaned(said) for key, said in told.items()} | {"created": briefing.made_at})
        writer = Writer(book, briefing.footer, briefing.label)
        names = sheet_names(briefing)
        _cover(writer, briefing, names)
        _sentences(writer, briefing)
        if briefing.findings:
            _findings(writer, briefing)
        for name, (_section, figure) in zip(names, briefing.figures, strict=True):
            _figure(writer, name, figure)
        _definitions(writer, briefing)
        _sources(writer, briefing, names)
    return buffer.getvalue()


def sheet_names(briefing: Briefing) -> list[str]:
    """Name of each figure's sheet: its number, and as much of its title as Excel takes."""
    titles = (_FORBIDDEN.sub(" ", cleaned(figure.title)) for _section, figure in briefing.figures)
    return [_cut(f"{at:02d} {title}") for at, title in enumerate(titles, start=1)]


def _cut(name: str) -> str:
    """A name as long as Excel takes: it counts in UTF-16, where rare letters are two."""
    while len(name.encode("utf-16-le")) > 2 * LONGEST_NAME:
        name = name[:-1]
    return name.strip()


def _cover(writer: Writer, briefing: Briefing, names: list[str]) -> None:
    """Title, label, facts and contents."""
    widths = (22, 34, 52, 34)
    sheet = writer.sheet(_("Cover"), is_wide=True)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    last, letters = len(widths) - 1, sum(widths)
    writer.across(sheet, 0, last, briefing.title, letters * 0.9, **{**TITLE, "font_size": 22})
    writer.across(sheet, 1, last, briefing.subtitle, letters, **{**SMALL, "font_size": 14})
    if briefing.label:
        writer.across(sheet, 2, last, briefing.label, letters, **{**SMALL, "bold": True})
    for row, (label, said) in enumerate(briefing.facts, start=4):
        writer.words(sheet, row, 0, label, **{**WRAPPED, "bold": True})
        sheet.merge_range(row, 1, row, last, "", writer.style(**WRAPPED))
        writer.words(sheet, row, 1, said)
        sheet.set_row(row, line_height(said, letters - widths[0]) + 4)
    row = len(briefing.facts) + 5
    for column, title in enumerate((_("Chapter"), _("Section"), _("Figure"), _("Query"))):
        writer.words(sheet, row, column, title, **HEADING)
    for name, (section, figure) in zip(names, briefing.figures, strict=True):
        row += 1
        told = (section.chapter, section.heading, "", figure.source.query)
        for column, said in enumerate(told):
            writer.words(sheet, row, column, said)
        _link(writer, sheet, row, 2, name, figure.title)
    others = [_("Sentences"), *([_("Follow-up")] if briefing.findings else []), _("Definitions"), _("Sources")]
    for at, name in enumerate(others, start=row + 2):
        _link(writer, sheet, at, 0, name, name)


def _link(writer: Writer, sheet: Worksheet, row: int, column: int, name: str, said: str) -> None:
    """Words that lead to another sheet."""
    sheet.write_url(row, column, f"internal:'{name}'!A1", writer.style(**LINK), cleaned(said)[:255] or name)


def _sentences(writer: Writer, briefing: Briefing) -> None:
    """Every computed sentence, and a row for each of its numbers: as written, exactly, and where it comes from."""
    rows: list[list[str | Cell]] = []
    for section in briefing.sections:
        for sentence in section.sentences:
            told = [
                [said.shown, _exact(said.value), said.query, _row_words(said.row), said.column]
                for said in sentence.numbers
            ]
            rows += [[section.heading, sentence.text, *numbers] for numbers in told or [["", _exact(None), "", "", ""]]]
    titles = (_("Section"), _("Sentence"), _("As written"), _("Exact value"), _("Query"), _("Row"), _("Column"))
    writer.list(_("Sentences"), titles, rows, (18, 46, 12, 14, 20, 24, 14))


def _exact(value: float | None) -> Cell:
    return Cell(value, "exact", "" if value is None else str(value))


def _row_words(row: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(f"{name} = {value}" for name, value in row)


def _findings(writer: Writer, briefing: Briefing) -> None:
    """What was marked at meetings, and how its figure stands now."""
    nothing = Cell(None, "text", "")
    rows = [
        [
            Cell(finding.number, "count", str(finding.number)),
            finding.section,
            finding.subject,
            finding.owner,
            Cell(finding.deadline, "date", finding.deadline_shown),
            listed([finding.status_words, *([_("Overdue")] if finding.is_overdue else [])]),
            finding.metric,
            finding.then or nothing,
            finding.now or nothing,
            finding.note,
        ]
        for finding in briefing.findings
    ]
    titles = (
        _("No."),
        _("Section"),
        _("Subject"),
        _("Owner"),
        _("Deadline"),
        _("Status"),
        _("Metric"),
        _("When marked"),
        _("Now"),
        _("Note"),
    )
    writer.list(_("Follow-up"), titles, rows, (8, 16, 20, 14, 16, 12, 16, 12, 12, 30))


def _figure(writer: Writer, name: str, figure: Figure) -> None:
    """A figure's table with its chart, tiles or legend beside it."""
    table, classes = figure.table, _classes(figure)
    widths = [
        column_width(column.title, (row[at].shown for row in table.rows[:MEASURED]))
        for at, column in enumerate(table.columns)
    ]
    has_chart = figure.chart is not None and bool(figure.chart.categories)
    is_wide = has_chart or bool(figure.tiles) or figure.drawing is not None or sum(widths) > 90
    sheet = writer.sheet(name, is_wide=is_wide)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    titles = [column.title for column in table.columns]
    for at, column in enumerate(table.columns):
        writer.words(sheet, HEAD, at, column.title, **(NUMBER_HEADING if column.is_number else HEADING))
    for row, cells in enumerate(table.rows, start=HEAD + 1):
        for at, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            writer.cell(sheet, row, at, cell, is_number=column.is_number)
    if classes:
        titles.append(_("Class on the map"))
        _class_column(writer, sheet, len(table.columns), classes)
    last = HEAD + max(1, len(table.rows))
    sheet.freeze_panes(HEAD + 1, 0)
    sheet.repeat_rows(HEAD)
    if titles:
        sheet.autofilter(HEAD, 0, last, len(titles) - 1)
    _above(writer, sheet, figure, widths)
    if has_chart:
        sheet.set_column(len(titles), len(titles), workbook_charts.GAP)
        workbook_charts.insert(writer, sheet, figure, HEAD)
    elif figure.tiles:
        _tiles(writer, sheet, figure, len(titles) + 1)
    elif figure.drawing is not None:
        _legend(writer, sheet, figure, len(titles) + 1)


def _above(writer: Writer, sheet: Worksheet, figure: Figure, widths: list[float]) -> None:
    """Title, unit and period, note, and the way back to the contents."""
    last = max(len(widths) - 1, 1)
    letters = sum(widths)
    while letters < TOP_WIDTH:
        last, letters = last + 1, letters + 9
    writer.across(sheet, 0, last, figure.title, letters, **TITLE)
    about = " · ".join(filter(None, (figure.unit, figure.period)))
    writer.across(sheet, 1, last, about, letters, **SMALL)
    empty = "" if figure.table.rows else _("Nothing is reported here.")
    writer.across(sheet, 2, last, sentences(*filter(None, (figure.note, empty))), letters, **SMALL)
    _link(writer, sheet, 3, 0, _("Cover"), _("Back to the contents"))


def _classes(figure: Figure) -> list[Entry | None]:
    """The class on the map of every row, by the name that the row holds; empty where no row is on the map."""
    if figure.drawing is None:
        return []
    entries = {area.name: figure.drawing.legend[area.entry] for area in figure.drawing.areas}
    return [next((entries[c.shown] for c in row if c.shown in entries), None) for row in figure.table.rows]


def _class_column(writer: Writer, sheet: Worksheet, at: int, classes: list[Entry | None]) -> None:
    writer.words(sheet, HEAD, at, _("Class on the map"), **HEADING)
    sheet.set_column(at, at, 20)
    for row, entry in enumerate(classes, start=HEAD + 1):
        if entry is not None:
            writer.words(sheet, row, at, entry.words, **_coloured(entry))


def _coloured(entry: Entry) -> dict[str, object]:
    """The look of a class: its colour, or stripes where nothing is reported."""
    if entry.is_hatched:
        return {**WRAPPED, "pattern": 14, "fg_color": entry.colour, "bg_color": "#ffffff"}
    return {**WRAPPED, "bg_color": entry.colour, "font_color": ink(entry.colour)}


def _legend(writer: Writer, sheet: Worksheet, figure: Figure, left: int) -> None:
    """Classes of a map with how many units each has."""
    sheet.set_column(left - 1, left - 1, workbook_charts.GAP)
    sheet.set_column(left, left + 1, 20)
    counts = [("", Cell(entry.count, "count", number(entry.count, "count"))) for entry in figure.drawing.legend]
    writer.table(sheet, HEAD, (_("Class on the map"), _("Number of units")), counts, left)
    for row, entry in enumerate(figure.drawing.legend, start=HEAD + 1):
        writer.words(sheet, row, left, entry.words, **_coloured(entry))
    if figure.drawing.credit:
        writer.words(sheet, HEAD + 2 + len(figure.drawing.legend), left, figure.drawing.credit, **SMALL)


def _tiles(writer: Writer, sheet: Worksheet, figure: Figure, left: int) -> None:
    """Headline figures with target, judgement in sign, words and colour, and changes."""
    titles = (_("Headline"), _("Value"), _("Target"), _("Judgement"), _("Changes"))
    sheet.set_column(left - 1, left - 1, workbook_charts.GAP)
    for column, width in enumerate((22, 12, 12, 18, 34), start=left):
        sheet.set_column(column, column, width)
    rows = [[tile.title, tile.cell, tile.target or "", "", "\n".join(tile.changes)] for tile in figure.tiles]
    writer.table(sheet, HEAD, titles, rows, left)
    for row, tile in enumerate(figure.tiles, start=HEAD + 1):
        said = f"{theme.SIGNS[tile.signal]} {tile.signal_words}"
        colour = theme.TROUBLE if tile.signal == "trouble" else INK  # the lighter signals are too pale to read
        writer.words(sheet, row, left + 3, said, **{**WRAPPED, "font_color": colour})


def _definitions(writer: Writer, briefing: Briefing) -> None:
    """Every term once."""
    known = dict.fromkeys(pair for _section, figure in briefing.figures for pair in figure.source.definitions)
    writer.list(_("Definitions"), (_("Term"), _("Definition")), known, (28, 100))


def _sources(writer: Writer, briefing: Briefing, names: list[str]) -> None:
    """Query, parameters and facts of every figure."""
    rows = []
    for name, (_section, figure) in zip(names, briefing.figures, strict=True):
        source = figure.source
        asked = json.dumps(source.parameters, ensure_ascii=False, default=str)
        told = [(_("Query"), source.query), (_("Parameters"), asked)]
        told += [fact for fact in source.facts if fact not in told]
        rows += [(name, figure.title, label, said) for label, said in told]
    writer.list(_("Sources"), (_("Sheet"), _("Figure"), _("Fact"), _("Value")), rows, (22, 30, 14, 62))
