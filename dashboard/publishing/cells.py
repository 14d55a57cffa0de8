"""Sheets read cell by cell: every value as text, what is no record left out and counted, row numbers kept."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

import pyarrow
import pyarrow.parquet
import python_calamine
from openpyxl.utils import get_column_letter

from dashboard import contract
from dashboard.publishing import archives, cleaning, headers, layouts, olefiles, opendocument, units
from dashboard.publishing.findings import ERROR, KEPT, NOTE, WARNING, Finding, Place, shown
from dashboard.publishing.mapping import Mapping
from dashboard.publishing.recognition import RecognisedColumn
from dashboard.publishing.unreadable import DAMAGED_WORKBOOK, PASSWORD, Unreadable
from dashboard.text import N_

BATCH = 20_000
CELL_LIMIT = 32_767
EXACT_DIGITS = 15
UNCOMPUTED = N_("The cell holds a formula that no program has computed")
CODE_AS_TEXT = N_("the code as text: format the column as text and paste the codes again")
REPEATED = N_("A merged number was read into each row that it spans")
PACKED = b"PK\x03\x04"  # how an archive begins, and so every workbook but an .xls


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

    `totals` are rows of totals with the text of each number column, `scales` what the sheet counts in (field -> 万).
    """

    is_empty: bool = False
    fields: list[str] = field(default_factory=list)
    columns: tuple[RecognisedColumn, ...] = ()
    header_row: int | None = None
    totals: list[tuple[layouts.Total, dict[str, str]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    scales: dict[str, str] = field(default_factory=dict)


@contextmanager
def workbook(path: Path) -> Iterator[Iterator[Sheet]]:
    """Sheets of a workbook, one after another, each to be read before the next.

    Raises `Unreadable` if it is not a whole workbook.
    """
    with open(path, "rb") as file:
        is_packed = file.read(4) == PACKED
    archive = archives.inspect(path) if is_packed else olefiles.inspect(path)
    if archive.has_errors:
        raise Unreadable(cleaning.FORMULA)
    try:
        is_named_so = is_packed == (path.suffix.lower() != ".xls")
        merged = opendocument.merged(path) if archive.has_spans else []
        book = python_calamine.load_workbook(str(path) if is_named_so else io.BytesIO(path.read_bytes()))
    except OSError:
        raise
    except python_calamine.PasswordError as error:
        raise Unreadable(PASSWORD) from error
    except Exception as error:  # a damaged archive fails in whatever part of the library its content leads to
        raise Unreadable(DAMAGED_WORKBOOK) from error
    with book:
        yield _sheets(book, archive, merged)


def _sheets(book: python_calamine.CalamineWorkbook, archive: archives.Archive, spans: list) -> Iterator[Sheet]:
    for number, about in enumerate(book.sheets_metadata):
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_index(number)
            ranges = sheet.merged_cell_ranges or []
        except Exception as error:  # as above: a sheet is only parsed here
            raise Unreadable(DAMAGED_WORKBOOK) from error
        merged = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]
        merged = spans[number] if number < len(spans) else merged
        is_hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
        yield Sheet(about.name, _rows(sheet, archive.flaws.get(number, {})), merged, is_hidden, archive.is_1904)


def _rows(sheet: python_calamine.CalamineSheet, flaws: archives.Cells) -> Iterator[layouts.Row]:
    """Rows with their flaws put in, which calamine shows as empty cells."""
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), shown_ in flaws.items():
        by_row.setdefault(row, {})[column] = shown_
    left = [None] * sheet.start[1] if sheet.start else []
    number = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, _with_flaws(left + [None if cell == "" else cell for cell in cells], by_row.pop(number, {}))
    for row in sorted(by_row):
        if row > number:
            yield row, _with_flaws([], by_row[row])


def _with_flaws(cells: list, flaws: dict[int, str]) -> list:
    for column, shown_ in flaws.items():
        cells += [None] * (column + 1 - len(cells))
        cells[column] = shown_
    return cells


def convert(sheet: Sheet, table: contract.Table, place: Place, target: Path, mapping: Mapping) -> Converted:
    """Write a sheet as a Parquet file of text with a column `source_row`."""
    filled: dict[int, list[int]] = {}
    rows = layouts.filled_down(sheet.rows, sheet.merged, filled) if sheet.merged else sheet.rows
    layout, rest = layouts.find(rows, lambda titles: headers.known_titles(titles, table.name, mapping))
    if layout is None:
        return Converted(is_empty=True)
    header = headers.read(layout.titles, table, replace(place, row=layout.header_row), mapping)
    result = Converted(columns=tuple(header.columns), header_row=layout.header_row, findings=header.findings)
    if not header.positions:
        return result
    result.fields = list(header.positions)
    required = [at for name, at in header.positions.items() if table.fields[name].required]
    body, writer = layouts.Body(), _Writer(table, place, header, len(_trimmed(layout.titles)), filled)
    schema = pyarrow.schema([(name, pyarrow.string()) for name in result.fields] + [("source_row", pyarrow.int64())])
    with pyarrow.parquet.ParquetWriter(target, schema) as file:
        records = layouts.records(rest, layout, body, required)
        while batch := list(islice(records, BATCH)):
            file.write_table(writer.take(batch, schema))
    result.scales = units.scales(table, header.positions, layout.titles, layout.units, layout.words)
    result.totals = [(total, _numbers(total.cells, header, table, result.scales)) for total in body.totals]
    result.findings += layouts.findings(body, layout, table.name, place) + writer.findings(layout.header_row)
    return result


