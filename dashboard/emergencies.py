"""Rows of the emergency page made ready for its figures, and what is said beside them."""

from datetime import date
from typing import Any

import pandas as pd

from dashboard import catalogue, periods, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import _

PLAN_STATES = {"grid": ("with", "without", "unknown"), "micro_grid": ("with", "without", "unknown")}
BEHIND = (
    "grid_with_count", "grid_unknown_count", "micro_grid_with_count", "micro_grid_without_count",
    "micro_grid_unknown_count",
)  # fmt: skip


def choices(chosen: dict[str, Any], profile: Profile) -> dict[str, Any]:
    """The filters with what the queries of this page ask beyond them: the year of mobilisations, the limit."""
    year = date(chosen["end_month"].year, 1, 1)
    return {**chosen, "small_cell_limit": profile.small_cell_limit, "mobilised_year": year}


def tiles(districts: pd.DataFrame, safety: pd.DataFrame, temporary: pd.DataFrame) -> list[dict[str, Any]]:
    """Plans, teams, communities with one, drills and what is still open; None where not reported."""
    whole = {name: _plain(value) for name, value in districts.iloc[0].items()}
    known = whole["emergency_team_count"] is not None
    events = int(safety["safety_event_count"].sum()) if len(safety) else None
    counts = theme.records(temporary)[0] if len(temporary) else {}
    number = text.number
    return [
        {
            "title": _("Plans of grids"),
            "value": whole["grid_plan_rate"],
            "kind": "share",
            "definition": _(catalogue.COLUMNS["grid_plan_rate"].definition),
            "note": _("without a plan: {without}; not reported: {unknown}; not applicable: {exempt}").format(
                without=number(whole["grid_without_count"], "count"),
                unknown=number(whole["grid_unknown_count"], "count"),
                exempt=number(whole["grid_exempt_count"], "count"),
            ),
        },
        {
            "title": catalogue.title("emergency_team_count"),
            "value": whole["emergency_team_count"],
            "kind": "count",
            "note": _("{people} volunteers, {mean} per team").format(
                people=shown_people(whole["volunteers_shown"]), mean=number(whole["volunteers_per_team"], "number")
            )
            if known and whole["emergency_team_count"]
            else "",
        },
        {
            "title": _("Team coverage"),
            "value": whole["team_community_count"] / whole["community_count"] if known else None,
            "kind": "share",
            "note": _("{teamed} of {communities} communities").format(
                teamed=number(whole["team_community_count"], "count"),
                communities=number(whole["community_count"], "count"),
            )
            if known
            else "",
        },
        {
            "title": _("Drill coverage"),
            "value": whole["drilled_rate"],
            "kind": "share",
            "definition": _(catalogue.COLUMNS["drilled_rate"].definition),
            "note": _("12 months: {drills} drills; communities without one: {without}").format(
                drills=number(whole["drill_count"], "count"), without=number(whole["undrilled_count"], "count")
            )
            if whole["drill_count"] is not None
            else "",
        },
        {
            "title": _("Temporary organisations"),
            "value": sum(
                counts.get(name) or 0 for name in ("temporary_general_branch_count", "temporary_branch_count")
            ),
            "kind": "count",
            "note": _("general branches: {general}, branches: {branches}").format(
                general=number(counts.get("temporary_general_branch_count", 0), "count"),
                branches=number(counts.get("temporary_branch_count", 0), "count"),
            ),
        },
        {
            "title": catalogue.title("safety_event_count"),
            "value": events,
            "kind": "count",
            "note": _("still open: {open}").format(open=number(safety["safety_open_count"].sum(), "count"))
            if events is not None
            else "",
        },
    ]


def by_district(districts: pd.DataFrame) -> pd.DataFrame:
    """Rows of the districts: rates, teams and drills, without the columns in which nobody reports anything.

    Of the numbers behind the rates only those that want action stay; the figure of plans has the others.
    """
    own = districts[districts["level"] == "district"].drop(columns=["level", "district_code", *BEHIND])
    idle = [name for name in own if own[name].isna().all()]
    return with_people(own.drop(columns=idle))


def with_people(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows with the people of teams as numbers, as far as they are shown."""
    if "volunteers_shown" not in rows:
        return rows
    shown = [int(value) if isinstance(value, str) and value.isdigit() else value for value in rows["volunteers_shown"]]
    return rows.assign(volunteers_shown=pd.Series(shown, rows.index, dtype=object))


def plan_parts(districts: pd.DataFrame) -> list[dict[str, Any]]:
    """A row per district and state of the plans of its grids: plan_state (None: not reported), count and share."""
    parts = []
    level = plan_level(districts)
    for row in theme.records(districts[districts["level"] == "district"]):
        counts = {state: row[f"{level}_{state}_count"] for state in PLAN_STATES[level]}
        total = sum(counts.values())
        parts += [
            {
                "district_name": row["district_name"],
                "plan_state": None if state == "unknown" else state,
                "plan_grid_count": count,
                "plan_share": count / total,
            }
            for state, count in counts.items()
            if count
        ]
    return parts


def plan_level(districts: pd.DataFrame) -> str:
    """Level of grids whose plans are drawn: grids, in a place without grids micro-grids."""
    whole = districts.iloc[0]
    has_grids = whole["grid_with_count"] + whole["grid_without_count"] + whole["grid_unknown_count"] > 0
    return "grid" if has_grids else "micro_grid"


def drills_by(drills: pd.DataFrame, facet: str) -> pd.DataFrame:
    """Drills by kind (facet all) or by partner (facet partner), without the columns of the other facet."""
    own = drills[drills["drill_facet"] == facet].drop(columns="drill_facet")
    if facet == "partner":
        return own[["drill_partner", "drill_count", "mean_minutes"]]
    return own[
        ["drill_kind", "drill_count", "joint_share", "drill_person_times", "drill_met_rate", "drill_not_met_count",
         "mean_minutes", "shortest_minutes", "longest_minutes"]
    ]  # fmt: skip


def drill_words(drills: pd.DataFrame) -> str:
    """How long drills lasted, how many were joint, and how many were judged not good enough."""
    own = drills[drills["drill_facet"] == "all"]
    count = int(own["drill_count"].sum())
    joint = (own["drill_count"] * own["joint_share"]).sum()
    return _("{count} drills, {joint} of them joint; not up to the plan: {failed}. Attendance in person-times.").format(
        count=text.number(count, "count"),
        joint=text.number(round(joint), "count"),
        failed=text.number(own["drill_not_met_count"].sum(), "count"),
    )


def undrilled_words(districts: pd.DataFrame) -> str:
    """How many communities had no drill, of how many."""
    whole = districts.iloc[0]
    return _(
        "{without} of {communities} communities held no drill in the 12 months up to the end of the period."
    ).format(
        without=text.number(_plain(whole["undrilled_count"]), "count"),
        communities=text.number(whole["community_count"], "count"),
    )


def a_year(end_month: date) -> date:
    """First of the twelve months that end with a month."""
    return periods.shift(end_month, -11)


def shown_people(value: str | None) -> str:
    """A number of people as the query gives it, text: with separators, or hidden as it is."""
    return text.number(int(value), "count") if value and value.isdigit() else value or text.NOT_REPORTED


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value
