"""Codes that a spreadsheet took the zeros from: they are restored where another table says what they were."""

import duckdb

from dashboard import contract
from dashboard.publishing.findings import ERROR, KEPT, NOTE, Finding
from dashboard.publishing.loading import Lineage
from dashboard.text import N_


def restore(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, contract.Table], lineages: dict[str, Lineage]
) -> list[Finding]:
    """Give typed codes back the zeros that a spreadsheet took from their beginning.

    A reference that leads nowhere is filled up if that makes it a key of the table it refers to, all of whose keys
    have one length; a key is, if references of that length lead nowhere else. Anything less clear stays as it is.
    A key that is restored may leave references of other tables behind, so that it takes a second round.
    """
    restored = _round(connection, tables, lineages)
    return restored + _round(connection, tables, lineages) if restored else []


def differs_in_zeros(column: str, parent: str, key: str) -> str:
    """SQL: whether a reference of the table `child` is a key of its parent but for zeros at the beginning."""
    return f"exists (select 1 from {parent} as other where ltrim(other.{key}, '0') = ltrim(child.{column}, '0'))"


def doubtful(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, parent: str, key: str, lineage: Lineage
) -> list[Finding]:
    """References that lead nowhere and differ from keys in zeros alone, though not so that `restore` was certain."""
    found = connection.execute(
        f"""
        select child.rowid, child.{column}, min(other.{key})
        from {table} as child
        inner join {parent} as other on ltrim(other.{key}, '0') = ltrim(child.{column}, '0')
        where not exists (select 1 from {parent} as parent where parent.{key} = child.{column})
        group by all
        order by child.rowid
        """
    ).fetchall()
    if not found:
        return []
    text, expected = N_("The code may have lost its leading zeros"), N_("the whole code as text, such as {known}")
    places = tuple(lineage.place(row, value) for row, value, _known in found[:KEPT])
    return [Finding(ERROR, text, expected, table, column, len(found), places, {"known": found[0][2]})]


def _round(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, contract.Table], lineages: dict[str, Lineage]
) -> list[Finding]:
    findings = []
    for table in (tables[name] for name in lineages):
        for column, parent, key in table.foreign_keys:
            if parent not in lineages or tables[parent].fields[key].type != "string":
                continue
            findings += _padded(connection, table.name, column, parent, key, lineages)
            findings += _padded(connection, parent, key, table.name, column, lineages, is_key=True)
    return findings


def _padded(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    column: str,
    other: str,
    other_column: str,
    lineages: dict[str, Lineage],
    is_key: bool = False,
) -> list[Finding]:
    """Fill codes of one column up with zeros where the other column knows them so, and only so."""
    shortest, longest = connection.execute(
        f"select min(length({other_column})), max(length({other_column})) from {other}"
    ).fetchall()[0]
    if not longest or shortest != longest:
        return []
    if not connection.execute(f"select 1 from {table} where length({column}) < {longest} limit 1").fetchall():
        return []
    full = f"lpad({column}, {longest}, '0')"
    lost = (
        f"length({column}) < {longest} and regexp_full_match({column}, '[0-9]+') "
        f"and {full} in (select {other_column} from {other})"
    )
    if is_key:  # two rows may not come to have one key
        lost += (
            f" and {full} not in (select {column} from {table} where {column} is not null)"
            f" and {full} not in (select {full} from {table} where length({column}) < {longest} "
            "group by all having count(*) > 1)"
        )
    rows = connection.execute(f"select rowid, {column}, {full} from {table} where {lost} order by rowid").fetchall()
    if not rows:
        return []
    connection.execute(f"update {table} set {column} = {full} where {lost}")
    title = contract.load().cleaning["zeros"].title_en
    places = tuple(lineages[table].place(*row) for row in rows[:KEPT])
    return [Finding(NOTE, title, "", table, column, len(rows), places)]
