"""One file to parts: CSV, workbook or Parquet, and how DuckDB can read each.

Well-formed CSV and all Parquet go straight into DuckDB. Workbooks, and CSV files with anything unusual in
them (blank rows, totals, odd line ends, broken quotes), are read cell by cell into a Parquet file beside the
building edition, which remembers the row each record came from.
"""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from uuid import uuid4

import duckdb

from dashboard import contract
from dashboard.publishing import cells, headers, layouts, loading, marked_names, textfiles, units
from dashboard.publishing.findings import ERROR, WARNING, Finding, Place
from dashboard.publishing.folding import fold
from dashboard.publishing.loading import Part
from dashboard.publishing.recognition import Recognised
from dashboard.publishing.sources import Source, findings_of
from dashboard.publishing.sqltext import literal, path_literal, quoted
from dashboard.publishing.unreadable import Unreadable
from dashboard.text import N_

NOTES = {"说明", "填写说明", "允许值", "notes", "allowedvalues", *map(fold, marked_names.SHEETS)}
UNCONFIRMED_TABLE = N_("The name may mean the table {name}, which is not confirmed")
OTHER_CHINESE = "big5hkscs"


def read_csv(path: Path, place: Place, table: str | None, scratch: Path, source: Source) -> None:
    """Add a CSV file's part to the source, or what keeps it from being read."""
    text = textfiles.prepare(path, scratch)
    if table is None:
        rows = islice(textfiles.records(text, textfiles.layout(text, lambda _titles: 0)[1]), layouts.HEADER_WITHIN)
        _propose_table(place, Path(place.file).stem, [cells_ for _row, cells_ in rows], "csv", source)
        return
    schema = contract.load().tables[table]

    def score(titles: list) -> int:
        return headers.known_titles(titles, table, source.mapping)

    layout, delimiter, known = textfiles.layout(text, score)
    if known < 2 * len(layout.titles) and text.encoding == "gb18030":
        # Taiwan's encoding reads as that of the mainland, in other words.
        try:
            other = textfiles.prepare(path, scratch, OTHER_CHINESE)
            found = textfiles.layout(other, score)
        except Unreadable:
            found = layout, delimiter, 0
        if found[2] > known:
            text, (layout, delimiter, known) = other, found
    header = headers.read(layout.titles, schema, Place(place.file, row=layout.header_row), source.mapping)
    told = header.findings + layouts.findings(layouts.Body(), layout, table, place)

    def reread() -> tuple[list[Part], list[Finding]]:
        slow = Source(source.connection, source.mapping)
        with findings_of(place, table, slow):
            sheet = cells.Sheet(None, textfiles.records(text, delimiter))
            _read_sheets([sheet], place, table, scratch, slow, "csv")
        return slow.parts.get(table, []), slow.findings

    def reread_later() -> tuple[list[Part], list[Finding]]:
        instead, found = reread()
        return instead, [finding for finding in found if finding not in told]

    first = layout.header_row + len(layout.under) + 1
    is_plain = text.is_plain and header.positions and not header.doubled
    is_plain = is_plain and len(header.columns) == len(layout.titles)
    is_plain = is_plain and _is_one_line_each(text, delimiter, first - 1)
    source.recognised.append(
        Recognised(place.file, None, table, "csv", text.encoding, delimiter, layout.header_row, tuple(header.columns))
    )
    if is_plain:
        relation = _read_csv_sql(text.path, delimiter, len(layout.titles), first - 1)
        columns = {column: f"c{position}" for column, position in header.positions.items()}
        source.add(
            Part(
                table,
                place,
                columns,
                relation,
                first_row=first,
                reread=reread_later,
                telltale=_telltale(schema, header, layout),
                scales=units.scales(schema, header.positions, layout.titles, layout.units, layout.words),
            )
        )
        source.findings += told
    else:
        parts, findings = reread()
        source.parts.setdefault(table, []).extend(parts)
        source.findings += findings


def _is_one_line_each(text: textfiles.Text, delimiter: str, rows: int) -> bool:
    """Whether the first rows have one line each, so that DuckDB can skip them as lines."""
    first = [cell for _row, record in islice(textfiles.records(text, delimiter), rows) for cell in record]
    return not any("\n" in cell or "\r" in cell for cell in first)


def _telltale(table: contract.Table, header: headers.Header, layout: layouts.Layout) -> str:
    """SQL that is true for rows that only a reading cell by cell tells from records: totals, notes, further headers.

    Such a row lacks a required cell, or begins with a word of a total, note or header.
    """
    at = {position: name for name, position in header.positions.items()}
    required = [name for name in header.positions if table.fields[name].required]
    beginnings = [at[0]] if 0 in at else required
    tells = [f"regexp_matches({name}, {literal(layouts.SUSPECT.pattern)}, 'i')" for name in beginnings]
    tells += [f"{name} = {literal(layout.titles[header.positions[name]])}" for name in beginnings]
    tells += [f"{name} is null" for name in required]
    return " or ".join(tells) or "false"


