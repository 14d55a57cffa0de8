"""A briefing as an Excel workbook: one sheet per figure, with typed cells, native charts and where they come from."""

import re
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.charts import theme
from dashboard.downloads import OPTIONS
from dashboard.maps.colours import ink
from dashboard.reports import workbook_charts, workbook_lists
from dashboard.reports.model import Briefing, Cell, Entry, Figure
from dashboard.reports.office.cleaning import cleaned
from dashboard.reports.workbook_cells import (
    FONT,
    HEADING,
    INK,
    LINK,
    NUMBER_HEADING,
    SMALL,
    TITLE,
    WRAPPED,
    Writer,
    column_width,
    line_height,
)
from dashboard.text import _, number, sentences, speaking

LONGEST_NAME = 31  # letters of a sheet's name
HEAD = 4  # row of a figure's column titles; above them its title, unit and period, note, and the way back
ONE_PAGE = 40  # rows that are printed together: a little smaller rather than a few alone on a second page
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
        workbook_lists.sentences(writer, briefing)
        if briefing.findings:
            workbook_lists.findings(writer, briefing)
        for name, (_section, figure) in zip(names, briefing.figures, strict=True):
            _figure(writer, name, figure)
        workbook_lists.definitions(writer, briefing)
        workbook_lists.sources(writer, briefing, names)
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
    sheet = writer.sheet(_("Cover"))
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


def _link(writer: Writer, sheet: Worksheet, row: int, column: int, name: str, said: str, **looks: object) -> None:
    """Words that lead to another sheet."""
    style = writer.style(**{**LINK, **looks})
    sheet.write_url(row, column, f"internal:'{name}'!A1", style, cleaned(said)[:255] or name)


def _figure(writer: Writer, name: str, figure: Figure) -> None:
    """A figure's table with its chart, tiles or legend beside it."""
    table, classes = figure.table, _classes(figure)
    widths = [
        column_width(column.title, (row[at].shown for row in table.rows)) for at, column in enumerate(table.columns)
    ]
    has_chart = figure.chart is not None and bool(figure.chart.categories)
    sheet = writer.sheet(name)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    titles = [column.title for column in table.columns]
    for at, column in enumerate(table.columns):
        writer.words(sheet, HEAD, at, column.title, **(NUMBER_HEADING if column.is_number else HEADING))
    for row, cells in enumerate(table.rows, start=HEAD + 1):
        for at, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            writer.cell(sheet, row, at, cell, is_number=column.is_number)
        writer.raise_row(sheet, row, zip(cells, widths, strict=True))
    writer.raise_row(sheet, HEAD, zip(titles, widths, strict=True))
    if classes:
        titles.append(_("Class on the map"))
        _class_column(writer, sheet, len(table.columns), classes)
    last = HEAD + max(1, len(table.rows))
    if len(table.rows) <= ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    sheet.freeze_panes(HEAD + 1, 0)
    sheet.repeat_rows(HEAD)
    if titles:
        sheet.autofilter(HEAD, 0, last, len(titles) - 1)
    _above(writer, sheet, figure, widths)
    if has_chart:
        sheet.set_column(len(titles), len(titles), workbook_charts.GAP)
        workbook_charts.insert(writer, sheet, figure, HEAD)
    elif not {tile.title for tile in figure.tiles} <= {cell.shown for row in table.rows for cell in row}:
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
    _link(writer, sheet, 3, 0, _("Cover"), _("Back to the contents"), text_wrap=False)


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
