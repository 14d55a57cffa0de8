"""Values and names as SQL text, for statements whose tables and files are not known beforehand."""

import re
from pathlib import Path


def literal(value: object) -> str:
    """A text as an SQL literal."""
    return "'" + str(value).replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def path_literal(path: Path) -> str:
    """A file's path as an SQL literal; DuckDB would read `*`, `?` and `[` in it as a pattern."""
    return literal(re.sub(r"([*?\[])", r"[\1]", str(path)))
