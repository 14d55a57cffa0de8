"""Headline metrics against their targets: traffic lights, tiles, ranks and the sentence that sums them up.

Targets come from the place's profile; a metric without a target is shown but never judged.
"""

from typing import Any

import pandas as pd

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import N_, _, language

TILES = (  # two lines of four: issues, then what they stand on
    ("response_rate", "ontime_close_rate", "satisfaction_rate", "overnight_rate"),
    ("organisation_coverage", "property_coverage", "fortress_index", "starred_member_share"),
)
ISSUES = (
    "response_rate",
    "close_rate",
    "ontime_close_rate",
    "satisfaction_rate",
    "overnight_rate",
    "rework_rate",
)
FOUNDATIONS = (
    "organisation_coverage",
    "property_coverage",
    "owners_body_rate_eligible",
    "fortress_index",
    "starred_member_share",
)
HEADLINES = (*ISSUES, *FOUNDATIONS)
FIRST = "ontime_close_rate"  # whose trend a reader meets first
GROUPS = {N_("Handling of issues"): ISSUES, N_("Foundations"): FOUNDATIONS}
ENDS = {
    "best": (N_("Best districts by metric"), N_("No. {place}")),
    "worst": (N_("Weakest districts by metric"), N_("No. {place} from last")),
}
CHANGES = {
    "previous": N_("What changed most on the period before"),
    "last_year": N_("What changed most on a year before"),
}
TYPE_GROUPS = {
    N_("Handling of issues by type"): ("issues_per_100_households", "issues_per_compound", *ISSUES),
    N_("Foundations by type"): (
        *FOUNDATIONS,
        "owners_body_rate_all",
        "solved_at_compound_rate",
        "extension_rate",
    ),
}
SPREAD = (
    "ontime_close_rate",
    "issues_per_100_households",
    "satisfaction_rate",
    "overnight_rate",
    "fortress_index",
)
NAMED = 3  # as many names in a sentence as a reader keeps


