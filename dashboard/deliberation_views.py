"""Parts of the deliberation page: how far topics came, what they are about, and where they are talked over."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts, deliberations, text, ui
from dashboard.profile import Profile
from dashboard.store import queries, query
from dashboard.text import _


def progress(chosen: dict[str, Any], profile: Profile) -> None:
    """The six steps of a topic, the four of a decision, major property matters, and how soon results are published."""
    steps, matters, delays = queries("deliberation_steps", "deliberation_matters", "deliberation_delays", **chosen)
    columns = dict(zip(deliberations.PROCESSES, st.columns([1.2, 1]), strict=True))
    for process, (_list, title) in deliberations.PROCESSES.items():
        own = steps[steps["process"] == process]
        if own.empty and process == "decision":  # not every place decides in four steps
            continue
        with columns[process]:
            ui.card(
                _(title),
                charts.steps(own, names=deliberations.step_names(profile, process)),
                rows=own,
                source=("deliberation_steps", chosen),
                alt=_("A bar per step at the share of topics that reached it, with those lost since the step before."),
                unit=_("topics"),
                note=deliberations.step_words(profile, process),
                key=process,
            )
    with columns["six_steps"]:
        _matters(chosen, matters)
    with columns["decision"]:
        _delays(chosen, delays, profile)


def _matters(chosen: dict[str, Any], matters: pd.DataFrame) -> None:
    if matters.empty:
        st.info(_("No topic of this selection is marked as a major property matter."), icon=":material/info:")
        return
    ui.card(
        _("Major property matters"),
        rows=matters.dropna(axis="columns", how="all"),
        source=("deliberation_matters", chosen),
        alt=_("Table of kinds of major property matters with pre-review, decision and result."),
        note=_("Decided jointly under the lead of the branch: review by the branch comes first."),
    )


def _delays(chosen: dict[str, Any], delays: pd.DataFrame, profile: Profile) -> None:
    ui.card(
        _("How soon results are published"),
        charts.delays(delays, limit=profile.deliberation.get("publish_within_days")),
        rows=delays,
        source=("deliberation_delays", chosen),
        alt=_("A rising line: share of the topics resolved with a result published within so many days."),
        unit=_("share of the topics resolved"),
        note=deliberations.publication_words(delays, profile),
    )


def subjects(chosen: dict[str, Any]) -> None:
    """Topics, forms and channels, each with what became of it."""
    topics, ways = queries("deliberation_topics", "deliberation_ways", **chosen)
    ui.card(
        _("Topics and what became of them"),
        rows=topics,
        source=("deliberation_topics", chosen),
        alt=_("Table of topics with their number, shares by outcome and attendance."),
        note=_("Attendance in person-times: whoever comes to two talks counts twice. It is never added to persons."),
    )
    ui.card(
        _("Forms and channels"),
        rows=ways,
        source=("deliberation_ways", chosen),
        alt=_("Table of forms of talk by channel."),
    )


def places(chosen: dict[str, Any], metrics: pd.DataFrame, profile: Profile) -> None:
    """All metrics by district and by compound type, and the standards of the halls."""
    for level, title in (("district", _("By district")), ("type", _("By compound type"))):
        rows = deliberations.wide(metrics, level)
        if rows:
            ui.card(
                title,
                rows=rows,
                source=("deliberation_metrics", chosen),
                alt=_("Table with sessions, topics, attendance and shares by outcome."),
                key=level,
            )
    if not ui.requires("facilities"):
        return
    halls = query("deliberation_halls", **chosen)
    if halls.empty:
        st.info(_("No deliberation hall is on the register of this selection."), icon=":material/info:")
        return
    ui.card(
        _("Standards of deliberation halls"),
        rows=halls[halls["level"] == "district"].drop(columns=["level", "district_code"]),
        source=("deliberation_halls", chosen),
        alt=_("Table of districts with their halls and how many of the six standards these meet."),
        period=text.moment(profile.as_of, "date"),
        note=deliberations.hall_words(halls),
    )


def notices(chosen: dict[str, Any]) -> None:
    """Public notices by channel and kind, and whether they were in time."""
    if not ui.requires("notices"):
        return
    rows = query("deliberation_notices", **chosen)
    if rows.empty:
        st.info(_("No public notice fell due in this selection."), icon=":material/info:")
        return
    ui.card(
        _("Public notices by channel"),
        rows=rows,
        source=("deliberation_notices", chosen),
        alt=_("A row per channel and kind of notice: notices due, published in time, not published."),
        note=_("Notices of branches, communities and compounds; not by compound type."),
    )
