"""What the page of definitions lists: metrics, extracts with their fields, derived tables and findings.

Rows come from the catalogue of columns, the contract, the files of `queries/` and `edition.json`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard import access, catalogue, contract, editions, lineage, python_marts, store, text
from dashboard.columns import COLUMNS
from dashboard.profile import Profile
from dashboard.text import N_, _

Rows = list[dict[str, Any]]
UNITS = {
    **dict.fromkeys(("share",), N_("per cent")),
    **dict.fromkeys(("share_change",), N_("percentage points")),
    **dict.fromkeys(("score", "score_change", "total"), N_("points of a score")),
    **dict.fromkeys(("count", "count_change"), N_("number")),
    "people": N_("people"),
    "hours": N_("hours"),
    "rank": N_("place in the order"),
    "area": N_("m²"),
    "yuan": N_("yuan"),
    **dict.fromkeys(("date", "month", "quarter", "half", "moment"), N_("date")),
    "number": N_("ratio"),
}
TYPES = {
    "string": N_("text"),
    "integer": N_("whole number"),
    "number": N_("decimal number"),
    "boolean": N_("yes or no"),
    "date": N_("date"),
    "datetime": N_("date and time"),
    "geometry": N_("shape"),
}
# Tables that publishing writes beside the marts, about the extracts themselves.
OF_PUBLISHING = {
    "extract_gaps": N_("What is missing from the extracts: one row per extract, district, kind of gap and month."),
    "extract_doubts": N_("Which extracts are doubtful: one row per extract, district and code of the rule."),
}


@dataclass(frozen=True)
class Section:
    """One table of the page: its name in files and addresses, title, alternative text."""

    name: str
    title: str
    alt: str


SECTIONS = (
    Section("metrics", N_("Metrics and figures"), N_("Table of metrics with definition, unit and source tables.")),
    Section("tables", N_("Extracts of the contract"), N_("Table of the extracts with what one row is and their size.")),
    Section("fields", N_("Fields of the extracts"), N_("Table of all fields with type, rules and codes.")),
    Section("marts", N_("Derived tables"), N_("Table of the derived tables with what one row is and their size.")),
    Section("findings", N_("Warnings of this edition"), N_("Table of the rules that rows of this edition break.")),
)


def book(chosen: dict[str, Any], months: pd.DataFrame, words: str = "") -> dict[str, Rows]:
    """Rows of every section in the reader's language, kept if all `words` occur in either language.

    `months` has metric, first_month and last_month.
    """
    place, edition = chosen["place"], chosen["edition"]
    pages = {language: _book(place, edition, language) for language in text.LANGUAGES}
    wanted = words.casefold().split()
    spans = months.set_index("metric")[["first_month", "last_month"]].to_dict("index")
    found = {}
    for section, rows in pages[text.language()].items():
        both = zip(*(page[section] for page in pages.values()), strict=True)
        whole = [" ".join(str(cell) for row in pair for cell in row.values()) for pair in both]
        found[section] = [row for row, said in zip(rows, whole, strict=True) if _has(said, wanted)]
    found["metrics"] = [row | spans.get(row["metric_code"], {}) for row in found["metrics"]]
    return found


def with_words(rows: pd.DataFrame, words: str) -> pd.DataFrame:
    """The rows in whose cells all `words` occur; all rows without a word."""
    wanted = words.casefold().split()
    kept = [_has(" ".join(map(str, row.values())), wanted) for row in rows.to_dict("records")]
    return rows[kept] if len(rows) else rows


def _has(said: str, wanted: list[str]) -> bool:
    folded = said.casefold()
    return all(word in folded for word in wanted)


@lru_cache(maxsize=16)
def _book(place: str, edition: str, language: str) -> dict[str, Rows]:
    with text.speaking(language):
        facts = editions.facts(place, edition)
        return {
            "metrics": _metrics(),
            "tables": _tables(facts),
            "fields": _fields(store.place_profile(place, edition), facts),
            "marts": _marts(facts),
            "findings": _findings(facts),
        }


def _metrics() -> Rows:
    rows = []
    for code, column in COLUMNS.items():
        if column.definition:
            origin = lineage.computing(code)
            rows.append(
                {
                    "metric_title": _(column.title),
                    "definition": _(column.definition),
                    "divided_by": denominator(_(column.definition)),
                    "unit_of_value": _(UNITS[column.kind]) if column.kind in UNITS else text.NOT_REPORTED,
                    "first_month": None,
                    "last_month": None,
                    "source_tables": _names(lineage.extracts(origin[0].reads(origin[1])) if origin else []),
                    "metric_code": code,
                    "computed_in": f"{origin[0].folder}/{origin[0].name}" if origin else text.NOT_REPORTED,
                }
            )
    return rows


def denominator(definition: str) -> str:
    """What a definition divides by: the words after ÷ up to the next stop; a dash where nothing is divided."""
    divided = definition.partition("÷")[2]
    return re.split(r"[.;,。；，]", divided)[0].strip() or text.NOT_REPORTED


def _tables(facts: dict) -> Rows:
    return [
        {
            "table_title": _pair(table.title, table.title_en),
            "table_name": table.name,
            "grain": _pair(table.grain, table.grain_en),
            "is_core": table.core,
            "is_published": table.name not in facts["missing_tables"],
            "row_count": facts["rows"].get(table.name),
            "field_count": len(table.fields),
            "is_about_people": table.people,
        }
        for table in contract.load().tables.values()
    ]


def _fields(place: Profile, facts: dict) -> Rows:
    """Fields with the rows of this edition that report them, that do not, and to which they do not apply."""
    return [
        {
            "table_title": _pair(table.title, table.title_en),
            "table_name": table.name,
            "field_name": field.name,
            "title_zh": field.title,
            "title_en": field.title_en,
            "field_type": _(TYPES[field.type]),
            "constraints": _separated(_constraints(table, field)),
            "codes": _separated([f"{code} {label}" for code, label in _codes(field, place).items()]),
            **_reported(table.name, field.name, facts),
        }
        for table in contract.load().tables.values()
        for field in table.fields.values()
    ]


def _reported(table: str, field: str, facts: dict) -> dict[str, int | None]:
    """Rows that report a field, that do not, and to which it does not apply; unknown in an edition of an older make."""
    given, exempt = facts.get("cells", {}).get(table, {}).get(field, (None, None))
    missing = None if given is None else facts["rows"][table] - given - exempt
    return {"reported_row_count": given, "unreported_row_count": missing, "exempt_row_count": exempt}


def _constraints(table: contract.Table, field: contract.Field) -> list[str]:
    known = contract.load().tables
    said = [_("key")] if field.name in table.primary_key else []
    said += [_("required")] if field.required else []
    for column, other, other_column in table.foreign_keys:
        if column == field.name:
            title = _pair(known[other].title, known[other].title_en)
            said.append(_("refers to {table}, {column}").format(table=title, column=other_column))
    if field.minimum is not None:
        said.append(_("at least {number}").format(number=f"{field.minimum:g}"))
    if field.maximum is not None:
        said.append(_("at most {number}").format(number=f"{field.maximum:g}"))
    if field.pattern:
        said.append(_("form {pattern}").format(pattern=field.pattern))
    if field.first_day_of:
        said.append(_("first day of a quarter") if field.first_day_of == "quarter" else _("first day of a month"))
    if field.rule_list:
        said.append(_("a code of the place's rule sets"))
    if field.masked:
        said.append(_("masked when published"))
    return said


def _codes(field: contract.Field, place: Profile) -> dict[str, str]:
    if field.profile_list:
        return place.labels(field.profile_list, text.language())
    return {code: _pair(*labels) for code, labels in field.categories.items()}


def _marts(facts: dict) -> Rows:
    made = {name: mart for mart in python_marts.MARTS for name in mart.names}
    selects = lineage.selects("marts")
    rows = []
    for name, count in facts["mart_rows"].items():
        select, mart = selects.get(name), made.get(name)
        read = select.reads(select.text) if select else set(mart.inputs) if mart else set()
        rows.append(
            {
                "mart_name": name,
                "question": _(OF_PUBLISHING.get(name) or (select or mart).question),
                "row_count": count,
                "source_tables": _names(lineage.extracts(read)) if read else _("all extracts"),
            }
        )
    return rows


def _findings(facts: dict) -> Rows:
    """Warnings first, then what was changed in reading; names of districts for readers of the whole place alone."""
    known, rows = contract.load().tables, []
    for warning in sorted(facts["warnings"], key=lambda each: each["severity"] != "warning"):
        table = known.get(warning["table"])
        field = table.fields.get(warning["column"]) if table else None
        details = warning["details"] | ({"names": "…"} if access.reader().districts else {})
        expected = _(warning["expected"]).format(**details) if warning["expected"] else ""
        rows.append(
            {
                "code": warning.get("code", text.NOT_REPORTED),
                "table_title": _pair(table.title, table.title_en) if table else text.NOT_REPORTED,
                "column_title": _pair(field.title, field.title_en) if field else warning["column"] or text.NOT_REPORTED,
                "broken_rule": _(warning["rule"]).format(**details),
                "expected": expected or text.NOT_REPORTED,
                "finding_count": warning["count"],
            }
        )
    return rows


def _names(tables: list[str]) -> str:
    known = contract.load().tables
    return _separated([_pair(known[name].title, known[name].title_en) for name in tables])


def _pair(chinese: str, english: str) -> str:
    return english if text.language() == "en" else chinese


def _separated(parts: list[str]) -> str:
    return text.listed(parts) or text.NOT_REPORTED


def metric_title(code: str) -> str:
    """Title of a metric or figure, with its code where another has the same title."""
    doubled = [c for c, column in COLUMNS.items() if column.definition and column.title == COLUMNS[code].title]
    return catalogue.title(code) if len(doubled) == 1 else f"{catalogue.title(code)} ({code})"