def _numbers(cells: list, header: headers.Header, table: contract.Table, scales: dict[str, str]) -> dict[str, str]:
    """Text of a row's cells in the number columns that have any, with the scale that the sheet states."""
    found = {}
    for name, at in header.positions.items():
        text = text_of(cells[at]) if at < len(cells) else None
        if table.fields[name].type in units.NUMBERS and text and text.strip():
            found[name] = units.scaled(text, scales.get(name, ""))
    return found


@dataclass
class _Tally:
    """How often something was found, and the first places."""

    count: int = 0
    places: list[Place] = field(default_factory=list)


class _Writer:
    """Turns records into columns of text, and collects the cells that cannot be taken as they are."""

    def __init__(
        self, table: contract.Table, place: Place, header: headers.Header, width: int, filled: dict[int, list[int]]
    ) -> None:
        self.table, self.place, self.positions, self.width = table, place, header.positions, width
        self.doubled, self.differing, self.filled = header.doubled, set(), filled
        titled = {column.position for column in header.columns} | {at for ats in header.doubled.values() for at in ats}
        self.untitled = [at for at in range(width) if at not in titled]
        self.spilled: dict[int, int] = {}
        self.found: dict[tuple[str, str, str, str | None], _Tally] = {}

    def take(self, batch: list[layouts.Row], schema: pyarrow.Schema) -> pyarrow.Table:
        """The records as a table of text; a broken one is noted and left out."""
        is_csv = self.place.sheet is None
        if is_csv:
            batch = [(row, cells) for row, cells in batch if len(cells) == self.width or self._fits(row, cells)]
        else:
            batch = self._sound(batch)
            self._note_merged(batch)
        rows = [row for row, _cells in batch]
        width = max((len(cells) for _row, cells in batch), default=0)
        padded = (cells if len(cells) == width else cells + [None] * (width - len(cells)) for _row, cells in batch)
        columns = list(zip(*padded, strict=True)) or [()] * (max(self.positions.values()) + 1)
        columns += [(None,) * len(rows)] * (max(self.positions.values()) + 1 - len(columns))
        for name, further in self.doubled.items():
            if any(at < width and columns[at] != columns[self.positions[name]] for at in further):
                self.differing.add(name)
        for at in [*(at for at in self.untitled if at < width), *range(self.width, width)]:
            if at not in self.spilled and not {*columns[at]} <= {None, ""}:
                filled = [row for row, cell in zip(rows, columns[at], strict=True) if layouts.is_filled([cell])]
                self.spilled |= {at: filled[0]} if filled else {}
        texts = {
            name: columns[at] if is_csv else list(map(text_of, columns[at])) for name, at in self.positions.items()
        }
        return pyarrow.table({**texts, "source_row": rows}, schema=schema)

    def _fits(self, row: int, cells: list[str]) -> bool:
        """Whether a row of a CSV file has as many cells as the header, but for blank ones at its end."""
        if len(cells) >= self.width >= len(_trimmed(cells)):
            return True
        rule, place = N_("The row has more or fewer cells than the header"), replace(self.place, row=row)
        self._note(ERROR, rule, "", None, replace(place, value=str(len(cells)), expected=str(self.width)))
        return False

    def _sound(self, batch: list[layouts.Row]) -> list[layouts.Row]:
        """Records without codes that were rounded and without cells that hold no value."""
        unsound: set[int] = set()
        for name, at in self.positions.items():
            is_code = self.table.fields[name].type == "string"
            for row, cells in batch:
                cell = cells[at] if at < len(cells) else None
                if is_code and _is_rounded(cell):
                    shown_ = f"{get_column_letter(at + 1)}{row}: {cell:.0f}"
                    rule, expected = cleaning.ROUNDED, CODE_AS_TEXT
                    self._note(ERROR, rule, expected, name, replace(self.place, row=row, value=shown_))
                elif isinstance(cell, archives.Flaw):
                    rule = UNCOMPUTED if cell == "=" else cleaning.FORMULA
                    self._note(ERROR, rule, "", name, replace(self.place, row=row, value=str(cell)))
                else:
                    continue
                unsound.add(row)
        return [each for each in batch if each[0] not in unsound] if unsound else batch

    def _note_merged(self, batch: list[layouts.Row]) -> None:
        """Merged cells among the records. A number that fills several rows may not be meant for each."""
        if not self.filled:
            return
        names = {at: name for name, at in self.positions.items()}
        for row, _cells in batch:
            columns = [names[at] for at in self.filled.get(row, ()) if at in names]
            place = replace(self.place, row=row)
            if columns:
                self._note(NOTE, layouts.MERGED, "", None, place)
            for name in columns:
                if self.table.fields[name].type in units.NUMBERS:
                    self._note(WARNING, REPEATED, "", name, place)

    def findings(self, header_row: int) -> list[Finding]:
        """One finding per rule and column."""
        header = replace(self.place, row=header_row)
        found = [
            Finding(severity, rule, expected, self.table.name, column, tally.count, tuple(tally.places))
            for (severity, rule, expected, column), tally in self.found.items()
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

    def _note(self, severity: str, rule: str, expected: str, column: str | None, place: Place) -> None:
        tally = self.found.setdefault((severity, rule, expected, column), _Tally())
        tally.count += 1
        if len(tally.places) < KEPT:
            tally.places.append(place)


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
