"""Workbooks for the clerk: the files as they came, with the cells marked that publishing has something to say about.

A clerk's own workbook keeps its sheets and formats; a text file becomes a workbook of texts. Repaired, either can be
sent back: the list of findings on the first sheet is not read. Of a large file only the rows concerned are written, to
be looked up in the source.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook import Workbook

from dashboard import contract, text
from dashboard.publishing import cells, marked_names, textfiles
from dashboard.publishing.findings import ERROR, KEPT, NOTE, Finding, Place, by_gravity, place_told
from dashboard.publishing.recognition import Recognised
from dashboard.publishing.unreadable import Unreadable
from dashboard.text import _

LARGE = 20 << 20  # bytes of a file of which only the rows concerned are written
FILLS = {ERROR: "#F6B9B3", "warning": "#FBE3A6"}
WIDTHS = (8, 8, 30, 46, 46, 10, 34)
OWN = {".xlsx", ".xlsm"}


@dataclass(frozen=True)
class Mark:
    """One marked cell: sheet (None in a text file), row and column from 1, and the finding about it."""

    sheet: str | None
    row: int
    column: int
    finding: Finding
    place: Place


def write(
    source: Path, recognised: tuple[Recognised, ...], findings: list[Finding], target: Path, language: str
) -> list[Path]:
    """Write a workbook below `target` for every file of `source` with marks; returns them. Parquet files have none."""
    written = []
    with text.speaking(language):
        told = [finding for finding in by_gravity(findings) if finding.severity != NOTE]
        for name in sorted({each.file for each in recognised if each.kind in ("csv", "xlsx")}):
            known = {each.sheet: each for each in recognised if each.file == name}
            marks = list(_marks(name, known, told))
            if not marks:
                continue
            file = source / name
            try:
                written.append(_workbook(file, name, marks, known, target))
            except (Unreadable, OSError):  # the findings say why it cannot be read
                continue
    return written


def _marks(name: str, known: dict[str | None, Recognised], findings: list[Finding]) -> Iterator[Mark]:
    """Every cell of a file that a finding names."""
    for finding in findings:
        for place in finding.places[:KEPT]:
            sheet = known.get(place.sheet)
            if place.file != name or place.row is None or sheet is None:
                continue
            yield Mark(place.sheet, place.row, _column(finding, sheet) + 1, finding, place)


def _column(finding: Finding, sheet: Recognised) -> int:
    """Where a finding's column stands in a sheet, counted from 0; the first where it is about the whole row."""
    name = (finding.column or "").partition(" + ")[0]
    position = sheet.position(name)
    if position is None:
        position = next((column.position for column in sheet.columns if column.title == name), None)
    if position is None and name.isascii() and name.isupper() and len(name) <= 3:
        position = column_index_from_string(name) - 1
    return position or 0


def _workbook(
    file: Path, name: str, marks: list[Mark], known: dict[str | None, Recognised], target: Path
) -> Path:
    is_large = file.stat().st_size > LARGE
    stem = f"{_('rows concerned')}_{file.stem}" if is_large else file.stem
    written = target / Path(name).with_name(f"{stem}.xlsx")
    written.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix.lower() in OWN and not is_large:
        _mark_own(file, marks, written)
    else:
        _mark_copy(file, marks, known, written, is_large)
    return written


def _mark_own(file: Path, marks: list[Mark], written: Path) -> None:
    """The clerk's workbook with marks in it, the list of findings before its sheets."""
    try:
        book = load_workbook(file)
    except OSError:
        raise
    except Exception as error:  # read by another library, or damaged in a part that is not read
        raise Unreadable(cells.DAMAGED_WORKBOOK) from error
    for name in marked_names.SHEETS:  # of an earlier round
        if name in book.sheetnames:
            del book[name]
    comments: dict[tuple[str, int, int], list[Mark]] = {}
    for mark in marks:
        comments.setdefault((mark.sheet, mark.row, mark.column), []).append(mark)
    for (sheet, row, column), those in comments.items():
        cell = book[sheet].cell(row, column)
        if cell.coordinate in book[sheet].merged_cells:
            area = next(area for area in book[sheet].merged_cells.ranges if cell.coordinate in area)
            cell = book[sheet].cell(area.min_row, area.min_col)
        cell.fill = PatternFill("solid", fgColor=FILLS[those[0].finding.severity].lstrip("#"))
        cell.comment = Comment("\n".join(map(_said, those)), "dashboard", width=320, height=140)
    _list_own(book, marks)
    book.save(written)


def _list_own(book: Workbook, marks: list[Mark]) -> None:
    sheet = book.create_sheet(_("List of findings"), 0)
    sheet.append(_titles())
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for mark in marks:
        sheet.append(_line(mark))
        link = sheet.cell(sheet.max_row, len(WIDTHS))
        link.hyperlink = f"#'{mark.sheet}'!{get_column_letter(mark.column)}{mark.row}"
    for at, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"
    book.active = 0


