"""Sheets read cell by cell: every value as text, what is no record left out and counted, row numbers kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pyarrow
import pyarrow.parquet
import python_calamine
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from dashboard import contract
from dashboard.publishing import archives, headers, layouts
from dashboard.publishing.findings import ERROR, KEPT, NOTE, WARNING, Finding, Place, shown
from dashboard.publishing.mapping import Mapping
from dashboard.publishing.recognition import RecognisedColumn
from dashboard.publishing.unreadable import DAMAGED_WORKBOOK, Unreadable
from dashboard.text import N_

BATCH = 20_000
CELL_LIMIT = 32_767
EXACT_DIGITS = 15
PACKED = {".xlsx", ".xlsm", ".xlsb", ".ods"}  # archives; an .xls is none


@dataclass(frozen=True)
class Sheet:
    """Rows of one sheet with their numbers; a CSV file is a sheet without a name.

    `merged` are ranges (top, left, bottom, right), rows from 1 and columns from 0. Numbers that stand for days count
    from 1904 in a workbook that `is_1904`.
    """

    name: str | None
    rows: Iterator[layouts.Row]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_hidden: bool = False
    is_1904: bool = False


@dataclass
class Converted:
    """What came of one sheet: the fields it has (none if it was unusable), how it was read and what was found.

    `totals` are rows of totals with the text of each number column.
    """

    is_empty: bool = False
    fields: list[str] = field(default_factory=list)
    columns: tuple[RecognisedColumn, ...] = ()
    header_row: int | None = None
    totals: list[tuple[layouts.Total, dict[str, str]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@contextmanager
def workbook(path: Path) -> Iterator[list[Sheet]]:
    """Sheets of a workbook, read row by row. Raises `Unreadable` if it is not a whole workbook.

    calamine is ten times as fast as openpyxl, but shows the errors of formulas as empty cells: where a workbook holds
    one, openpyxl reads it.
    """
    archive = archives.inspect(path) if path.suffix.lower() in PACKED else archives.Archive()
    if archive.has_errors and path.suffix.lower() in (".xlsx", ".xlsm"):
        with _slow_workbook(path, archive) as sheets:
            yield sheets
        return
    try:
        book = python_calamine.load_workbook(str(path))
    except OSError:
        raise
    except python_calamine.PasswordError as error:
        raise Unreadable(N_("The workbook is protected by a password")) from error
    except Exception as error:  # a damaged archive fails in whatever part of the library its content leads to
        raise Unreadable(DAMAGED_WORKBOOK) from error
    with book:
        yield [
            Sheet(
                about.name,
                _rows(book, number),
                _merged(book, number),
                about.visible != python_calamine.SheetVisibleEnum.Visible,
                archive.is_1904,
            )
            for number, about in enumerate(book.sheets_metadata)
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]


def _rows(book: python_calamine.CalamineWorkbook, number: int) -> Iterator[layouts.Row]:
    try:
        sheet = book.get_sheet_by_index(number)
        left = [None] * sheet.start[1] if sheet.start else []
        for row, cells in enumerate(sheet.iter_rows(), start=1):
            yield row, left + [None if cell == "" else cell for cell in cells]
    except Exception as error:  # as above: sheets are only parsed here
        raise Unreadable(DAMAGED_WORKBOOK) from error


def _merged(book: python_calamine.CalamineWorkbook, number: int) -> list[tuple[int, int, int, int]]:
    try:
        ranges = book.get_sheet_by_index(number).merged_cell_ranges or []
    except Exception as error:
        raise Unreadable(DAMAGED_WORKBOOK) from error
    return [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]


@contextmanager
def _slow_workbook(path: Path, archive: archives.Archive) -> Iterator[list[Sheet]]:
    try:
        book = load_workbook(path, data_only=True)
    except OSError:
        raise
    except Exception as error:
        raise Unreadable(DAMAGED_WORKBOOK) from error
    yield [
        Sheet(
            sheet.title,
            enumerate(([cell.value for cell in row] for row in sheet.iter_rows()), start=1),
            [(r.min_row, r.min_col - 1, r.max_row, r.max_col - 1) for r in sheet.merged_cells.ranges],
            sheet.sheet_state != "visible",
            archive.is_1904,
        )
        for sheet in book.worksheets
    ]


def convert(sheet: Sheet, table: contract.Table, place: Place, target: Path, mapping: Mapping) -> Converted:
    """Write a sheet as a Parquet file of text with a column `source_row`."""
    filled: list[int] = []
    rows = layouts.filled_down(sheet.rows, sheet.merged, filled) if sheet.merged else sheet.rows
    layout, rest = layouts.find(rows, lambda titles: headers.known_titles(titles, table.name, mapping))
    if layout is None:
        return Converted(is_empty=True)
    header = headers.read(layout.titles, table, replace(place, row=layout.header_row), mapping)
    result = Converted(columns=tuple(header.columns), header_row=layout.header_row, findings=header.findings)
    if not header.positions:
        return result
    result.fields = list(header.positions)
    filled.clear()  # titles and headers are merged for looks
    required = sum(column.required for column in table.fields.values())
    body, writer = layouts.Body(), _Writer(table, place, header, len(_trimmed(layout.titles)))
    schema = pyarrow.schema([(name, pyarrow.string()) for name in result.fields] + [("source_row", pyarrow.int64())])
    with pyarrow.parquet.ParquetWriter(target, schema) as file:
        for row, values in layouts.records(rest, layout, body, required):
            writer.take(row, values)
            if len(writer.rows) == BATCH:
                file.write_table(writer.batch(schema))
        file.write_table(writer.batch(schema))
    result.totals = [(total, _numbers(total.cells, header, table)) for total in body.totals]
    result.findings += layouts.findings(body, layout, table.name, place) + writer.findings(layout.header_row)
    if filled:
        places = tuple(replace(place, row=row) for row in filled[:KEPT])
        result.findings.append(Finding(NOTE, layouts.MERGED, table=table.name, count=len(filled), places=places))
    return result


def _numbers(cells: list, header: headers.Header, table: contract.Table) -> dict[str, str]:
    """Text of a row's cells in the number columns that have any."""
    found = {}
    for name, at in header.positions.items():
        text = text_of(cells[at]) if at < len(cells) else None
        if table.fields[name].type in ("integer", "number") and text and text.strip():
            found[name] = text
    return found


