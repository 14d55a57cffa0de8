"""Parts of a source to one raw table per extract, and the way back from a row to its file.

Raw tables keep the order of their parts, so DuckDB's `rowid` leads back to file, sheet and row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet

from dashboard import contract
from dashboard.publishing import layouts, units
from dashboard.publishing.findings import ERROR, Finding, Place, shown
from dashboard.publishing.sqltext import literal
from dashboard.text import N_

WHITE_SPACE = " \t\r\n\u00a0\u3000"
DAMAGED = N_("The file is damaged or incomplete")
Reread = Callable[[], tuple[list["Part"], list[Finding]]]


@dataclass
class Part:
    """One file or sheet of one extract, ready for DuckDB: a relation and where its rows come from.

    `columns` maps fields to SQL of the relation. Rows are counted from `first_row`, or listed in the
    `source_row` of `rows_file`. `reread` is there for a file that DuckDB may turn out unable to read; it also has to be
    read cell by cell if a row meets the condition `telltale`. `totals` are the rows of totals that were left out,
    `scales` what the sheet says to count in (field -> 万).
    """

    table: str
    place: Place
    columns: dict[str, str]
    relation: str
    first_row: int = 1
    rows_file: Path | None = None
    types: dict[str, str] = field(default_factory=dict)
    reread: Reread | None = None
    telltale: str = "false"
    totals: list[tuple[layouts.Total, dict[str, str]]] = field(default_factory=list)
    is_1904: bool = False
    scales: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _rows(self) -> np.ndarray:
        return pyarrow.parquet.read_table(self.rows_file, columns=["source_row"])["source_row"].to_numpy()

    def row(self, offset: int) -> int:
        """Row in the file of the record at this offset, as a spreadsheet counts it."""
        return self.first_row + offset if self.rows_file is None else int(self._rows[offset])


@dataclass
class Lineage:
    """Where the rows of a table came from: the parts in order and the `rowid` each begins at."""

    parts: list[Part]
    starts: list[int]

    def place(self, rowid: int, value: object, expected: str | None = None) -> Place:
        """File, sheet and row of one record, with the offending value."""
        index = bisect_right(self.starts, rowid) - 1
        part = self.parts[index]
        is_people = contract.load().tables[part.table].people
        row, text = part.row(rowid - self.starts[index]), shown(value, is_people)
        return Place(part.place.file, part.place.sheet, row, text, shown(expected, is_people))


class _NotPlain(Exception):
    """A part that DuckDB cannot read by itself: it has to be read cell by cell."""


def load(
    connection: duckdb.DuckDBPyConnection, table: contract.Table, parts: list[Part]
) -> tuple[Lineage, list[Finding]]:
    """Create `raw_<table>` from its parts, one column per field, in the parts' order.

    A column whose type is the contract's in every part keeps it; any other is text, with empty cells as null.
    """
    findings: list[Finding] = []
    while True:
        starts, total = [], 0
        trusted = _trusted(table, parts)
        columns = [f"{name} {trusted.get(name, 'varchar')}" for name in table.fields]
        connection.execute(f"create or replace table raw_{table.name} ({', '.join(columns)})")
        for index, part in enumerate(parts):
            starts.append(total)
            try:
                total += _insert(connection, table, part, trusted, total)
            except _NotPlain:
                instead, found = part.reread()
                parts = [*parts[:index], *instead, *parts[index + 1 :]]
                findings += found
                break
            except (duckdb.OutOfMemoryException, duckdb.InterruptException):
                raise
            except duckdb.Error:
                findings.append(Finding(ERROR, DAMAGED, table=table.name, places=(part.place,)))
        else:
            return Lineage(parts, starts), findings


def _insert(
    connection: duckdb.DuckDBPyConnection, table: contract.Table, part: Part, trusted: dict[str, str], start: int
) -> int:
    """Append one part to the raw table, which has `start` rows; returns the number of rows. Raises `_NotPlain`."""
    values = ", ".join(_value(part, name, trusted) for name in table.fields)
    try:
        inserted = connection.execute(f"insert into raw_{table.name} select {values} from {part.relation}")
        count = inserted.fetchall()[0][0]
    except (duckdb.OutOfMemoryException, duckdb.InterruptException):
        raise
    except duckdb.Error as error:
        if part.reread:
            raise _NotPlain from error
        raise
    if part.reread:
        empty = " and ".join(f"({name} is null or trim({name}, {literal(WHITE_SPACE)}) = '')" for name in part.columns)
        asked = f"select 1 from raw_{table.name} where rowid >= {start} and ({empty} or {part.telltale}) limit 1"
        if connection.execute(asked).fetchall():
            raise _NotPlain
    return count


def _trusted(table: contract.Table, parts: list[Part]) -> dict[str, str]:
    return {
        name: column.sql_type
        for name, column in table.fields.items()
        if column.type != "string"
        and all(name not in part.scales and _same(part.types.get(name), column.sql_type) for part in parts)
    }


def _value(part: Part, name: str, trusted: dict[str, str]) -> str:
    column = part.columns.get(name)
    if column is None:
        return "null"
    if name in trusted:
        return f"{column}::{trusted[name]}"
    kind = part.types.get(name, "VARCHAR")
    text = f"st_astext({column})" if kind.startswith("GEOMETRY") else column
    text = text if kind == "VARCHAR" else f"{text}::varchar"
    if name in part.scales:  # written out as any 12.5万 is, and counted as that
        text = units.scaled_sql(text, part.scales[name])
    return f"nullif({text}, '')"


def _same(kind: str | None, wanted: str) -> bool:
    """Whether a Parquet column's type says the same as the contract's, so that its values need no reading."""
    families = {
        "bigint": ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"),
        "double": ("DOUBLE", "FLOAT", "TINYINT", "SMALLINT", "INTEGER"),
        "boolean": ("BOOLEAN",),
        "date": ("DATE",),
        "timestamp": ("TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_S", "TIMESTAMP_NS"),
        "geometry": ("GEOMETRY",),
    }
    return kind is not None and kind.partition("(")[0] in families[wanted]
