"""Rows made ready for the page of services: its tiles, traffic lights, and what notes say."""

from typing import Any

import pandas as pd

from dashboard import catalogue, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import N_, _, number

TABLES = (
    "service_orders",
    "help_point_months",
    "canteen_months",
    "teams",
    "service_activities",
    "resident_point_months",
    "visit_months",
    "service_checks",
)
STEPS = {
    "ordered": N_("Ordered"),
    "assigned": N_("Assigned"),
    "accepted": N_("Taken on"),
    "completed": N_("Completed"),
    "rated": N_("Rated by residents"),
}
PARTS = {"service": N_("items of service"), "spirit": N_("items of spirit")}  # of the standard
COMMUNITY_LEVEL = N_("Counted by community: a type of compound does not change it.")

Rows = list[dict[str, Any]]


def step_names() -> dict[str, str]:
    """What the steps of an order are called."""
    return {code: _(word) for code, word in STEPS.items()}


def judged(rows: theme.Rows, metric: str, profile: Profile) -> Rows:
    """Rows with the traffic light of one metric, by the target of the place."""
    goal, better = profile.targets.get(metric, {}), catalogue.COLUMNS[metric].better
    return [
        row | {"signal": theme.signal(row[metric], goal.get("target"), goal.get("amber"), better)}
        for row in theme.records(rows)
    ]


def whole(rows: pd.DataFrame) -> dict[str, Any]:
    """The row of the whole selection; empty where there is none."""
    found = _selected(rows)
    return found[0] if found else {}


def districts(rows: pd.DataFrame) -> Rows:
    """The rows of districts, without the columns that only tell levels apart."""
    return [
        {name: value for name, value in row.items() if name not in ("level", "district_code")}
        for row in theme.records(rows)
        if row["level"] == "district"
    ]


def tiles(
    funnel: pd.DataFrame,
    orders: pd.DataFrame,
    visits: pd.DataFrame,
    checks: pd.DataFrame,
    points: pd.DataFrame,
    canteens: pd.DataFrame,
    activities: pd.DataFrame,
    profile: Profile,
) -> list[list[dict[str, Any]]]:
    """Two lines of four tiles: orders and standards, then points, canteens and activities; None where not reported.

    A line of which nothing is reported is left out.
    Help points and canteens are two facts: nothing adds them.
    """
    steps = {row["step"]: row for row in theme.records(funnel)}
    ordered, completed = steps.get("ordered", {}), steps.get("completed", {})
    rated = [row for row in theme.records(orders) if row["rated_order_count"]]
    count = sum(row["rated_order_count"] for row in rated)
    rating = sum(row["order_rating"] * row["rated_order_count"] for row in rated) / count if count else None
    help_points, meals = whole(points), whole(canteens)
    kinds = theme.records(activities)
    met, judged_count = (_sum(_selected(checks), name) for name in ("met_count", "checked_count"))
    standard = {"standard_met_rate": met / judged_count if judged_count else None}
    lines = [
        [
            _tile("order_count", ordered.get("step_count"), ordered.get("previous_step_count")),
            _judged_tile("order_completion_rate", completed, ("step_share", "previous_step_share"), profile)
            | {"note": _("rating {rating} of 5").format(rating=number(rating, "total"))},
            _judged_tile("visit_rate", whole(visits), ("visit_rate", "previous_visit_rate"), profile),
            _judged_tile("standard_met_rate", standard, ("standard_met_rate", "previous"), profile)
            | {"note": _("{count} checks").format(count=number(judged_count, "count"))},
        ],
        [
            _tile("help_matters", help_points.get("help_matters"), note=_("one matter may bring several visits")),
            _tile("help_person_times", help_points.get("help_person_times"), note=_("never added to matters or meals")),
            _tile(
                "person_times_per_day",
                meals.get("person_times_per_day"),
                note=_("people covered {count}").format(count=number(meals.get("covered_people"), "count")),
            ),
            _tile(
                "activity_sessions",
                _sum(kinds, "activity_sessions"),
                _sum(kinds, "previous_activity_sessions"),
                _("person-times {count}").format(count=number(_sum(kinds, "activity_person_times"), "count")),
            ),
        ],
    ]
    noted = [[tile if tile["value"] is not None else tile | {"note": ""} for tile in line] for line in lines]
    return [line for line in noted if any(tile["value"] is not None for tile in line)]


def _tile(metric: str, value: Any, before: Any = None, note: str = "") -> dict[str, Any]:
    line = {**catalogue.headed(metric), "value": _known(value), "note": note}
    if _known(value) is not None and _known(before) is not None:
        line |= {"change": float(value - before), "change_kind": "count_change", "change_text": _("vs previous")}
    return line


