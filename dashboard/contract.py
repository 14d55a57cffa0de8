"""The contract: which tables and columns an extract has, read from `data/contract/datapackage.json`.

The file is a Frictionless Data Package. Checks, templates, import, titles on screen and the definitions
all come from it, so that nothing is stated twice.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dashboard import settings

SQL_TYPES = {
    "string": "varchar",
    "integer": "bigint",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamp",
    "geometry": "geometry",
}


@dataclass(frozen=True)
class Field:
    """One column: its type, constraints and titles in both languages."""

    name: str
    title: str
    title_en: str
    type: str
    required: bool
    minimum: float | None
    maximum: float | None
    pattern: str | None
    categories: dict[str, tuple[str, str]]
    profile_list: str | None
    rule_list: str | None
    first_day_of: str | None
    masked: bool

    @property
    def is_coded(self) -> bool:
        """Whether the column holds words of a list."""
        return bool(self.categories or self.profile_list or self.rule_list)

    @property
    def sql_type(self) -> str:
        """DuckDB type of the column in an edition."""
        return SQL_TYPES[self.type]


@dataclass(frozen=True)
class Table:
    """One extract: its columns, keys and how a row finds its district."""

    name: str
    title: str
    title_en: str
    grain: str
    grain_en: str
    core: bool
    people: bool
    district_from: tuple[str, ...]
    fields: dict[str, Field]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class CleaningRule:
    """One kind of change that publishing may make to a value: what it is called and the words it goes by."""

    code: str
    title: str
    title_en: str
    words: Any = ()
    only_values: tuple[str, ...] = ()  # words that are text like any other where text is expected


@dataclass(frozen=True)
class Contract:
    """All tables a place may publish, in the order of the data package."""

    version: str
    tables: dict[str, Table]
    aliases: dict[str, tuple[str, ...]]  # Chinese title of a column -> other words that systems use for it
    table_aliases: dict[str, tuple[str, ...]]  # the same for tables
    cleaning: dict[str, CleaningRule]


def _field(raw: dict) -> Field:
    constraints = raw.get("constraints", {})
    return Field(
        name=raw["name"],
        title=raw["title"],
        title_en=raw["title_en"],
        type=raw["type"],
        required=constraints.get("required", False),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        pattern=constraints.get("pattern"),
        categories={c["value"]: (c["label"], c["label_en"]) for c in raw.get("categories", [])},
        profile_list=raw.get("profile_list"),
        rule_list=raw.get("rule_list"),
        first_day_of=raw.get("first_day_of"),
        masked=raw.get("masked", False),
    )


def _table(raw: dict) -> Table:
    schema = raw["schema"]
    return Table(
        name=raw["name"],
        title=raw["title"],
        title_en=raw["title_en"],
        grain=raw["grain"],
        grain_en=raw["grain_en"],
        core=raw["core"],
        people=raw["people"],
        district_from=tuple(raw["district_from"]),
        fields={field["name"]: _field(field) for field in schema["fields"]},
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(
            (key["fields"][0], key["reference"]["resource"] or raw["name"], key["reference"]["fields"][0])
            for key in schema.get("foreignKeys", [])
        ),
    )


@cache
def load(path: Path = settings.CONTRACT) -> Contract:
    """Read the data package. Raises `KeyError` where a required property is missing."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Contract(
        version=raw["version"],
        tables={resource["name"]: _table(resource) for resource in raw["resources"]},
        aliases={title: tuple(words) for title, words in raw.get("aliases", {}).items()},
        table_aliases={title: tuple(words) for title, words in raw.get("table_aliases", {}).items()},
        cleaning={rule["code"]: CleaningRule(**rule) for rule in raw.get("cleaning", [])},
    )
