"""Values and names as SQL text, for statements whose tables and files are not known beforehand."""

import json
import re
from functools import cache
from pathlib import Path

import duckdb


def literal(value: object) -> str:
    """A text as an SQL literal."""
    return "'" + str(value).replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def path_literal(path: Path) -> str:
    """A file's path as an SQL literal; DuckDB would read `*`, `?` and `[` in it as a pattern."""
    return literal(re.sub(r"([*?\[])", r"[\1]", str(path)))


@cache
def tables_read(select: str) -> frozenset[str]:
    """Names of the tables that a select reads, its own steps left out. Raises `ValueError` if it is not one select."""
    with _parser().cursor() as connection:
        tree = json.loads(connection.execute("select json_serialize_sql(?)", [select]).fetchall()[0][0])
    if tree["error"]:
        raise ValueError(tree.get("error_message", "not a select"))
    tables, steps = set(), set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == "BASE_TABLE":
                tables.add(node["table_name"])
            steps.update(entry["key"] for entry in node.get("cte_map", {}).get("map", []))
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(tree["statements"])
    return frozenset(tables - steps)


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()