def with_signal(rows: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Rows (metric, value, …) with `target` and `signal` (good, watch, trouble or unknown) added."""
    goals = [profile.targets.get(metric, {}) for metric in rows["metric"]]
    signals = [
        theme.signal(value, goal.get("target"), goal.get("amber"), catalogue.COLUMNS[metric].better)
        for metric, value, goal in zip(rows["metric"], rows["value"], goals, strict=True)
    ]
    added = {"target": [goal.get("target") for goal in goals], "signal": signals}
    after = list(rows.columns).index("value") + 1
    return rows.assign(**added)[[*rows.columns[:after], *added, *rows.columns[after:]]]


def judged(rows: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Rows of the headline metrics in the order of `HEADLINES`, with `target` and `signal` added."""
    kept = with_signal(rows[rows["metric"].isin(HEADLINES)], profile)
    return kept.sort_values("metric", key=lambda codes: codes.map(HEADLINES.index), kind="stable")


def by_level(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of the whole selection and rows by district, each without the column `level`."""
    is_whole = rows["level"] == "selection"
    return (
        rows[is_whole].drop(columns=["level", "district_code", "district_name"]),
        rows[~is_whole].drop(columns="level"),
    )


def options(rows: pd.DataFrame) -> list[str]:
    """Headline metrics that rows say something about, the first choice first."""
    reported = set(rows["metric"])
    return sorted((code for code in HEADLINES if code in reported), key=lambda code: code != FIRST)


def legend() -> str:
    """What the signs and the grey of the tiles mean, in one line."""
    words = {code: f"{sign} {_(catalogue.WORDS['signal'][code])}" for code, sign in theme.SIGNS.items()}
    grey = _("a grey change lies within error (90 %)")
    return f"{' · '.join(words.values())} · {grey}"


def in_order(rows: pd.DataFrame, metrics: tuple[str, ...]) -> pd.DataFrame:
    """The rows about these metrics, in their order."""
    return only(rows, *metrics).sort_values("metric", key=lambda codes: codes.map(metrics.index), kind="stable")


def targets(profile: Profile) -> dict[str, float]:
    """Target of each metric that has one."""
    return {metric: goal["target"] for metric, goal in profile.targets.items()}


def verdict(rows: pd.DataFrame) -> str:
    """How many of the differences between types are larger than chance, in one line."""
    if rows.empty:
        return _("Too few types or compounds to compare")
    beyond = int(rows["verdict"].isin(["higher", "lower"]).sum())
    return _("{beyond} of {total} differences between types are larger than chance").format(
        beyond=beyond, total=len(rows)
    )


def only(rows: pd.DataFrame, *metrics: str) -> pd.DataFrame:
    """The rows about these metrics."""
    return rows[rows["metric"].isin(metrics)]


def tile(metric: str, rows: pd.DataFrame, months: pd.DataFrame, profile: Profile) -> dict[str, Any]:
    """What `ui.tile` needs for one metric; a metric without a row is a tile that says so.

    `rows` are judged rows of the whole selection, `months` rows of the same by month.
    """
    described = catalogue.COLUMNS[metric]
    shared = {"title": _(described.title), "kind": described.kind, "definition": _(described.definition)}
    found = rows[rows["metric"] == metric]
    if found.empty:
        goal = profile.targets.get(metric, {}).get("target")
        return {**shared, "value": None, "target": goal, "change_text": _("Not reported in this period")}
    row = found.iloc[0]
    change, words = row["previous_change"], _("vs period before")
    if pd.isna(change):
        change, words = None, _("nothing before to compare with")
    elif catalogue.metric_number(abs(change), metric, change=True) == catalogue.metric_number(0, metric, change=True):
        change, words = None, _("same as period before")
    history = months.loc[months["metric"] == metric, "value"].dropna().tolist()
    return {
        **shared,
        "value": row["value"],
        "signal": row["signal"],
        "target": None if pd.isna(row["target"]) else row["target"],
        "change": change,
        "change_kind": catalogue.change_kind(metric),
        "change_text": words,
        "better": described.better if row["previous_flag"] in ("up", "down") else None,
        "history": history if len(history) > 1 else None,
        "note": _last_year(row),
    }


def _last_year(row: pd.Series) -> str:
    if pd.isna(row["last_year_change"]):
        return ""
    change = catalogue.metric_number(row["last_year_change"], row["metric"], change=True)
    within = row["last_year_flag"] == "within_error"
    message = _("on a year before {change} (within error)") if within else _("on a year before {change}")
    return message.format(change=change)


def wide(rows: pd.DataFrame) -> pd.DataFrame:
    """The same values with one row per district and one column per metric, as a reader downloads them."""
    table = rows.pivot(index=["district_code", "district_name"], columns="metric", values="value")
    return table[list(dict.fromkeys(rows["metric"]))].rename_axis(columns=None).reset_index()


def ends(rows: pd.DataFrame, count: int = 3) -> dict[str, pd.DataFrame]:
    """The best and the worst districts of each metric, with `place` 1, 2, … counted from that end.

    No district stands at both ends: of fewer than twice `count` districts each end has half. A metric in
    which all districts are equal has no ends; without any metric left the answer is empty.
    """
    by_metric = rows.groupby("metric")["value"]
    rows = rows[by_metric.transform("min") < by_metric.transform("max")]
    sign = rows["metric"].map(lambda code: -1 if catalogue.COLUMNS[code].better == "down" else 1)
    merit = (rows["value"] * sign).groupby(rows["metric"])
    reach = (merit.transform("size") // 2).clip(upper=count)

    def end(is_best: bool) -> pd.DataFrame:
        place = merit.rank(ascending=not is_best, method="first").astype(int)
        kept = rows.assign(place=place)[place <= reach].sort_values("place", kind="stable")
        return kept.sort_values("metric", key=lambda codes: codes.map(HEADLINES.index), kind="stable")

    return {"best": end(True), "worst": end(False)} if (reach > 0).any() else {}


def moved(rows: pd.DataFrame, against: str, count: int = 8, per_metric: int = 3) -> pd.DataFrame:
    """The largest changes beyond error by district and metric, in points (1 point = 1 percentage point).

    `against` is previous or last_year. Adds `points` and `is_better`; largest first, at most `per_metric` of
    one metric, so that a season that moves every district does not hide the rest.
    """
    beyond = rows[rows[f"{against}_flag"].isin(["up", "down"])]
    scale = beyond["metric"].map(lambda code: 100 if catalogue.COLUMNS[code].kind == "share" else 1)
    points = beyond[f"{against}_change"] * scale
    falls = beyond["metric"].map(lambda code: catalogue.COLUMNS[code].better == "down")
    added = beyond.assign(points=points, is_better=(points > 0) != falls)
    largest = added.loc[points.abs().sort_values(ascending=False, kind="stable").index]
    return largest.groupby("metric", sort=False).head(per_metric).head(count)


def summary(rows: pd.DataFrame, districts: pd.DataFrame, profile: Profile) -> str:
    """What is off target, by how much, where and since when, in one line of computed sentences (Markdown)."""
    with_target = rows[rows["signal"] != "unknown"]
    missed = with_target[with_target["signal"] == "trouble"]
    counts = with_target["signal"].value_counts()
    parts = []
    if with_target.empty:
        parts.append(_("No metric with a target is reported in this period."))
    elif missed.empty:
        parts.append(
            _("**No metric is off target.** On target: {good}, close to it: {watch}.").format(
                good=counts.get("good", 0), watch=counts.get("watch", 0)
            )
        )
    else:
        parts.append(
            _("**Off target: {count} of {total} metrics.** {metrics}. Close to target: {watch}.").format(
                count=len(missed),
                total=len(with_target),
                metrics=_listed([_against_target(row) for _index, row in missed.iterrows()]),
                watch=counts.get("watch", 0),
            )
        )
    parts += _moves(with_target)
    trouble = districts.loc[districts["signal"] == "trouble", "district_name"].value_counts()
    if districts["district_name"].nunique() > 1 and not trouble.empty:
        most = sorted(trouble[trouble == trouble.iloc[0]].index)
        parts.append(
            _("Most metrics off target: {districts} ({count}).").format(districts=_listed(most), count=trouble.iloc[0])
        )
    silent = [code for code in HEADLINES if code in profile.targets and code not in set(rows["metric"])]
    if silent:
        parts.append(_("Not reported: {metrics}.").format(metrics=_listed([catalogue.title(code) for code in silent])))
    return (" " if language() == "en" else "").join(parts)


def _against_target(row: pd.Series) -> str:
    return _("{metric} {value} (target {target})").format(
        metric=catalogue.title(row["metric"]),
        value=catalogue.metric_number(row["value"], row["metric"]),
        target=catalogue.metric_number(row["target"], row["metric"]),
    )


def _moves(rows: pd.DataFrame) -> list[str]:
    flags = rows.dropna(subset=["previous_flag"])
    if flags.empty:
        return []
    moves = moved(flags, "previous", count=len(flags), per_metric=len(flags))
    better = int(moves["is_better"].sum())
    if moves.empty:
        return [_("No change on the period before beyond error.")]
    return [
        _("On the period before, beyond error: {better} better, {worse} worse.").format(
            better=better, worse=len(moves) - better
        )
    ]


def _listed(names: list[str]) -> str:
    shown = (", " if language() == "en" else "、").join(names[:NAMED])
    return shown if len(names) <= NAMED else _("{names} and {count} more").format(names=shown, count=len(names) - NAMED)