def _mark_copy(
    file: Path, marks: list[Mark], known: dict[str | None, Recognised], written: Path, is_large: bool
) -> None:
    """The rows of a file as texts in a new workbook; of a large file the header and the rows concerned."""
    by_cell: dict[tuple[str | None, int, int], list[Mark]] = {}
    for mark in marks:
        by_cell.setdefault((mark.sheet, mark.row, mark.column), []).append(mark)
    concerned = {(mark.sheet, mark.row) for mark in marks} | {(s, each.header_row) for s, each in known.items()}
    with xlsxwriter.Workbook(str(written), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, plain = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        fills = {s: book.add_format({"bg_color": colour, "num_format": "@"}) for s, colour in FILLS.items()}
        findings = book.add_worksheet(_("List of findings"))
        names: dict[str | None, str] = {}
        with _sheets(file) as sheets:
            for sheet_name, rows in sheets:
                if sheet_name not in known:
                    continue
                names[sheet_name] = _sheet_name(sheet_name or file.stem, names)
                if is_large:  # nobody shall take it for the table
                    names[sheet_name] = _sheet_name(f"{_('rows concerned')}_{names[sheet_name]}", names)
                sheet = book.add_worksheet(names[sheet_name])
                at = 0
                for row, values in rows:
                    if is_large and (sheet_name, row) not in concerned:
                        continue
                    at = at + 1 if is_large else row
                    shown = [str(row), *values] if is_large else values
                    for column, value in enumerate(shown, start=1):
                        said = cells.text_of(value)
                        those = by_cell.get((sheet_name, row, column - is_large), ())
                        if said is not None or those:
                            style = fills[those[0].finding.severity] if those else plain
                            sheet.write_string(at - 1, column - 1, (said or "")[:cells.CELL_LIMIT], style)
                        if those:
                            comment = "\n".join(map(_said, those))
                            sheet.write_comment(at - 1, column - 1, comment, {"x_scale": 2.5, "y_scale": 2})
        if is_large:
            message = _("Only the rows concerned, with their row in the file: repair the file itself, not this list.")
            findings.write_row(0, 0, [message], bold)
        top = 1 if is_large else 0
        findings.write_row(top, 0, _titles(), bold)
        for line, mark in enumerate(marks, start=top + 1):
            *said, place = _line(mark)
            findings.write_row(line, 0, said)
            link = f"internal:'{names.get(mark.sheet, file.stem)}'!{get_column_letter(mark.column)}{mark.row}"
            if is_large or mark.sheet not in names:
                findings.write_string(line, len(WIDTHS) - 1, place)
            else:
                findings.write_url(line, len(WIDTHS) - 1, link, string=place)
        for at, width in enumerate(WIDTHS):
            findings.set_column(at, at, width)
        findings.freeze_panes(top + 1, 0)


class _sheets:
    """Sheets of a file as (name, rows); a text file has one without a name."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __enter__(self) -> list[tuple[str | None, Iterator[tuple[int, list]]]]:
        self.scratch = tempfile.TemporaryDirectory(prefix="marked-")
        self.book = None
        if self.file.suffix.lower() in (".csv", ".txt", ".tsv"):
            read = textfiles.prepare(self.file, Path(self.scratch.name))
            delimiter = textfiles.layout(read, lambda titles: len(titles))[1]
            return [(None, textfiles.records(read, delimiter))]
        self.book = cells.workbook(self.file)
        return [(sheet.name, sheet.rows) for sheet in self.book.__enter__()]

    def __exit__(self, *error: object) -> None:
        if self.book is not None:
            self.book.__exit__(None, None, None)
        self.scratch.cleanup()


def _sheet_name(wanted: str, taken: dict) -> str:
    """A name that Excel allows: 31 letters, none of []:*?/\\, each once."""
    name = "".join("_" if sign in "[]:*?/\\'" else sign for sign in wanted)[:28] or "_"
    return name if name.lower() not in {each.lower() for each in taken.values()} else f"{name}_{len(taken)}"


def _titles() -> list[str]:
    return [_("Gravity"), _("Code"), _("Table and column"), _("What"), _("What to do"), _("Row"), _("Where")]


def _line(mark: Mark) -> list[str | int]:
    finding = mark.finding
    rule = " · ".join(filter(None, [finding.rule_told, mark.place.expected or finding.expected_told]))
    where = place_told(Place(mark.place.file, mark.place.sheet, mark.place.row), finding.severity)
    return [finding.gravity, finding.code, finding.subject, rule, finding.advice, mark.row, where]


def _said(mark: Mark) -> str:
    """What the comment of a marked cell says: code and rule, what was expected, what to do."""
    finding = mark.finding
    expected = mark.place.expected or finding.expected_told
    wanted = _("expected: {expected}").format(expected=expected) if expected else ""
    return "\n".join(filter(None, [f"{finding.code} {finding.rule_told}", wanted, finding.advice]))


def title(table: str | None) -> str:
    """Title of a table in the reader's language."""
    if table is None:
        return text.NOT_REPORTED
    known = contract.load().tables[table]
    return known.title_en if text.language() == "en" else known.title