def _judged_tile(metric: str, row: dict[str, Any], columns: tuple[str, str], profile: Profile) -> dict[str, Any]:
    value, before = (_known(row.get(name)) for name in columns)
    goal, better = profile.targets.get(metric, {}), catalogue.COLUMNS[metric].better
    line = {
        **catalogue.headed(metric),
        "value": value,
        "signal": theme.signal(value, goal.get("target"), goal.get("amber"), better),
        "target": goal.get("target"),
    }
    if value is not None and before is not None:
        line |= {"change": value - before, "change_text": _("vs previous")}
    return line


def _known(value: Any) -> Any:
    """A value; None for every way in which a frame says that there is none."""
    return None if value is None or pd.isna(value) else value


def _sum(rows: Rows, column: str) -> int | None:
    """Sum of what is reported; None where no row reports it."""
    known = [row[column] for row in rows if _known(row[column]) is not None]
    return sum(known) if known else None


def _selected(rows: pd.DataFrame) -> Rows:
    return [row for row in theme.records(rows) if row["level"] == "selection"]


def funnel_words(orders: pd.DataFrame) -> str:
    """How long orders take, and that the last ones are still on their way."""
    rows = theme.records(orders)
    accepted = _mean(rows, "hours_to_accept", "order_count")
    return _(
        "Each share is of all orders; a diamond marks the period before. Taken on after {hours} hours on average. "
        "What became of an order is what is known at the as-of date."
    ).format(hours=number(accepted, "number"))


def _mean(rows: Rows, value: str, weight: str) -> float | None:
    known = [(row[value], row[weight]) for row in rows if _known(row[value]) is not None]
    total = sum(count for _value, count in known)
    return sum(each * count for each, count in known) / total if total else None


def help_words(row: dict[str, Any]) -> str:
    """What help points did, in two numbers that are never one."""
    return _(
        "{points} points reported at the end of the period. {matters} matters and {times} person-times: one matter may "
        "bring several visits. Meals of canteens are no part of them. {note}"
    ).format(
        points=number(row.get("point_count"), "count"),
        matters=number(row.get("help_matters"), "count"),
        times=number(row.get("help_person_times"), "count"),
        note=_(COMMUNITY_LEVEL),
    )


def canteen_words(row: dict[str, Any]) -> str:
    """What canteens did: people covered and person-times a day stand apart."""
    return _(
        "{canteens} canteens cover {people} people and serve {times} person-times a day. People are those on the "
        "register at the end of the period, person-times the meals. Help points are no part of them. {note}"
    ).format(
        canteens=number(row.get("canteen_count"), "count"),
        people=number(row.get("covered_people"), "count"),
        times=number(row.get("person_times_per_day"), "count"),
        note=_(COMMUNITY_LEVEL),
    )


def team_words(rows: theme.Rows, profile: Profile) -> str:
    """How many colours and mutual help teams there are, and the place's ledgers."""
    records = theme.records(rows)
    colours = {row["team_colour"] for row in records if isinstance(row["team_colour"], str)}
    mutual = sum(row["team_count"] for row in records if row["team_kind"] == "mutual_help")
    parts = [
        _("Volunteers in {colours} colours; {mutual} mutual help teams of neighbours.").format(
            colours=len(colours), mutual=number(mutual, "count")
        )
    ]
    if ledgers := profile.services.get("ledger_count"):
        parts.append(_("Service teams of compounds keep {count} ledgers.").format(count=ledgers))
    return text.sentences(*parts, _(COMMUNITY_LEVEL))


def check_words(rows: pd.DataFrame, profile: Profile) -> str:
    """How many checks there were and found the standard met, in all and for each part of the standard."""
    checked, met = (_sum(_selected(rows), name) for name in ("checked_count", "met_count"))
    if not checked:
        return _("No check of this selection says whether the standard was met.")
    whole_words = _("{met} of {checked} checks found the standard met ({share}).").format(
        met=number(met, "count"), checked=number(checked, "count"), share=number(met / checked, "share")
    )
    part_of = {entry["code"]: entry.get("part") for entry in profile.lists["service_standards"]}
    parts = []
    for part, word in PARTS.items():
        own = [row for row in _selected(rows) if part_of.get(row["service_standard"]) == part]
        if judged_count := _sum(own, "checked_count"):
            share = number(_sum(own, "met_count") / judged_count, "share")
            parts.append(_("{part} {share}").format(part=_(word), share=share))
    if not parts:
        return whole_words
    joined = (", " if text.language() == "en" else "，").join(parts)
    return text.sentences(whole_words, _("Of these: {parts}.").format(parts=joined))
