"""Which rows of each extract came, went and changed between two editions of a place, published or candidate."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from dashboard import contract, editions, settings, text
from dashboard.publishing.cleaning import NOT_APPLICABLE
from dashboard.publishing.sqltext import literal, path_literal
from dashboard.text import _

ROWS = ["table", "before", "after", "added", "removed", "changed", "columns", "districts", "keys", "one_sided"]
KINDS = ("added", "removed", "changed")
SAMPLE = 3  # keys named per kind
DISTRICT = "district_code"


def rows(place: str, before: str, after: str) -> pd.DataFrame:
    """One row per extract of either edition: rows before and after, how many came, went and changed.

    Rows are the same by their key. Beside the counts stand `columns`, the changed ones with the rows each changed in,
    most first; `districts`, dictionaries of a district's code (None above districts), added, removed and changed;
    `keys`, a few of each kind, none of tables about people; and `one_sided`, columns that only one edition has and that
    are not compared. Extracts whose contents have the same digest are not read. Raises `editions.EditionError`.
    """
    folders = [editions.path(place, edition) / "extracts" for edition in (before, after)]
    digests = [editions.facts(place, edition).get("digests", {}) for edition in (before, after)]
    found = []
    with tempfile.TemporaryDirectory(prefix="compare-") as spill:
        limits = {"memory_limit": settings.memory_limit(), "temp_directory": spill, "preserve_insertion_order": False}
        with duckdb.connect(config=limits) as connection:
            for table in contract.load().tables.values():
                files = [folder / f"{table.name}.parquet" for folder in folders]
                if not any(file.is_file() for file in files):
                    continue
                counts = [pq.read_metadata(file).num_rows if file.is_file() else 0 for file in files]
                both = [known.get(table.name) for known in digests]
                is_same = None not in both and both[0] == both[1] and all(file.is_file() for file in files)
                differing = _nothing() if is_same else _compared(connection, table, files)
                found.append({"table": table.name, "before": counts[0], "after": counts[1], **differing})
    return pd.DataFrame(found, columns=ROWS)


def titles(table: str, columns: Iterable[str]) -> list[str]:
    """Titles of columns of an extract in the reader's language; a bare name where the contract knows none."""
    fields = contract.load().tables[table].fields
    known = {name: field.title_en if text.language() == "en" else field.title for name, field in fields.items()}
    known[NOT_APPLICABLE] = _("what does not apply")
    return [known.get(name, name) for name in columns]


def _nothing(one_sided: list[str] | None = None) -> dict[str, Any]:
    return {
        **dict.fromkeys(KINDS, 0),
        "columns": {},
        "districts": [],
        "keys": {kind: [] for kind in KINDS},
        "one_sided": one_sided or [],
    }


def _compared(connection: duckdb.DuckDBPyConnection, table: contract.Table, files: list[Path]) -> dict[str, Any]:
    """What differs between two files of an extract, of which one may be missing.

    Rows are first told apart by one number each; only those without an equal on the other side are read whole.
    """
    sources, described = _sources(connection, files)
    one_sided = sorted((described[0].keys() ^ described[1].keys()) - {NOT_APPLICABLE})
    common = [name for name in table.fields if all(name in columns for columns in described)]
    if any(name in one_sided for name in table.primary_key):  # another key: rows cannot be matched
        return _nothing(one_sided)
    if any(NOT_APPLICABLE in columns for columns in described):
        common.append(NOT_APPLICABLE)
    marks = f"hash({', '.join(common)})"
    for side, source, columns in zip(("old", "new"), sources, described, strict=True):
        selected = [_selected(name, columns, described, table) for name in common]
        connection.execute(
            f"create or replace temp view {side} as select {', '.join([*selected, DISTRICT])} from {source}"
        )
        connection.execute(f"create or replace temp table {side}_marks as select {marks} as mark from {side}")
    differing = 0
    for side, other in (("old", "new"), ("new", "old")):
        alone = f"select mark from {side}_marks anti join {other}_marks using (mark)"
        made = connection.execute(
            f"create or replace temp table {side}_only as select * from {side} where {marks} in ({alone})"
        )
        differing += made.fetchall()[0][0]
    return _described(connection, table, common) | {"one_sided": one_sided} if differing else _nothing(one_sided)


def _sources(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> tuple[list[str], list[dict[str, str]]]:
    """What to select both sides from, and the types of their columns; a missing file counts as one without rows."""
    there = [f"read_parquet({path_literal(file)})" if file.is_file() else None for file in files]
    known = next(filter(None, there))
    sources = [source or f"(from {known} limit 0)" for source in there]
    described = [
        {row[0]: row[1] for row in connection.execute(f"describe from {source}").fetchall()} for source in sources
    ]
    return sources, described


def _selected(name: str, columns: dict[str, str], described: list[dict[str, str]], table: contract.Table) -> str:
    """A column so that both sides have one type: another contract may have had another."""
    if name not in columns:
        return f"cast(null as varchar[]) as {name}"
    if len({each.get(name, columns[name]) for each in described}) == 1:
        return name
    return f"try_cast({name} as {table.fields[name].sql_type}) as {name}"


def _described(connection: duckdb.DuckDBPyConnection, table: contract.Table, common: list[str]) -> dict[str, Any]:
    """Counts, columns and sample keys of the rows that have no equal on the other side."""
    key, first = ", ".join(table.primary_key), table.primary_key[0]
    connection.execute(
        f"""
        create or replace temp table pairs as
        select
            {key},
            coalesce(new_only.{DISTRICT}, old_only.{DISTRICT}) as {DISTRICT},
            case when old_only.{first} is null then 'added' when new_only.{first} is null then 'removed'
                else 'changed' end as kind,
        from old_only
        full join new_only using ({key})
        """
    )
    counts = ", ".join(f"count(*) filter (where kind = '{kind}') as {kind}" for kind in KINDS)
    by_district = connection.execute(
        f"select {DISTRICT} as district, {counts} from pairs group by all order by all nulls first"
    ).fetchall()
    districts = [dict(zip(("district", *KINDS), line, strict=True)) for line in by_district]
    totals = {kind: sum(line[kind] for line in districts) for kind in KINDS}
    columns = _columns(connection, table, common) if totals["changed"] else {}
    keys = {kind: [] if table.people else _keys(connection, key, kind) for kind in KINDS}
    return {**totals, "columns": columns, "districts": districts, "keys": keys}


def _columns(connection: duckdb.DuckDBPyConnection, table: contract.Table, common: list[str]) -> dict[str, int]:
    """Columns that changed and in how many rows, most first."""
    others = [name for name in common if name not in table.primary_key]
    counted = ", ".join(f"count(*) filter (where old_only.{n} is distinct from new_only.{n})" for n in others)
    counts = connection.execute(
        f"select {counted} from old_only inner join new_only using ({', '.join(table.primary_key)})"
    ).fetchall()[0]
    changed = {name: count for name, count in zip(others, counts, strict=True) if count}
    return dict(sorted(changed.items(), key=lambda each: -each[1]))


def _keys(connection: duckdb.DuckDBPyConnection, key: str, kind: str) -> list[str]:
    """The first keys of rows of a kind, as words."""
    found = connection.execute(
        f"select {key} from pairs where kind = {literal(kind)} order by all limit {SAMPLE}"
    ).fetchall()
    return [" / ".join(map(str, line)) for line in found]