class _Writer:
    """Collects records column by column and the cells that cannot be taken as they are."""

    def __init__(self, table: contract.Table, place: Place, header: headers.Header, width: int) -> None:
        self.table, self.place, self.positions, self.width = table, place, header.positions, width
        self.doubled, self.differing = header.doubled, set()
        titled = {column.position for column in header.columns} | {at for ats in header.doubled.values() for at in ats}
        self.untitled = [at for at in range(width) if at not in titled]
        self.spilled: dict[int, int] = {}
        self.codes = {name for name in self.positions if table.fields[name].type == "string"}
        self.columns: dict[str, list[str | None]] = {name: [] for name in self.positions}
        self.rows: list[int] = []
        self.bad: dict[tuple[str, str, str | None], list[Place]] = {}

    def take(self, row: int, values: list) -> None:
        """Add one record; a broken one is noted and left out."""
        is_csv = self.place.sheet is None
        if is_csv and (len(values) < self.width or len(_trimmed(values)) > self.width):
            rule, expected = N_("The row has more or fewer cells than the header"), str(self.width)
            place = replace(self.place, row=row, value=str(len(values)), expected=expected)
            self._note(rule, "", None, place)
            return
        record = {name: values[at] if at < len(values) else None for name, at in self.positions.items()}
        for name, further in self.doubled.items():
            if any((values[at] if at < len(values) else None) != record[name] for at in further):
                self.differing.add(name)
        for at in [*self.untitled, *range(self.width, len(values))]:
            if at < len(values) and values[at] is not None and str(values[at]).strip():
                self.spilled.setdefault(at, row)
        rounded = [name for name in self.codes if _is_rounded(record[name])]
        for name in rounded:
            cell = f"{get_column_letter(self.positions[name] + 1)}{row}: {record[name]:.0f}"
            rule = N_("Excel stored the code as a number and rounded it")
            expected = N_("the code as text: format the column as text and paste the codes again")
            self._note(rule, expected, name, replace(self.place, row=row, value=cell))
        if not rounded:
            self.rows.append(row)
            for name, value in record.items():
                self.columns[name].append(text_of(value))

    def batch(self, schema: pyarrow.Schema) -> pyarrow.Table:
        """The collected records as a table; the collection starts anew."""
        table = pyarrow.table({**self.columns, "source_row": self.rows}, schema=schema)
        self.columns = {name: [] for name in self.columns}
        self.rows = []
        return table

    def findings(self, header_row: int) -> list[Finding]:
        """One finding per rule and column."""
        header = replace(self.place, row=header_row)
        found = [
            Finding(ERROR, rule, expected, self.table.name, column, len(places), tuple(places[:KEPT]))
            for (rule, expected, column), places in self.bad.items()
        ]
        for name in self.doubled:
            if name in self.differing:
                found.append(headers.doubled(self.table, name, header))
            else:
                found.append(Finding(NOTE, layouts.TWICE, "", self.table.name, name, places=(header,)))
        for at, row in self.spilled.items():
            rule = N_("A column without a title holds values and was left out")
            place = replace(self.place, row=row)
            found.append(Finding(WARNING, rule, "", self.table.name, get_column_letter(at + 1), places=(place,)))
        return found

    def _note(self, rule: str, expected: str, column: str | None, place: Place) -> None:
        self.bad.setdefault((rule, expected, column), []).append(place)


def text_of(value: object) -> str | None:
    """A cell as the text that a CSV file would hold: dates in ISO form, whole numbers without a point."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**EXACT_DIGITS:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return shown(value) if not isinstance(value, int | float) else str(value)


def _is_rounded(value: object) -> bool:
    """Whether a number has more digits than a spreadsheet keeps."""
    return isinstance(value, int | float) and abs(value) >= 10**EXACT_DIGITS


def _trimmed(values: list) -> list:
    """The record without blank cells at its end."""
    end = len(values)
    while end and (values[end - 1] is None or not str(values[end - 1]).strip()):
        end -= 1
    return list(values[:end])
