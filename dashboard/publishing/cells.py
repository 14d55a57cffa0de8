"""Sheets read cell by cell: every value as text, blank rows dropped, row numbers kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path

import pyarrow
import pyarrow.parquet
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from dashboard import contract
from dashboard.publishing import headers
from dashboard.publishing.findings import ERROR, KEPT, Finding, Place, shown
from dashboard.text import N_

BATCH = 20_000
CELL_LIMIT = 32_767
EXACT_DIGITS = 15
HEADER_WITHIN = 20


class Unreadable(ValueError):
    """A file that is not what its name says, or is damaged: a rule in words, and the row if it is known."""

    def __init__(self, rule: str, row: int | None = None) -> None:
        super().__init__(rule)
        self.rule, self.row = rule, row


DAMAGED_WORKBOOK = N_("The workbook is damaged or incomplete")


@dataclass(frozen=True)
class Sheet:
    """Records of one sheet with their row numbers; a CSV file is a sheet without a name."""

    name: str | None
    records: Iterator[tuple[int, list]]


@dataclass
class Converted:
    """What came of one sheet: the fields it has (none if it was unusable) and what was found."""

    is_empty: bool = False
    columns: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@contextmanager
def workbook(path: Path) -> Iterator[list[Sheet]]:
    """Sheets of an XLSX file, read row by row. Raises `Unreadable` if it is not a whole workbook."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError:
        raise
    except Exception as error:  # a damaged archive fails in whatever part of openpyxl its content leads to
        raise Unreadable(DAMAGED_WORKBOOK) from error
    try:
        yield [Sheet(sheet.title, _rows(sheet)) for sheet in book.worksheets]
    finally:
        book.close()


def _rows(sheet) -> Iterator[tuple[int, list]]:
    sheet.reset_dimensions()  # exports often state a wrong size
    try:
        yield from enumerate(sheet.iter_rows(values_only=True), start=1)
    except Exception as error:  # as above: rows are only decompressed and parsed here
        raise Unreadable(DAMAGED_WORKBOOK) from error


def convert(sheet: Sheet, table: contract.Table, place: Place, target: Path) -> Converted:
    """Write a sheet as a Parquet file of text with a column `source_row`."""
    result = Converted()
    found = next(((row, values) for row, values in sheet.records if _filled(values)), None)
    if found is None:
        return Converted(is_empty=True)
    header = headers.read(list(found[1]), table, replace(place, row=found[0]))
    result.findings += header.findings
    if not header.positions:
        return result
    result.columns = list(header.positions)
    writer = _Writer(table, place, header.positions, len(_trimmed(found[1])))
    schema = pyarrow.schema([(name, pyarrow.string()) for name in result.columns] + [("source_row", pyarrow.int64())])
    with pyarrow.parquet.ParquetWriter(target, schema) as file:
        for row, values in sheet.records:
            writer.take(row, values)
            if len(writer.rows) == BATCH:
                file.write_table(writer.batch(schema))
        file.write_table(writer.batch(schema))
    result.findings += writer.findings()
    return result


class _Writer:
    """Collects records column by column and the cells that cannot be taken as they are."""

    def __init__(self, table: contract.Table, place: Place, positions: dict[str, int], width: int) -> None:
        self.table, self.place, self.positions, self.width = table, place, positions, width
        self.codes = {name for name in positions if table.fields[name].type == "string"}
        self.columns: dict[str, list[str | None]] = {name: [] for name in positions}
        self.rows: list[int] = []
        self.bad: dict[tuple[str, str, str | None], list[Place]] = {}

    def take(self, row: int, values: list) -> None:
        """Add one record; a blank one is skipped, a broken one is noted and left out."""
        if not _filled(values):
            return
        is_csv = self.place.sheet is None
        if is_csv and (len(values) < self.width or len(_trimmed(values)) > self.width):
            rule, expected = N_("The row has more or fewer cells than the header"), str(self.width)
            place = replace(self.place, row=row, value=str(len(values)), expected=expected)
            self._note(rule, "", None, place)
            return
        record = {name: values[at] if at < len(values) else None for name, at in self.positions.items()}
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

    def findings(self) -> list[Finding]:
        """One finding per rule and column."""
        return [
            Finding(ERROR, rule, expected, self.table.name, column, len(places), tuple(places[:KEPT]))
            for (rule, expected, column), places in self.bad.items()
        ]

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
    return shown(value) if not isinstance(value, int | float) else str(value)


def _is_rounded(value: object) -> bool:
    """Whether a number has more digits than a spreadsheet keeps."""
    return isinstance(value, int | float) and abs(value) >= 10**EXACT_DIGITS


def _filled(values: list) -> bool:
    return any(value is not None and str(value).strip() for value in values)


def _trimmed(values: list) -> list:
    """The record without blank cells at its end."""
    end = len(values)
    while end and (values[end - 1] is None or not str(values[end - 1]).strip()):
        end -= 1
    return list(values[:end])
