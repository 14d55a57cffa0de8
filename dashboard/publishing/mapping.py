"""Names that a place uses for tables and columns of the contract, as its steward has confirmed them.

    data/<place>/mapping.toml
        [files]             name of a file or sheet -> table
        [columns.<table>]   title of a column -> field, or "" for a column that is knowingly left out

What stands here was said once by a person; a name that only resembles one of the contract is never used by itself.
"""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import tomli_w

from dashboard import contract, locks, settings
from dashboard.profile import ProfileError
from dashboard.publishing.folding import fold


@dataclass(frozen=True)
class Mapping:
    """Folded names -> tables, and for each table folded titles -> fields ("" leaves the column out)."""

    files: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)


def load(place: str) -> Mapping:
    """What a place has confirmed. Raises `ProfileError` for a file that cannot be read or names unknown fields."""
    raw = _read(_file(place))
    tables = contract.load().tables
    files, columns = raw.get("files", {}), raw.get("columns", {})
    known = all(table in tables for table in [*files.values(), *columns]) and all(
        name == "" or name in tables[table].fields for table, titles in columns.items() for name in titles.values()
    )
    if not known:
        raise ProfileError("mapping.toml: it names a table or field that the contract does not have")
    return Mapping(
        {fold(name): table for name, table in files.items()},
        {table: {fold(title): name for title, name in titles.items()} for table, titles in columns.items()},
    )


def confirm(place: str, files: dict[str, str], columns: dict[str, dict[str, str]]) -> None:
    """Remember names: of files or sheets -> table; per table, titles -> field or "". Earlier ones stay.

    Raises `ProfileError` if a name is none of the contract's, and keeps the file as it was.
    """
    tables = contract.load().tables
    for table, titles in columns.items():
        for name in titles.values():
            if name and name not in tables[table].fields:
                raise ProfileError(f"mapping.toml: {table} has no field {name}")
    file = _file(place)
    with locks.held(file.parent / "incoming"):
        raw = _read(file)
        raw.setdefault("files", {}).update(files)
        for table, titles in columns.items():
            raw.setdefault("columns", {}).setdefault(table, {}).update(titles)
        fresh = file.with_name(f".mapping-{os.getpid()}")
        fresh.write_text(tomli_w.dumps(raw), encoding="utf-8")
        os.replace(fresh, file)


def _file(place: str) -> Path:
    return settings.place_dir(place) / "mapping.toml"


def _read(file: Path) -> dict:
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"mapping.toml: {error}") from error
    files, columns = raw.get("files", {}), raw.get("columns", {})
    groups = [files, *(columns.values() if isinstance(columns, dict) else [None])]
    if not all(isinstance(group, dict) and all(isinstance(name, str) for name in group.values()) for group in groups):
        raise ProfileError("mapping.toml: [files] and [columns.<table>] hold names and nothing else")
    return raw
