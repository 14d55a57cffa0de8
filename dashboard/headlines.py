"""Headline metrics against their targets: traffic lights, tiles, ranks and the sentence that sums them up.

Targets come from the place's profile; a metric without a target is shown but never judged. Rows are lists of
dictionaries here: a page makes some thirty small selections, and each would cost a millisecond in pandas.
"""

import re
from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pandas as pd

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import N_, _, language, listed

Rows = list[dict[str, Any]]
TILES = (  # two lines of four: issues, then what they stand on
    ("response_rate", "ontime_close_rate", "satisfaction_rate", "overnight_rate"),
    ("organisation_coverage", "property_coverage", "fortress_index", "starred_member_share"),
)
ISSUES = ("ontime_close_rate", "close_rate", "response_rate", "satisfaction_rate", "overnight_rate", "rework_rate")
FOUNDATIONS = (
    "organisation_coverage",
    "property_coverage",
    "owners_body_rate_eligible",
    "fortress_index",
    "starred_member_share",
)
HEADLINES = (*ISSUES, *FOUNDATIONS)
GROUPS = {N_("Handling of issues"): ISSUES, N_("Foundations"): FOUNDATIONS}
CHANGES = {
    "previous": N_("What changed most on the period before"),
    "last_year": N_("What changed most on a year before"),
}
REST = ("owners_body_rate_all", "solved_at_compound_rate", "extension_rate")
TYPE_GROUPS = {
    N_("Handling of issues by type"): ("issues_per_100_households", "issues_per_compound", *ISSUES),
    N_("Foundations by type"): (*FOUNDATIONS, *REST),
}
SPREAD = (*ISSUES[:1], "issues_per_100_households", "satisfaction_rate", "overnight_rate", "fortress_index")
NAMED = 3  # as many names in a sentence as a reader keeps


def judged(frame: pd.DataFrame, profile: Profile) -> tuple[Rows, Rows]:
    """Headline metrics (level, metric, value, …) of the whole selection and by district, with their lights.

    Both stand in the order of `HEADLINES`, with `target` and `signal` after `value` and without `level`.
    """
    kept = with_signal(in_order(frame, HEADLINES), profile)
    levels: dict[str, Rows] = {"selection": [], "district": []}
    for row in kept:
        levels[row.pop("level")].append(row)
    for row in levels["selection"]:
        del row["district_code"], row["district_name"]
    return levels["selection"], levels["district"]


def with_signal(rows: theme.Rows, profile: Profile) -> Rows:
    """Rows (metric, value, …) with `target` and `signal` (good, watch, trouble or unknown) after the value."""
    added = []
    for row in theme.records(rows):
        goal = profile.targets.get(row["metric"], {})
        better = catalogue.COLUMNS[row["metric"]].better
        light = theme.signal(row["value"], goal.get("target"), goal.get("amber"), better)
        new = {}
        for name, value in row.items():
            new[name] = value
            if name == "value":
                new |= {"target": goal.get("target"), "signal": light}
        added.append(new)
    return added


def only(rows: theme.Rows, *metrics: str) -> Rows:
    """The rows about these metrics."""
    return [row for row in theme.records(rows) if row["metric"] in metrics]


def in_order(rows: theme.Rows, metrics: tuple[str, ...]) -> Rows:
    """The rows about these metrics, in their order."""
    return sorted(only(rows, *metrics), key=lambda row: metrics.index(row["metric"]))


def targets(profile: Profile) -> dict[str, float]:
    """Target of each metric that has one."""
    return {metric: goal["target"] for metric, goal in profile.targets.items()}


def wide(rows: Rows) -> Rows:
    """The same values with one row per district and one column per metric, as a reader downloads them."""
    table: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = table.setdefault(
            row["district_code"], {"district_code": row["district_code"], "district_name": row["district_name"]}
        )
        line[row["metric"]] = row["value"]
    return list(table.values())


def legend() -> str:
    """What the signs and the grey of the tiles mean, in one line."""
    words = [f"{sign} {_(catalogue.WORDS['signal'][code])}" for code, sign in theme.SIGNS.items()]
    grey = _("a grey change lies within error (90 %)")
    return f"{' · '.join(words)} · {grey}"


def histories(months: pd.DataFrame) -> dict[str, list[float]]:
    """Values of the whole selection by metric, in the order of the months; those not reported are left out."""
    found: dict[str, list[float]] = defaultdict(list)
    for level, metric, value in zip(months["level"], months["metric"], months["value"], strict=True):
        if level == "selection" and value == value:
            found[metric].append(value)
    return found


def covered(months: pd.DataFrame) -> tuple[date, date]:
    """First and last month of rows by month."""
    return months["month"].min(), months["month"].max()


