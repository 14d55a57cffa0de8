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
MIXED_KINDS = ("metric_value", "metric_change")  # written as the metric of the same row is


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
    "value": Column(N_("Value"), "metric_value"),
    # --- metrics and columns of overview and compound_types ---
    "organisation_coverage": Column(
        N_("Organisation coverage"),
        "share",
        N_(
            "Compounds linked to at least one branch ÷ compounds, at the end of the period, counted from links."
        ),
        "up",
    ),
    "reported_issues": Column(
        N_("Issues reported"), "count", N_("Issues reported in the period, later voided ones included.")
    ),
    "issues_per_100_households": Column(
        N_("Issues per 100 households and month"),
        "number",
        N_("Issues reported ÷ hundreds of households, per month."),
    ),
    "issues_per_compound": Column(
        N_("Issues per compound"), "number", N_("Issues reported in the period ÷ compounds.")
    ),
    "response_rate": Column(
        N_("Response rate"), "share", N_("First response within the promised time ÷ issues reported."), "up"
    ),
    "close_rate": Column(
        N_("Closing rate"),
        "share",
        N_("Closed ÷ due to close; due means that the due date has passed and the issue is not void."),
        "up",
    ),
    "ontime_close_rate": Column(
        N_("On-time closing rate"), "share", N_("Closed by the due date ÷ due to close."), "up"
    ),
    "resolution_rate": Column(
        N_("Resolution rate"),
        "share",
        N_("Closed as resolved ÷ due to close; a returned issue is not resolved."),
        "up",
    ),
    "satisfaction_rate": Column(
        N_("Satisfaction rate"), "share", N_("Satisfied ÷ residents reached at the revisit."), "up"
    ),
    "overnight_rate": Column(
        N_("Overnight rate"), "share", N_("Not closed on the calendar day of reporting ÷ closed."), "down"
    ),
    "rework_rate": Column(N_("Rework rate"), "share", N_("Closed issues with rework ÷ closed."), "down"),
    "extension_rate": Column(N_("Extension rate"), "share", N_("Extended ÷ registered."), "down"),
    "solved_at_compound_rate": Column(
        N_("Solved at compound level"),
        "share",
        N_("Resolved inside the compound ÷ resolved with a level on record; 0 is a reported zero."),
        "up",
    ),
    "property_coverage": Column(
        N_("Property service coverage"),
        "share",
        N_("Compounds with property service ÷ compounds whose kind of property service is on record."),
        "up",
    ),
    "owners_body_rate_eligible": Column(
        N_("Owners' body rate, eligible"),
        "share",
        N_("Eligible compounds with an owners' body ÷ eligible compounds."),
        "up",
    ),
    "owners_body_rate_all": Column(
        N_("Owners' body rate, all"), "share", N_("Compounds with an owners' body ÷ all compounds."), "up"
    ),
    "fortress_index": Column(
        N_("Fortress index"),
        "score",
        N_("Mean total of the branches that were scored, 0 to 110 points."),
        "up",
    ),
    "starred_member_share": Column(
        N_("Starred members"),
        "share",
        N_("Starred ÷ starred, qualified and warning members; exempt and pending members are not counted."),
        "up",
    ),
    "target": Column(N_("Target"), "metric_value"),
    "signal": Column(N_("Traffic light"), "words:signal"),
    "previous_value": Column(N_("Period before"), "metric_value"),
    "previous_change": Column(N_("Change on the period before"), "metric_change"),
    "previous_flag": Column(
        N_("Beyond error, on the period before"),
        "words:flag",
        N_("A change counts only beyond 1.645 standard errors, which 10 % of pure chance would exceed."),
    ),
    "last_year_value": Column(N_("A year before"), "metric_value"),
    "last_year_change": Column(N_("Change on a year before"), "metric_change"),
    "last_year_flag": Column(N_("Beyond error, on a year before"), "words:flag"),
    "compound_share": Column(N_("Share of compounds"), "share"),
    "issue_share": Column(N_("Share of issues"), "share"),
    "unit_count": Column(
        N_("Units"), "count", N_("Compounds that the value stands on; branches for the two indexes.")
    ),
    "value_low": Column(
        N_("Value, lower bound"), "metric_value", N_("95 % interval from the differences between units.")
    ),
    "value_high": Column(N_("Value, upper bound"), "metric_value"),
    "others_value": Column(N_("All other types"), "metric_value"),
    "difference": Column(N_("Difference from other types"), "metric_change"),
    "difference_low": Column(
        N_("Difference, lower bound"),
        "metric_change",
        N_("All intervals of the differences hold together with 95 % (Bonferroni); units are clusters."),
    ),
    "difference_high": Column(N_("Difference, upper bound"), "metric_change"),
    "verdict": Column(N_("Larger than chance"), "words:verdict"),
    "percentile_5": Column(N_("5th percentile"), "metric_value"),
    "percentile_25": Column(N_("25th percentile"), "metric_value"),
    "percentile_50": Column(N_("Median"), "metric_value"),
    "percentile_75": Column(N_("75th percentile"), "metric_value"),
    "percentile_95": Column(N_("95th percentile"), "metric_value"),
    "left_out_count": Column(
        N_("Units left out"),
        "count",
        N_("Fewer than 5 matters: a rate of so few says nothing about the unit."),
    ),
    "hours_bin": Column(
        N_("Hours at most"), "hours", N_("Upper edge of the class; 1,000,000,000 stands for no limit.")
    ),
    "closed_count": Column(N_("Issues closed"), "count"),
    "closed_share": Column(N_("Closed within, cumulated"), "share"),
    # --- columns of grid_map ---
    # --- columns of fortress_index and pioneer_index ---
}

# Words for codes that queries make themselves.
WORDS = {
    "signal": {
        "good": N_("On target"),
        "watch": N_("Close to target"),
        "trouble": N_("Off target"),
        "unknown": N_("No target"),
    },
    "flag": {"up": N_("Up"), "down": N_("Down"), "within_error": N_("Within error")},
    "verdict": {"higher": N_("Higher"), "lower": N_("Lower"), "chance": N_("May be chance")},
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
    known = {name: labels(name, profile) for name in frame.columns}
    return frame.assign(
        **{name: frame[name].map(words).fillna(frame[name]) for name, words in known.items() if words}
    )


def metric_number(value: float | None, metric: str, *, change: bool = False) -> str:
    """A value (or a change of values) of one metric as a reader sees it."""
    return number(value, change_kind(metric) if change else COLUMNS[metric].kind)


def change_kind(metric: str) -> str:
    """Kind of a change of one metric: percentage points for shares, whole numbers for counts, else decimals."""
    return {"share": "share_change", "count": "count_change"}.get(COLUMNS[metric].kind, "score_change")


def written(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows about several metrics with each value written out as text, in the kind of its own row's metric."""
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


def present(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Rows as a reader sees them: titles for column names, words for codes, numbers written out as text."""
    shown = relabel(written(frame), profile)
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
