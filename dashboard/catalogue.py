"""What every column of a query result is: its title, how it is written, and what it means.

Columns that are fields of the contract take title and kind from there; the rest is said here, once.
"""

from functools import cache

import pandas as pd

from dashboard import contract
from dashboard.columns import ABOUT_DATA, COLUMNS, WORDS, Column
from dashboard.profile import Profile
from dashboard.text import _, language, number

CONTRACT_KINDS = {
    "string": "text",
    "integer": "count",
    "number": "number",
    "boolean": "flag",
    "date": "date",
    "datetime": "moment",
    "geometry": "text",
}
_DESCRIBED = COLUMNS | ABOUT_DATA
YEARS = ("年", "year")  # units of a figure that is a year
MIXED_KINDS = ("metric_value", "metric_change")  # written as the metric of the same row is


def column(name: str) -> Column | None:
    """What a column is, or None if neither this catalogue nor the contract knows it."""
    if name in _DESCRIBED:
        return _DESCRIBED[name]
    field = _contract_field(name)
    if field is None:
        return None
    kind = CONTRACT_KINDS[field.type]
    if field.profile_list:
        kind = f"list:{field.profile_list}"
    elif field.categories:
        kind = "enum"
    elif name.endswith("_year") or name == "year":
        kind = "year"
    elif name.endswith("_yuan"):
        kind = "yuan"
    elif name.endswith("_m2"):
        kind = "area"
    return Column(field.title_en, kind)


def headed(name: str) -> dict[str, str]:
    """Title, kind and definition of a column or metric, as a tile takes them, in the reader's language."""
    described = COLUMNS[name]
    return {"title": _(described.title), "kind": described.kind, "definition": _(described.definition)}


def title(name: str) -> str:
    """Title of a column in the reader's language; the bare name if nobody described it."""
    if name in _DESCRIBED:
        return _(_DESCRIBED[name].title)
    field = _contract_field(name)
    if field is None:
        return name
    return field.title_en if language() == "en" else field.title


def labels(name: str, profile: Profile) -> dict[str, str]:
    """Code -> label for a column of codes (profile list, contract enumeration, metric); else empty."""
    described = column(name)
    if described is None:
        return {}
    if described.kind == "metric":
        return {code: title(code) for code, known in COLUMNS.items() if known.definition}
    if described.kind == "table":
        tables = contract.load().tables.values()
        titles = {table.name: table.title_en if language() == "en" else table.title for table in tables}
        return titles | {code: _(word) for code, word in WORDS["source_table"].items()}
    if described.kind.startswith("words:"):
        return {code: _(word) for code, word in WORDS[described.kind.removeprefix("words:")].items()}
    if described.kind.startswith("list:"):
        return profile.labels(described.kind.removeprefix("list:"), language())
    if described.kind.startswith("enum:"):
        table, field_name = described.kind.removeprefix("enum:").split(".")
        field = contract.load().tables[table].fields[field_name]
    elif described.kind == "enum":
        field = _contract_field(name)
    else:
        return {}
    return {code: pair[language() == "en"] for code, pair in field.categories.items()}


def relabel(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """The same rows with codes turned into the reader's words; column names stay."""
    known = {name: words for name in frame.columns if (words := labels(name, profile))}
    return frame.assign(**{name: [words.get(code, code) for code in frame[name]] for name, words in known.items()})


def metric_number(value: float | None, metric: str, *, change: bool = False) -> str:
    """A value (or a change of values) of one metric as a reader sees it."""
    return number(value, change_kind(metric) if change else COLUMNS[metric].kind)


def change_kind(metric: str) -> str:
    """Kind of a change of one metric: percentage points for shares, whole numbers for counts, else decimals."""
    return {"share": "share_change", "count": "count_change"}.get(COLUMNS[metric].kind, "score_change")


def written(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows about several metrics with each value written out as text, in the kind of its own row's metric.

    Figures of a report stand one below the other whatever they count: beside a year all are written out, or it
    would be given a thousands separator.
    """
    if "claim_unit" in frame and frame["claim_unit"].isin(YEARS).any():
        units = frame["claim_unit"]
        return frame.assign(
            **{
                name: [
                    number(value, "year" if unit in YEARS else "decimal")
                    for value, unit in zip(frame[name], units, strict=True)
                ]
                for name in ("claimed_value", "figure_value")
            }
        )
    if "metric" not in frame:
        return frame
    mixed = [name for name in frame.columns if (column(name) or Column("", "")).kind in MIXED_KINDS]
    return frame.assign(
        **{
            name: [
                metric_number(
                    None if pd.isna(value) else value, metric, change=column(name).kind == "metric_change"
                )
                for value, metric in zip(frame[name], frame["metric"], strict=True)
            ]
            for name in mixed
        }
    )


@cache
def _contract_field(name: str) -> contract.Field | None:
    for table in contract.load().tables.values():
        if name in table.fields:
            return table.fields[name]
    return None