def tile(metric: str, rows: Rows, history: list[float], profile: Profile) -> dict[str, Any]:
    """What `ui.tile` needs for one metric; a metric without a row is a tile that says so.

    `rows` are judged rows of the whole selection, `history` its values up to now.
    """
    described = catalogue.COLUMNS[metric]
    shared = {**catalogue.headed(metric), "metric": metric}
    found = only(rows, metric)
    if not found:
        goal = profile.targets.get(metric, {}).get("target")
        return {**shared, "value": None, "target": goal, "change_text": _("Not reported in this period")}
    row = found[0]
    change, words = row["previous_change"], _("vs previous")
    if pd.isna(change):
        change, words = None, _("nothing before to compare with")
    elif catalogue.metric_number(abs(change), metric) == catalogue.metric_number(0, metric):
        change, words = None, _("same as previous")
    return {
        **shared,
        "value": row["value"],
        "signal": row["signal"],
        "target": row["target"],
        "change": change,
        "change_kind": catalogue.change_kind(metric),
        "change_text": words,
        "better": described.better if row["previous_flag"] in ("up", "down") else None,
        "history": history if len(history) > 1 else None,
        "note": _last_year(row),
    }


def _last_year(row: dict[str, Any]) -> str:
    if pd.isna(row["last_year_change"]):
        return ""
    change = catalogue.metric_number(row["last_year_change"], row["metric"], change=True)
    within = row["last_year_flag"] == "within_error"
    message = _("on a year before {change} (within error)") if within else _("on a year before {change}")
    return message.format(change=change)


def moved(rows: Rows, against: str, count: int = 8, per_metric: int = 3) -> Rows:
    """The largest changes beyond error by district and metric, in points (1 point = 1 percentage point).

    `against` is previous or last_year. Adds `points` and `is_better`; largest first, at most `per_metric` of
    one metric, so that a season that moves every district does not hide the rest.
    """
    beyond = []
    for row in rows:
        if row[f"{against}_flag"] in ("up", "down"):
            described = catalogue.COLUMNS[row["metric"]]
            points = row[f"{against}_change"] * (100 if described.kind == "share" else 1)
            beyond.append({**row, "points": points, "is_better": (points > 0) != (described.better == "down")})
    kept, taken = [], Counter()
    for row in sorted(beyond, key=lambda row: -abs(row["points"])):
        taken[row["metric"]] += 1
        if taken[row["metric"]] <= per_metric:
            kept.append(row)
    return kept[:count]


def compared(rows: theme.Rows) -> Rows:
    """Rows of the headline metrics by type for which a comparison could be made, in the order of `HEADLINES`."""
    return [row for row in in_order(rows, HEADLINES) if pd.notna(row["verdict"])]


def verdict(rows: Rows) -> str:
    """How many of the differences between types are larger than chance, in one line."""
    if not rows:
        return _("Too few types or compounds to compare")
    beyond = sum(row["verdict"] in ("higher", "lower") for row in rows)
    return _("{beyond} of {total} differences between types are larger than chance").format(
        beyond=beyond, total=len(rows)
    )


def summary(rows: Rows, districts: Rows, profile: Profile) -> str:
    """What is off target, by how much, where and since when, in one line of computed sentences (Markdown)."""
    lights = Counter(row["signal"] for row in rows if row["signal"] != "unknown")
    missed = [row for row in rows if row["signal"] == "trouble"]
    parts = []
    if not lights:
        parts.append(_("No metric with a target is reported in this period."))
    elif not missed:
        parts.append(
            _("**No metric is off target.** On target: {good}, close to it: {watch}.").format(
                good=lights["good"], watch=lights["watch"]
            )
        )
    else:
        parts.append(
            _("**Off target: {count} of {total} metrics.** {metrics}. Close to target: {watch}.").format(
                count=len(missed),
                total=lights.total(),
                metrics=_listed([_against_target(row) for row in missed]),
                watch=lights["watch"],
            )
        )
    parts += _moves([row for row in rows if row["signal"] != "unknown" and not pd.isna(row["previous_change"])])
    troubles = Counter(row["district_name"] for row in districts if row["signal"] == "trouble")
    if troubles and len({row["district_code"] for row in districts}) > 1:
        most = max(troubles.values())
        names = [as_written(name) for name, count in troubles.items() if count == most]
        parts.append(_("Most metrics off target: {districts} ({count}).").format(districts=_listed(names), count=most))
    reported = {row["metric"] for row in rows}
    silent = [code for code in HEADLINES if code in profile.targets and code not in reported]
    if silent:
        parts.append(_("Not reported: {metrics}.").format(metrics=_listed([catalogue.title(c) for c in silent])))
    return (" " if language() == "en" else "").join(parts)


def as_written(name: str) -> str:
    """A name from the data inside Markdown: every sign that could begin markup is escaped, all of them ASCII."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", name)


def _against_target(row: dict[str, Any]) -> str:
    return _("{metric} {value} (target {target})").format(
        metric=catalogue.title(row["metric"]),
        value=catalogue.metric_number(row["value"], row["metric"]),
        target=catalogue.metric_number(row["target"], row["metric"]),
    )


def _moves(rows: Rows) -> list[str]:
    if not rows:
        return []
    moves = moved(rows, "previous", count=len(rows), per_metric=len(rows))
    if not moves:
        return [_("No change on the period before beyond error.")]
    better = sum(row["is_better"] for row in moves)
    return [
        _("On the period before, beyond error: {better} better, {worse} worse.").format(
            better=better, worse=len(moves) - better
        )
    ]


def _listed(names: list[str]) -> str:
    shown = listed(names[:NAMED])
    return shown if len(names) <= NAMED else _("{names} and {count} more").format(names=shown, count=len(names) - NAMED)
