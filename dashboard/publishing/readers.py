"""Source files to parts: which file or sheet holds which extract, and how DuckDB can read it.

Well-formed CSV and all Parquet go straight into DuckDB. Workbooks, and CSV files with anything unusual in
them (blank rows, odd line ends, broken quotes), are read cell by cell into a Parquet file beside the
building edition, which remembers the row each record came from.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from dashboard import contract
from dashboard.publishing import cells, headers, loading, textfiles
from dashboard.publishing.findings import ERROR, WARNING, Finding, Place
from dashboard.publishing.loading import Part
from dashboard.publishing.sqltext import literal, path_literal, quoted
from dashboard.text import N_

KINDS = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".parquet": "parquet"}
FORMER = {".xls", ".et", ".ods", ".wps"}
EMPTY = N_("The file is empty")
NOTES = {"说明", "填写说明", "允许值", "notes", "allowedvalues"}


@dataclass
class Source:
    """What a source folder holds: parts per table, the files' fingerprints, and what could not be read."""

    connection: duckdb.DuckDBPyConnection
    parts: dict[str, list[Part]] = field(default_factory=dict)
    files: list[dict] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, part: Part) -> None:
        """Count a part in."""
        self.parts.setdefault(part.table, []).append(part)


def read(connection: duckdb.DuckDBPyConnection, folder: Path, scratch: Path, progress: Callable[[str], None]) -> Source:
    """Recognise every file of the folder. Nothing raises for a bad file: it becomes a finding."""
    source = Source(connection)
    if not folder.is_dir():
        source.findings.append(Finding(ERROR, N_("The source folder does not exist"), places=(Place(str(folder)),)))
        return source
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith((".", "~$")):
            progress(path.name)
            _read_file(path, path.relative_to(folder).as_posix(), scratch, source)
    if not source.files and not source.findings:
        source.findings.append(Finding(ERROR, N_("The source folder is empty"), places=(Place(str(folder)),)))
    return source


def _read_file(path: Path, name: str, scratch: Path, source: Source) -> None:
    kind = KINDS.get(path.suffix.lower())
    table = headers.table_of(path.stem)
    place = Place(name)
    if kind is None:
        if path.suffix.lower() in FORMER:
            rule, expected = N_("The file has an old or foreign format"), N_("a workbook saved as .xlsx, or CSV")
            source.findings.append(Finding(ERROR, rule, expected, table, places=(place,)))
        else:
            source.findings.append(Finding(WARNING, N_("The file was left out"), places=(place,)))
        return
    if kind != "xlsx" and table is None:
        rule, expected = N_("The file belongs to no table"), N_("a file named like a table of the contract")
        source.findings.append(Finding(WARNING, rule, expected, places=(place,)))
        return
    if path.stat().st_size == 0:
        source.findings.append(Finding(ERROR, EMPTY, table=table, places=(place,)))
        return
    with _findings_of(place, table, source):
        source.files.append({"file": name, "sha256": textfiles.sha256(path), "bytes": path.stat().st_size})
        {"csv": _read_csv, "xlsx": _read_workbook, "parquet": _read_parquet}[kind](path, place, table, scratch, source)


@contextmanager
def _findings_of(place: Place, table: str | None, source: Source) -> Iterator[None]:
    """Turn whatever keeps a file from being read into a finding."""
    try:
        yield
    except cells.Unreadable as error:
        source.findings.append(Finding(ERROR, error.rule, table=table, places=(replace(place, row=error.row),)))
    except OSError as error:
        rule, details = N_("The file cannot be opened: {reason}"), {"reason": error.strerror}
        source.findings.append(Finding(ERROR, rule, table=table, places=(place,), details=details))


def _read_csv(path: Path, place: Place, table: str, scratch: Path, source: Source) -> None:
    schema = contract.load().tables[table]
    text = textfiles.prepare(path, scratch)
    names, delimiter = textfiles.header(text, lambda row: len(headers.read(row, schema, place).positions))
    header = headers.read(names, schema, Place(place.file, row=1))

    def reread() -> tuple[list[Part], list[Finding]]:
        slow = Source(source.connection)
        with _findings_of(place, table, slow):
            _read_cells([cells.Sheet(None, textfiles.records(text, delimiter))], place, table, scratch, slow)
        return slow.parts.get(table, []), slow.findings

    if text.is_plain and header.positions and not any("\n" in name or "\r" in name for name in names):
        relation = _read_csv_sql(text.path, delimiter, len(names))
        columns = {column: f"c{position}" for column, position in header.positions.items()}
        source.add(Part(table, place, columns, relation, first_row=2, reread=reread))
        source.findings += header.findings
    else:
        parts, findings = reread()
        source.parts.setdefault(table, []).extend(parts)
        source.findings += findings


def _read_csv_sql(path: Path, delimiter: str, width: int) -> str:
    columns = ", ".join(f"'c{i}': 'varchar'" for i in range(width))
    return (
        f"read_csv({path_literal(path)}, auto_detect=false, header=false, skip=1, delim={literal(delimiter)}, "
        f"quote='\"', escape='\"', strict_mode=true, columns={{{columns}}})"
    )


def _read_workbook(path: Path, place: Place, table: str | None, scratch: Path, source: Source) -> None:
    with cells.workbook(path) as sheets:
        _read_cells(sheets, place, table, scratch, source)


def _read_cells(sheets: list[cells.Sheet], place: Place, file_table: str | None, scratch: Path, source: Source) -> None:
    is_empty = True
    for sheet in sheets:
        table = (headers.table_of(sheet.name) if sheet.name else None) or file_table
        if sheet.name and headers.fold(sheet.name) in NOTES:
            continue
        here = Place(place.file, sheet.name)
        if table is None:
            rule, expected = N_("The sheet belongs to no table"), N_("a sheet named like a table of the contract")
            source.findings.append(Finding(WARNING, rule, expected, places=(here,)))
            is_empty = False
            continue
        target = scratch / f"part-{len(list(scratch.glob('part-*')))}.parquet"
        read = cells.convert(sheet, contract.load().tables[table], here, target)
        is_empty = is_empty and read.is_empty
        source.findings += read.findings
        if read.columns:
            columns = {name: name for name in read.columns}
            source.add(Part(table, here, columns, f"read_parquet({path_literal(target)})", rows_file=target))
    if is_empty:
        source.findings.append(Finding(ERROR, EMPTY, table=file_table, places=(place,)))


def _read_parquet(path: Path, place: Place, table: str, scratch: Path, source: Source) -> None:
    relation = f"read_parquet({path_literal(path)})"
    try:
        described = source.connection.execute(f"describe select * from {relation}").fetchall()
    except duckdb.Error as error:
        raise cells.Unreadable(loading.DAMAGED) from error
    names = [row[0] for row in described]
    header = headers.read(names, contract.load().tables[table], place)
    source.findings += header.findings
    if header.positions:
        columns = {column: quoted(names[position]) for column, position in header.positions.items()}
        types = {column: described[position][1] for column, position in header.positions.items()}
        source.add(Part(table, place, columns, relation, first_row=1, types=types))
