"""What every column of a query result is: its title, how it is written, and what it means.

Columns that are fields of the contract take title and kind from there; the rest is said here, once.
"""

from dataclasses import dataclass

import pandas as pd

from dashboard import contract
from dashboard.profile import Profile
from dashboard.text import N_, _, language, number

CONTRACT_KINDS = {
    "string": "text",
    "integer": "count",
    "number": "number",
    "boolean": "flag",
    "date": "date",
    "datetime": "date",
    "geometry": "text",
}


@dataclass(frozen=True)
class Column:
    """One column: message id of its title, kind of value, message id of its definition, better direction."""

    title: str
    kind: str
    definition: str = ""
    better: str | None = None


COLUMNS: dict[str, Column] = {
    # keys and names that queries give to their rows
    "district_code": Column(N_("District code"), "code"),
    "district_name": Column(N_("District"), "text"),
    "subdistrict_name": Column(N_("Subdistrict"), "text"),
    "community_name": Column(N_("Community"), "text"),
    "compound_name": Column(N_("Compound"), "text"),
    "month": Column(N_("Month"), "month"),
    "quarter": Column(N_("Quarter"), "quarter"),
    "households": Column(N_("Households"), "count"),
    "compound_count": Column(N_("Compounds"), "count"),
    "metric": Column(N_("Metric"), "metric"),
    "value": Column(N_("Value"), "number"),
    # --- metrics and columns of overview and compound_types ---
    # --- columns of grid_map ---
    # --- columns of fortress_index and pioneer_index ---
}


def column(name: str) -> Column | None:
    """What a column is, or None if neither this catalogue nor the contract knows it."""
    if name in COLUMNS:
        return COLUMNS[name]
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


def title(name: str) -> str:
    """Title of a column in the reader's language; the bare name if nobody described it."""
    if name in COLUMNS:
        return _(COLUMNS[name].title)
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
    known = {name: labels(name, profile) for name in frame.columns}
    return frame.assign(
        **{name: frame[name].map(words).fillna(frame[name]) for name, words in known.items() if words}
    )


def present(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Rows as a reader sees them: titles for column names, words for codes, numbers written out as text."""
    shown = relabel(frame, profile)
    for name in shown.columns:
        described = column(name)
        if described is not None and not pd.api.types.is_string_dtype(shown[name]):
            shown[name] = [number(None if pd.isna(v) else v, described.kind) for v in shown[name]]
    return shown.rename(columns=title)


def _contract_field(name: str) -> contract.Field | None:
    for table in contract.load().tables.values():
        if name in table.fields:
            return table.fields[name]
    return None
