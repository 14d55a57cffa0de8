"""Rows as files: CSV and XLSX that say which edition, filters, scope and definitions they come from."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import NamedTuple

import pandas as pd
import xlsxwriter

from dashboard import catalogue
from dashboard.profile import Profile
from dashboard.text import _

# Excel reads the full-width forms as operators too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# A cell that begins with "=" stays text: data may be hostile.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}

NUMBER_FORMATS = {
    "share": "0.0%",
    "share_change": "+0.0%;-0.0%",
    "score": "0.0",
    "score_change": "+0.0;-0.0",
    "number": "#,##0.0",
    "hours": "#,##0.0",
    "area": "#,##0.0",
    "decimal": "#,##0.##",
    "total": "0.00",
    "count": "#,##0",
    "people": "#,##0",
    "yuan": "#,##0",
    "year": "0",
    "moment": "yyyy-mm-dd hh:mm",
    "date": "yyyy-mm-dd",
    "month": "yyyy-mm",
    "quarter": "yyyy-mm",
    "half": "yyyy-mm",
}

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class File(NamedTuple):
    """A kind of file that rows can be saved as: its button, ending and media type, and who writes it.

    `write` makes the bytes of rows, of the facts about them as (label, value) and of the place's profile.
    """

    label: str
    suffix: str
    mime: str
    write: Callable[[pd.DataFrame, list[tuple[str, str]], Profile], bytes]


def to_csv(frame: pd.DataFrame, facts: list[tuple[str, str]], profile: Profile) -> bytes:
    """Comma-separated text in UTF-8 with a mark that Excel reads; `# title: value` lines come first."""
    rows = _titled(frame, profile)
    text = StringIO()
    writer = csv.writer(text)
    for name, value in facts:
        writer.writerow([f"# {name}: {value}"])
    writer.writerow([_guarded(column) for column in rows.columns])
    writer.writerows([_guarded(cell) for cell in row] for row in rows.itertuples(index=False))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def to_xlsx(frame: pd.DataFrame, facts: list[tuple[str, str]], profile: Profile) -> bytes:
    """Workbook with typed cells on the first sheet and where they come from on the second."""
    rows = _titled(frame, profile)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Data"))
        sheet.freeze_panes(1, 0)
        for position, (name, shown) in enumerate(zip(frame.columns, rows.columns, strict=True)):
            described = catalogue.column(name)
            style = book.add_format(
                {"num_format": NUMBER_FORMATS.get(described.kind if described else "", "General")}
            )
            sheet.write_string(0, position, str(shown), bold)
            sheet.set_column(position, position, 18)
            for row, cell in enumerate(rows[shown], start=1):
                _write(sheet, row, position, cell, style)
        _about(book, facts)
    return buffer.getvalue()


def to_notice(
    title: str, lines: list[tuple[str, str]], frame: pd.DataFrame, facts: list[tuple[str, str]], profile: Profile
) -> bytes:
    """Workbook to hang out: heading, lines and list on one printable sheet, where it comes from on the second."""
    rows = _titled(frame, profile)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        heading = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        heading.set_text_wrap()
        bold = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top"})
        label = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Public notice"))
        last = max(2, len(rows.columns) - 1)  # XlsxWriter merges no single cell
        sheet.set_row(0, 44)
        sheet.merge_range(0, 0, 0, last, title, heading)
        for row, (name, value) in enumerate(lines, start=1):
            sheet.write_string(row, 0, name, label)
            sheet.merge_range(row, 1, row, last, value, plain)
        top = len(lines) + 2
        for position, (name, shown) in enumerate(zip(frame.columns, rows.columns, strict=True)):
            described = catalogue.column(name)
            kind = described.kind if described else ""
            style = book.add_format({"num_format": NUMBER_FORMATS.get(kind, "General"), "border": 1})
            sheet.write_string(top, position, str(shown), bold)
            sheet.set_column(position, position, 32 if kind in ("text", "note") else 14)
            for row, cell in enumerate(rows[shown], start=top + 1):
                _write(sheet, row, position, cell, style)
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.set_footer("&C&P / &N")
        _about(book, facts)
    return buffer.getvalue()


def _about(book: xlsxwriter.Workbook, facts: list[tuple[str, str]]) -> None:
    """Sheet that says where the rows come from."""
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    about = book.add_worksheet(_("About"))
    about.set_column(0, 0, 22)
    about.set_column(1, 1, 100)
    for row, (name, value) in enumerate(facts):
        about.write_string(row, 0, name, bold)
        about.write_string(row, 1, value, wrapped)


def _titled(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    rows = catalogue.relabel(frame, profile)
    titles = [catalogue.title(name) for name in rows.columns]
    doubled = {t for t in titles if titles.count(t) > 1}
    names = zip(titles, rows.columns, strict=True)
    return rows.set_axis([f"{t} ({name})" if t in doubled else t for t, name in names], axis=1)


def _guarded(cell: object) -> object:
    """Keep spreadsheets from running text as a formula (OWASP, CSV injection); missing stays empty."""
    if not isinstance(cell, str):
        return "" if pd.isna(cell) else cell
    return "'" + cell if cell.startswith(FORMULA_STARTS) else cell


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: object, style: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is None or pd.isna(cell):
        sheet.write_blank(row, column, None)
    elif isinstance(cell, pd.Timestamp):
        sheet.write_datetime(row, column, cell.to_pydatetime(), style)
    elif hasattr(cell, "isoformat"):
        sheet.write_datetime(row, column, cell, style)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    else:
        sheet.write_number(row, column, float(cell), style)


TABLES = (File("CSV", "csv", "text/csv", to_csv), File("XLSX", "xlsx", SHEET, to_xlsx))
