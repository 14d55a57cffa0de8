"""Which part of the property page a reader looks at, and rows made ready for its tiles and figures.

The address says `?view=…` in codes, so that a copied link and a reload show the same part.
"""

from math import nan
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, headlines, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import N_, _

VIEWS = {
    "service": N_("Service and complaints"),
    "unserved": N_("Without service"),
    "owners": N_("Owners' bodies and posts"),
    "firms": N_("Firms"),
}
METRICS = ("property_coverage", "property_household_coverage", "fee_collection", "property_complaints")
IN_FIGURES = (
    "owners_body_rate_all", "owners_body_rate_eligible", "party_org_count", "committee_body_count", "rule_max",
)  # fmt: skip
YEAR_BEFORE = ("committee_to_body_last_year", "into_committee_last_year")  # said by the tiles above
# Ways of serving a compound, from dark to light; only a compound without service has the colour of trouble.
MODE_SHADES = (
    ("#0f5c7a", "#ffffff"), ("#5b9fc4", "#12202b"), ("#b7d3e3", "#12202b"), ("#7a6f9b", "#ffffff"),
    ("#e3c07e", "#12202b"), (theme.TROUBLE, "#ffffff"),
)  # fmt: skip
# Party organisations by how they were set up; an adviser stands for one, none is left white.
FIRM_SHADES = (*MODE_SHADES[:3], MODE_SHADES[4], ("#eef1f4", "#12202b"))
PURPOSE = "property"  # what the profile marks items of the budget with


def choose_metric() -> str:
    """The metric whose months are shown, kept in the address."""
    return st.selectbox(
        _("Months of"), list(METRICS), format_func=catalogue.title, key="property_metric", bind="query-params"
    )


def items(profile: Profile) -> list[str]:
    """Items of the budget that the place's profile marks as money for property service."""
    return [entry["code"] for entry in profile.lists["funding_items"] if entry.get("purpose") == PURPOSE]


def tiles(metrics: pd.DataFrame, profile: Profile) -> list[dict[str, Any]]:
    """A tile per metric over the whole selection, with what it counts where that are compounds or households."""
    whole = headlines.with_signal(metrics[metrics["level"] == "selection"], profile)
    return [_with_counts(headlines.tile(metric, whole, [], profile), metric, whole) for metric in METRICS]


def wide(metrics: pd.DataFrame, level: str, profile: Profile) -> list[dict[str, Any]]:
    """One row per district or compound type (`level` district or type), one column per metric, with changes.

    `signal` is the light of the coverage by compounds; the last column is its change on the period before.
    """
    key = "district_name" if level == "district" else "compound_type"
    table: dict[str, dict[str, Any]] = {}
    for row in headlines.with_signal(metrics[metrics["level"] == level], profile):
        line = table.setdefault(row[key], {key: row[key], **dict.fromkeys(METRICS, nan), "signal": "unknown"})
        line[row["metric"]] = row["value"]
        if row["metric"] == METRICS[0]:
            line |= {"signal": row["signal"], "coverage_change": row["previous_change"]}
            line |= {"coverage_year_change": row["last_year_change"]}
    return list(table.values())


