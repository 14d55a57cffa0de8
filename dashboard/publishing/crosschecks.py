"""The checks across tables: SQL files in `queries/checks` and the geometry of grids."""

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard import contract, settings
from dashboard.publishing.findings import ERROR, KEPT, WARNING, Finding, Place
from dashboard.publishing.loading import Lineage
from dashboard.publishing.sqltext import tables_read

HEADER = re.compile(r"^-- (title|expected|severity): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Check:
    """One file of `queries/checks`: what must hold, what was expected otherwise, how grave it is."""

    name: str
    title: str
    expected: str
    severity: str
    text: str


def load(folder: Path = settings.QUERIES / "checks") -> list[Check]:
    """All checks on disk. Raises `ValueError` for a file without a title or with an unknown severity."""
    found = []
    for file in sorted(folder.glob("*.sql")):
        text = file.read_text(encoding="utf-8")
        header = dict(HEADER.findall(text))
        if "title" not in header or header.get("severity") not in (ERROR, WARNING):
            raise ValueError(f"{file.name}: the header needs a title and the severity error or warning")
        found.append(Check(file.stem, header["title"], header.get("expected", ""), header["severity"], text))
    return found


def check(connection: duckdb.DuckDBPyConnection, lineages: dict[str, Lineage]) -> list[Finding]:
    """Run every check whose core tables the source has; rows come back with file, sheet and row.

    Optional tables that a place does not publish must be there, empty, so that a check can name them.
    """
    core = {table.name for table in contract.load().tables.values() if table.core}
    findings = []
    for each in load():
        if tables_read(each.text) & core <= lineages.keys():
            findings += _found(connection, each, lineages)
    return findings


def _found(connection: duckdb.DuckDBPyConnection, each: Check, lineages: dict[str, Lineage]) -> list[Finding]:
    connection.execute(f"create or replace temp table found as {each.text}")
    groups = connection.execute(
        "select table_name, column_name, count(*) from temp.found group by all order by all"
    ).fetchall()
    findings = []
    for table, column, count in groups:
        rows = connection.execute(
            "select row_number, value::varchar, expected::varchar from temp.found "
            f"where table_name is not distinct from ? and column_name = ? order by row_number limit {KEPT}",
            [table, column],
        ).fetchall()
        if table is None:  # the profile of the place is at fault
            places = tuple(Place("place.toml", value=value, expected=expected) for _row, value, expected in rows)
            findings.append(Finding(each.severity, each.title, each.expected, count=count, places=places))
            continue
        places = tuple(lineages[table].place(*row) for row in rows)
        findings.append(Finding(each.severity, each.title, each.expected, table, column, count, places))
    return findings
