"""How many rows of each extract came, went and changed between two editions of a place, published or candidate."""

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from dashboard import contract, editions
from dashboard.publishing.sqltext import path_literal

ROWS = ["table", "before", "after", "added", "removed", "changed", "columns"]


def rows(place: str, before: str, after: str) -> pd.DataFrame:
    """One row per extract of either edition: rows before and after, how many came, went and changed, in which columns.

    Rows are the same by their key; `columns` are the changed ones, most changed first. Columns that only one of the
    editions has are not compared. Raises `editions.EditionError`.
    """
    folders = [editions.path(place, edition) / "extracts" for edition in (before, after)]
    digests = [editions.facts(place, edition).get("digests", {}) for edition in (before, after)]
    found = []
    with duckdb.connect() as connection:
        for table in contract.load().tables.values():
            files = [folder / f"{table.name}.parquet" for folder in folders]
            there = [file.is_file() for file in files]
            if not any(there):
                continue
            counts = [pq.read_metadata(file).num_rows if file.is_file() else 0 for file in files]
            added, removed, changed, columns = max(0, counts[1] - counts[0]), max(0, counts[0] - counts[1]), 0, ""
            is_same = table.name in digests[0] and digests[0][table.name] == digests[1].get(table.name)
            if is_same:
                added = removed = 0
            elif all(there):
                added, removed, changed, columns = _compared(connection, table, files)
            found.append([table.name, *counts, added, removed, changed, columns])
    return pd.DataFrame(found, columns=ROWS)


def _compared(connection: duckdb.DuckDBPyConnection, table: contract.Table, files: list) -> tuple[int, int, int, str]:
    """Rows added, removed and changed between two files of an extract, and the columns that changed."""
    old, new = (f"read_parquet({path_literal(file)})" for file in files)
    common = [n for n in table.fields if all(n in pq.read_schema(file).names for file in files)]
    key, others = ", ".join(table.primary_key), [n for n in common if n not in table.primary_key]
    content = f"hash({', '.join(others)})" if others else "0"
    sides = [f"(select {key}, {content} as content from {side})" for side in (old, new)]
    first = table.primary_key[0]
    added, removed, changed = connection.execute(
        f"select count(*) filter (where old.{first} is null), count(*) filter (where new.{first} is null), "
        f"count(*) filter (where old.content <> new.content) "
        f"from {sides[0]} as old full join {sides[1]} as new using ({key})"
    ).fetchall()[0]
    if not changed:
        return added, removed, 0, ""
    counts = connection.execute(
        f"select {', '.join(f'count(*) filter (where old.{n} is distinct from new.{n})' for n in others)} "
        f"from {old} as old inner join {new} as new using ({key})"
    ).fetchall()[0]
    differing = sorted(((count, name) for name, count in zip(others, counts, strict=True) if count), reverse=True)
    return added, removed, changed, ", ".join(name for _count, name in differing)
