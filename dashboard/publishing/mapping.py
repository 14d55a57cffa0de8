"""Names that a place uses for tables and columns of the contract, as its steward has confirmed them.

    data/<place>/mapping.toml
        [files]             name of a file or sheet -> table
        [columns.<table>]   title of a column -> field, or "" for a column that is knowingly left out

What stands here was said once by a person; a name that only resembles one of the contract is never used by itself.
"""

import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import tomli_w

from dashboard import contract, locks, settings
from dashboard.profile import ProfileError
from dashboard.publishing.folding import fold
from dashboard.publishing.recognition import PROPOSED, Recognised

DATE = re.compile(r"[_\-—－·.\s(（]*(19|20)\d\d[年\-_./]?.{0,6}$")  # a file's name ends so: next month another


Meanings = dict[str, tuple[str, ...]]


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


def proposals(recognised: Iterable[Recognised]) -> tuple[Meanings, dict[tuple[str, str], tuple[str, ...]]]:
    """What a steward could confirm, each with what it may mean, the likeliest first; that may be nothing.

    Names of files and sheets without a table -> tables; (table, title) of columns without a field -> fields.
    """
    files: Meanings = {}
    columns: dict[tuple[str, str], tuple[str, ...]] = {}
    for each in recognised:
        if each.table is None:
            name = DATE.sub("", each.name) or each.name
            files[name] = files.get(name) or each.proposals
        for column in each.columns:
            if column.how == PROPOSED:
                columns[each.table, column.title] = column.proposals
    return files, columns


def confirm(place: str, files: dict[str, str], columns: dict[str, dict[str, str]]) -> None:
    """Remember names: of files or sheets -> table; per table, titles -> field or "". Earlier ones stay.

    Raises `ProfileError` if a name is none of the contract's, and keeps the file as it was.
    """
    tables = contract.load().tables
    for table in [*files.values(), *columns]:
        if table not in tables:
            raise ProfileError(f"mapping.toml: there is no table {table}")
    for table, titles in columns.items():
        for name in titles.values():
            if name and name not in tables[table].fields:
                raise ProfileError(f"mapping.toml: {table} has no field {name}")
    file = _file(place)
    with locks.held(file.parent / "incoming"):
        raw = _read(file)
        _update(raw.setdefault("files", {}), files)
        for table, titles in columns.items():
            _update(raw.setdefault("columns", {}).setdefault(table, {}), titles)
        fresh = file.with_name(".mapping.toml")
        with open(fresh, "wb") as handle:
            tomli_w.dump(raw, handle)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(fresh, file)


def _update(names: dict[str, str], fresh: dict[str, str]) -> None:
    """Put names in, in the place of those that read the same."""
    folded = set(map(fold, fresh))
    for name in [name for name in names if fold(name) in folded]:
        del names[name]
    names.update(fresh)


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