def _read_csv_sql(path: Path, delimiter: str, width: int, skip: int) -> str:
    columns = ", ".join(f"'c{i}': 'varchar'" for i in range(width))
    return (
        f"read_csv({path_literal(path)}, auto_detect=false, header=false, skip={skip}, delim={literal(delimiter)}, "
        f"quote='\"', escape='\"', strict_mode=true, columns={{{columns}}})"
    )


def read_workbook(path: Path, place: Place, table: str | None, scratch: Path, source: Source) -> None:
    """Add a part for each sheet of a workbook."""
    with cells.workbook(path) as sheets:
        _read_sheets(sheets, place, table, scratch, source, "xlsx")


def _read_sheets(
    sheets: Iterable[cells.Sheet], place: Place, file_table: str | None, scratch: Path, source: Source, kind: str
) -> None:
    is_empty = True
    for sheet in sheets:
        if sheet.name and fold(sheet.name) in NOTES:
            continue
        named = headers.table_of(sheet.name, source.mapping) if sheet.name else None
        table, here = named or file_table, Place(place.file, sheet.name)
        if sheet.is_hidden:
            if any(layouts.is_filled(values) for _row, values in sheet.rows):
                rule = N_("A hidden sheet holds a table and was left out")
                source.findings.append(Finding(WARNING, rule, table=table, places=(here,)))
            continue
        if table is None:
            rows = [values for _row, values in islice(sheet.rows, layouts.HEADER_WITHIN)]
            if any(map(layouts.is_filled, rows)):
                _propose_table(here, sheet.name, rows, kind, source)
                is_empty = False
            continue
        target = scratch / f"part-{uuid4()}.parquet"  # tables are read side by side
        read = cells.convert(sheet, contract.load().tables[table], here, target, source.mapping)
        is_empty = is_empty and read.is_empty
        source.findings += read.findings
        if not read.is_empty and kind != "csv":
            source.recognised.append(
                Recognised(place.file, sheet.name, table, kind, None, None, read.header_row, read.columns)
            )
        if read.fields:
            columns = {name: name for name in read.fields}
            relation = f"read_parquet({path_literal(target)})"
            source.add(
                Part(
                    table,
                    here,
                    columns,
                    relation,
                    rows_file=target,
                    totals=read.totals,
                    is_1904=sheet.is_1904,
                    scales=read.scales,
                )
            )
    if is_empty:
        source.findings.append(Finding(ERROR, textfiles.EMPTY, table=file_table, places=(place,)))


def _propose_table(place: Place, name: str, rows: list[list], kind: str, source: Source) -> None:
    """Say what a file or sheet may be whose name is none of the contract's."""
    likely = [tables for tables in (headers.tables_like(name, row) for row in rows) if tables]
    proposals = max(likely, key=len) if likely else ()
    source.recognised.append(Recognised(place.file, place.sheet, None, kind, proposals=proposals))
    if proposals:
        table = contract.load().tables[proposals[0]]
        details = {"name": f"{table.title} / {table.name}"}
        source.findings.append(Finding(WARNING, UNCONFIRMED_TABLE, places=(place,), details=details))
    elif place.sheet:
        rule, expected = N_("The sheet belongs to no table"), N_("a sheet named like a table of the contract")
        source.findings.append(Finding(WARNING, rule, expected, places=(place,)))
    else:
        rule, expected = N_("The file belongs to no table"), N_("a file named like a table of the contract")
        source.findings.append(Finding(WARNING, rule, expected, places=(place,)))


def read_parquet(path: Path, place: Place, table: str | None, scratch: Path, source: Source) -> None:
    """Add a Parquet file's part."""
    relation = f"read_parquet({path_literal(path)})"
    try:
        described = source.connection.execute(f"describe select * from {relation}").fetchall()
    except duckdb.Error as error:
        raise Unreadable(loading.DAMAGED) from error
    names = [row[0] for row in described]
    if table is None:
        _propose_table(place, path.stem, [names], "parquet", source)
        return
    header = headers.read(names, contract.load().tables[table], place, source.mapping)
    source.recognised.append(Recognised(place.file, None, table, "parquet", columns=tuple(header.columns)))
    source.findings += header.findings
    source.findings += [headers.doubled(contract.load().tables[table], name, place) for name in header.doubled]
    if header.positions:
        columns = {column: quoted(names[position]) for column, position in header.positions.items()}
        types = {column: described[position][1] for column, position in header.positions.items()}
        scales = units.scales(contract.load().tables[table], header.positions, names)
        source.add(Part(table, place, columns, relation, first_row=1, types=types, scales=scales))