def reported(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as a table shows them: without their lights and the columns in which nobody reports anything."""
    given = {name for row in rows for name, value in row.items() if value is not None and value == value}
    return [{name: value for name, value in row.items() if name in given and name != "signal"} for row in rows]


def lights(metrics: pd.DataFrame, profile: Profile) -> list[dict[str, Any]]:
    """Rows of one metric and district each with their lights, districts in their order, metrics as on the page."""
    own = headlines.with_signal(metrics[metrics["level"] == "district"], profile)
    order = {metric: at for at, metric in enumerate(METRICS)}
    return sorted(own, key=lambda row: (row["district_code"], order[row["metric"]]))


def named(rows: pd.DataFrame, level: str, profile: Profile) -> list[dict[str, Any]]:
    """Rows of one level with the name of their unit: a district, a compound type, or the whole first."""
    words = catalogue.labels("compound_type", profile)
    found = []
    for row in theme.records(rows):
        if row["level"] == "selection":
            found.append({**row, "unit_name": _("All")})
        elif row["level"] == level:
            code = row["compound_type"]
            found.append({**row, "unit_name": row["district_name"] if level == "district" else words.get(code, code)})
    if len({row["unit_name"] for row in found if row["level"] == level}) == 1:  # the whole would be the same again
        found = [row for row in found if row["level"] == level]
    return sorted(found, key=lambda row: row["level"] != "selection")


def judged(rows: pd.DataFrame, level: str, rate: str, profile: Profile) -> list[dict[str, Any]]:
    """Rows of one level (district or type) with the name of their unit and the light of one of their rates."""
    goal = profile.targets.get(rate, {})
    return [
        {**row, "signal": theme.signal(row[rate], goal.get("target"), goal.get("amber"), "up")}
        for row in named(rows, level, profile)
        if row["level"] == level
    ]


def unserved_tiles(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Compounds without service and their households, those that are unmanaged, those with an owners' body."""
    unmanaged = rows["is_unmanaged"].fillna(False).astype(bool)
    bodies = rows["owners_body"].notna() & (rows["owners_body"] != "none")
    return [
        _count_tile(_("Compounds without service"), len(rows)),
        _count_tile(_("Households without service"), rows["households"].sum()),
        _count_tile(
            _("Unmanaged among them"),
            unmanaged.sum(),
            definition=_("Without property service, owners' body and anybody in charge, as the register says."),
        ),
        _count_tile(_("With an owners' body that could hire"), bodies.sum()),
    ]


def owners_tiles(bodies: pd.DataFrame, profile: Profile) -> list[dict[str, Any]]:
    """Both rates of owners' bodies, their Party organisations and their rules, over the whole selection."""
    row = theme.records(bodies[bodies["level"] == "selection"])[0]
    number = text.number
    notes = {
        "owners_body_rate_all": _("{bodies} bodies ÷ all compounds that report").format(
            bodies=number(row["body_count"], "count")
        ),
        "owners_body_rate_eligible": _("of {count} eligible compounds; due: {due}").format(
            count=number(row["eligible_count"], "count"), due=number(row["bodies_due_count"], "count")
        ),
        "body_party_org_rate": _("{count} owners' bodies").format(count=number(row["party_org_count"], "count")),
        "rules_per_body": _("at most {most}; without any: {none}").format(
            most=number(row["rule_max"], "count"), none=number(row["ruleless_count"], "count")
        ),
    }
    return [_rate_tile(name, row[name], note, profile) for name, note in notes.items()]


def post_tiles(posts: pd.DataFrame, bodies: pd.DataFrame) -> list[dict[str, Any]]:
    """Cross-appointments in both directions and into branch committees, over the whole selection."""
    row = theme.records(posts[posts["level"] == "selection"])[0]
    whole = theme.records(bodies[bodies["level"] == "selection"])[0]
    into_branches = row["property_to_branch_count"] + row["body_to_branch_count"] + row["grid_to_branch_count"]
    number = text.number
    return [
        _post_tile(row, "committee_to_body"),
        _post_tile(row, "into_committee"),
        _count_tile(
            _("Posts in branch committees"),
            into_branches,
            note=_("property {property}, owners' bodies {bodies}, grid workers {grid}").format(
                property=number(row["property_to_branch_count"], "count"),
                bodies=number(row["body_to_branch_count"], "count"),
                grid=number(row["grid_to_branch_count"], "count"),
            ),
        ),
        {
            **_described("committee_body_rate"),
            "value": whole["committee_body_rate"],
            "note": _("at the as-of date"),
        },
    ]


def firm_tiles(firms: pd.DataFrame) -> list[dict[str, Any]]:
    """Firms, those with a Party organisation and how it was set up, advisers, and compounds they serve."""
    row = theme.records(firms[firms["level"] == "selection"])[0]
    number = text.number
    return [
        _count_tile(
            _("Property firms"),
            row["firm_count"],
            note=_("Party organisation not reported: {count}").format(
                count=number(row["firm_unreported_count"], "count")
            ),
        ),
        _count_tile(
            _("Firms with a Party organisation"),
            row["party_firm_count"],
            note=_("alone {alone}, within the industry {industry}, within the area {area}").format(
                **{name: number(row[f"{name}_count"], "count") for name in ("alone", "industry", "area")}
            ),
        ),
        {
            **_described("party_firm_rate"),
            "value": row["party_firm_rate"],
            "note": _("firms with an adviser: {count}").format(count=number(row["adviser_count"], "count")),
        },
        {
            **_described("party_served_rate"),
            "value": row["party_served_rate"],
            "note": _("{count} compounds name their firm").format(count=number(row["served_compound_count"], "count")),
        },
    ]


def powers(profile: Profile) -> str:
    """Powers over property service that were handed down, as the profile names them, as Markdown; empty if none."""
    named = profile.labels("property_powers", text.language())
    if not named:
        return ""
    listed = text.listed(named.values())
    return _("**Powers handed down to the community: {count}** · {powers}").format(count=len(named), powers=listed)


def of_level(rows: pd.DataFrame, level: str, *, without: tuple[str, ...] = ()) -> pd.DataFrame:
    """Rows of one level (district or type) as a table, without the columns that say so or that nobody reports."""
    other = ("compound_type",) if level == "district" else ("district_name",)
    dropped = [name for name in ("level", "district_code", *other, *without) if name in rows]
    return rows[rows["level"] == level].drop(columns=dropped).dropna(axis="columns", how="all")


def _with_counts(tile: dict[str, Any], metric: str, whole: headlines.Rows) -> dict[str, Any]:
    found = headlines.only(whole, metric)
    if found and metric in METRICS[:2]:
        counts = "\u00a0/\u00a0".join(text.number(found[0][part], "count") for part in ("numerator", "denominator"))
        tile["note"] = " · ".join(filter(None, [counts, tile["note"]]))
    return tile


def _rate_tile(name: str, value: float | None, note: str, profile: Profile) -> dict[str, Any]:
    goal = profile.targets.get(name, {})
    light = theme.signal(value, goal.get("target"), goal.get("amber"), catalogue.COLUMNS[name].better)
    return {**_described(name), "value": value, "signal": light, "target": goal.get("target"), "note": note}


def _post_tile(row: dict[str, Any], name: str) -> dict[str, Any]:
    change = row[f"{name}_count"] - row[f"{name}_last_year"]
    return {
        **_described(f"{name}_count"),
        "value": row[f"{name}_count"],
        "change": change or None,
        "change_kind": "count_change",
        "change_text": _("on a year before") if change else _("as many as a year before"),
    }


def _described(name: str) -> dict[str, Any]:
    column = catalogue.COLUMNS[name]
    return {"title": _(column.title), "kind": column.kind, "definition": _(column.definition)}


def _count_tile(title: str, value: float, *, note: str = "", definition: str = "") -> dict[str, Any]:
    return {"title": title, "value": value, "kind": "count", "note": note, "definition": definition}
