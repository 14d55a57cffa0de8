"""Rows made ready for the figures of the deliberation page, and the place's rules for talks in words."""

from typing import Any

import pandas as pd

from dashboard import headlines, text
from dashboard.profile import Profile
from dashboard.text import N_, _

TILES = (
    ("deliberation_sessions", "deliberation_topics", "deliberation_attendance", "pre_review_rate"),
    ("all_steps_rate", "topic_resolution_rate", "result_publication_rate", "follow_up_rate"),
)
METRICS = (
    "deliberation_sessions", "deliberation_topics", "pre_review_rate", "all_steps_rate", "decision_rate", *TILES[1][1:],
    "deliberation_attendance", "attendance_per_topic",
)  # fmt: skip
HISTORIES = {"deliberation_sessions": "session_count", "deliberation_topics": "topic_count"}
PROCESSES = {
    "six_steps": ("deliberation_steps", N_("Six steps of a topic")),
    "decision": ("decision_steps", N_("Four steps of a decision")),
}
WEEKDAYS = (
    N_("Mondays"), N_("Tuesdays"), N_("Wednesdays"), N_("Thursdays"), N_("Fridays"), N_("Saturdays"), N_("Sundays"),
)  # fmt: skip


def rule(profile: Profile) -> dict[str, list[int]]:
    """The place's rule for days as parameters of `deliberation_days`: days of the month, weekdays from 1 (Monday)."""
    return {
        "rule_days": profile.deliberation.get("days_of_month", []),
        "rule_weekdays": profile.deliberation.get("weekdays", []),
    }


def tiles(metrics: pd.DataFrame, months: pd.DataFrame, profile: Profile) -> list[list[dict[str, Any]]]:
    """Two lines of tiles over the whole selection; `months` gives sessions and topics their history."""
    whole = headlines.with_signal(metrics[metrics["level"] == "selection"], profile)

    def history(metric: str) -> list[float]:
        return months[HISTORIES[metric]].tolist() if metric in HISTORIES else []

    return [[headlines.tile(metric, whole, history(metric), profile) for metric in line] for line in TILES]


def wide(metrics: pd.DataFrame, level: str) -> list[dict[str, Any]]:
    """One row per district or compound type (`level` district or type), one column per metric."""
    key = "district_name" if level == "district" else "compound_type"
    table: dict[str, dict[str, Any]] = {}
    own = metrics[metrics["level"] == level]
    for name, metric, value in zip(own[key], own["metric"], own["value"], strict=True):
        table.setdefault(name, {})[metric] = value
    known = [metric for metric in METRICS if any(metric in line for line in table.values())]
    return [{key: name} | {metric: line.get(metric) for metric in known} for name, line in table.items()]


def step_names(profile: Profile, process: str) -> dict[int, str]:
    """Step -> its name in the profile, else its number."""
    named = list(profile.labels(PROCESSES[process][0], text.language()).values())
    count = 6 if process == "six_steps" else 4
    numbered = {step: _("Step {number}").format(number=step) for step in range(1, count + 1)}
    return numbered | {step: f"{step} · {name}" for step, name in enumerate(named, start=1)}


def step_words(profile: Profile, process: str) -> str:
    """Where the names of the steps come from, if they do not come from the profile."""
    if profile.lists[PROCESSES[process][0]]:
        return _("Steps reached by the as-of date; the last topics are still on their way.")
    return _("The place numbers its steps without naming them. The last topics are still on their way.")


def calendar_words(days: pd.DataFrame, profile: Profile) -> str:
    """The rule for days and how far it was kept; without a rule the calendar judges nothing, and says so."""
    own = rule(profile)
    if not any(own.values()):
        return _("The place has no rule for days in its profile: talks are shown as they were held, without judgement.")
    kinds = [_("days {days} of the month").format(days=_listed([str(day) for day in own["rule_days"]]))]
    kinds = kinds if own["rule_days"] else []
    kinds += [_(WEEKDAYS[weekday - 1]) for weekday in own["rule_weekdays"]]
    on_rule = days[days["is_rule_day"]]
    held, total = int(on_rule["session_count"].sum()), int(days["session_count"].sum())
    share = text.number(held / total, "share") if total else text.NOT_REPORTED
    days_words = _(" or ").join(kinds)
    return _(
        "Rule (framed): {rule}. On such days: {held} of {total} sessions ({share}); "
        "without any session: {idle} of {days} days."
    ).format(
        rule=_("{rule}; either will do").format(rule=days_words) if len(kinds) > 1 else days_words,
        held=text.number(held, "count"),
        total=text.number(total, "count"),
        share=share,
        idle=int((on_rule["session_count"] == 0).sum()),
        days=len(on_rule),
    )


def publication_words(delays: pd.DataFrame, profile: Profile) -> str:
    """How many results were published within the place's rule; without a rule, that there is none."""
    limit = profile.deliberation.get("publish_within_days")
    if limit is None:
        return _("The place has no rule for the days until publication in its profile.")
    in_time = delays.loc[delays["delay_days"] <= limit, "published_share"]
    share = text.number(in_time.iloc[-1] if len(in_time) else 0.0, "share")
    return _("Rule: within {days} days. Kept for {share} of the topics resolved.").format(days=limit, share=share)


def hall_words(halls: pd.DataFrame) -> str:
    """How many halls of the selection meet all standards."""
    row = halls.iloc[0]
    return _(
        "{full} of {known} halls meet all six standards; mean {mean}. Which ones each meets is not reported."
    ).format(
        full=text.number(row["full_hall_count"], "count"),
        known=text.number(row["hall_known_count"], "count"),
        mean=text.number(row["mean_standards"], "number"),
    )


def _listed(words: list[str]) -> str:
    return text.listed(words)
