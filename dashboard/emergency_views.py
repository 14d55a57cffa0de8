"""Parts of the emergency page: plans and teams, drills, who was called, and what patrols and grid workers found."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, charts, emergencies, people, row_tables, text, ui
from dashboard.profile import Profile
from dashboard.store import queries
from dashboard.text import _

PLAN_SHADES = (("#0f5c7a", "#ffffff"), ("#e3c07e", "#12202b"))  # with a plan, without one; ink on each


def readiness(chosen: dict[str, Any], districts: pd.DataFrame, teams: pd.DataFrame, profile: Profile) -> None:
    """Plans of grids, teams by duty, and districts side by side."""
    as_of = text.moment(profile.as_of, "date")
    parts = emergencies.plan_parts(districts)
    left, right = st.columns([1, 1.1])
    with left:
        ui.card(
            _("Plans of grids, by district"),
            charts.composition(
                parts,
                group="district_name",
                kind="plan_state",
                words=catalogue.labels("plan_state", profile),
                amount="plan_grid_count",
                share="plan_share",
                shades=PLAN_SHADES,
            ),
            rows=parts,
            source=("emergency_districts", chosen),
            alt=_("A bar per district divided into grids with a plan, without one, and not reported."),
            unit=_("share of grids; in the bars: grids"),
            period=as_of,
            key="plans",
        )
    with right:
        if ui.requires("teams"):
            _teams(chosen, teams, as_of)
    ui.card(
        _("Readiness by district"),
        rows=emergencies.by_district(districts),
        source=("emergency_districts", chosen),
        alt=_("Table of districts with plans, teams, volunteers and drills."),
        period=as_of,
        note=_(
            "Teams ÷ communities would be no coverage: a community may have several. Grids: state at the as-of date."
        ),
    )


def _teams(chosen: dict[str, Any], teams: pd.DataFrame, as_of: str) -> None:
    if teams.empty:
        st.info(_("No emergency or patrol team is on the register of this selection."), icon=":material/info:")
        return
    ui.card(
        _("Emergency and patrol teams by duty"),
        rows=emergencies.with_people(teams),
        source=("emergency_teams", chosen),
        alt=_("Table of teams by kind and duty with their people."),
        period=as_of,
        note=_(
            "Whoever serves in two teams counts in both: people of teams are never added to members on the register."
        ),
    )


def drills(chosen: dict[str, Any], districts: pd.DataFrame) -> None:
    """Drills by month, by kind and partner, and communities that held none."""
    if not ui.requires("drills"):
        return
    months, kinds, undrilled = queries("emergency_drill_months", "emergency_drills", "emergency_undrilled", **chosen)
    left, right = st.columns(2)
    with left:
        ui.card(
            _("Drills by month"),
            charts.drill_months(months),
            rows=months,
            source=("emergency_drill_months", chosen),
            alt=_("A bar per month at its drills, those not up to the plan on top."),
            unit=_("drills"),
            period=text.period(months["month"].min(), months["month"].max()),
        )
        partners = emergencies.drills_by(kinds, "partner")
        if len(partners):
            ui.card(
                _("Who joins drills"),
                rows=partners,
                source=("emergency_drills", chosen),
                alt=_("Table of units that joined drills."),
                note=_("A drill with two partners stands in both rows: these numbers do not add up."),
                key="partners",
            )
    with right:
        _undrilled(chosen, districts, undrilled)
    if kinds.empty:
        st.info(_("No drill was held in this period."), icon=":material/info:")
        return
    ui.card(
        _("What is drilled, how long and how well"),
        rows=emergencies.drills_by(kinds, "all"),
        source=("emergency_drills", chosen),
        alt=_("Table of kinds of drills with number, duration, attendance and outcome."),
        note=emergencies.drill_words(kinds),
    )


def _undrilled(chosen: dict[str, Any], districts: pd.DataFrame, undrilled: pd.DataFrame) -> None:
    if undrilled.empty:
        st.info(_("Every community held a drill in the 12 months."), icon=":material/check:")
        return
    ui.card(
        _("Communities without a drill in 12 months"),
        rows=undrilled.drop(columns="community_code"),
        source=("emergency_undrilled", chosen),
        alt=_("Table of communities without a drill, with their last one."),
        period=text.period(emergencies.a_year(chosen["end_month"]), chosen["end_month"]),
        note=emergencies.undrilled_words(districts),
        height=row_tables.height(undrilled, 16),
    )


def called(chosen: dict[str, Any], temporary: pd.DataFrame, profile: Profile) -> None:
    """People mobilised in the year, members with a post in an emergency, temporary organisations."""
    columns = st.columns(2)
    with columns[0]:
        if ui.requires("mobilisations"):
            _mobilised(chosen)
        own = temporary[temporary["level"] == "district"].drop(columns=["level", "district_code"])
        if own.empty:
            st.info(_("No temporary organisation is on the register."), icon=":material/info:")
        else:
            ui.card(
                _("Temporary organisations"),
                rows=own,
                source=("emergency_temporary_orgs", chosen),
                alt=_("Table of districts with temporary general branches and branches."),
                period=_("until {month}").format(month=text.moment(chosen["end_month"], "month")),
            )
    with columns[1]:
        posts = people.query("emergency_posts", ["emergency_post"], **chosen)
        if posts.empty:
            st.info(_("No member of this selection has a post in an emergency."), icon=":material/info:")
            return
        ui.card(
            _("Members with a post in an emergency"),
            rows=posts,
            source=("emergency_posts", chosen),
            alt=_("Table of posts with the number of members, small numbers hidden."),
            period=text.moment(profile.as_of, "date"),
            note=_("Routine duties and emergency posts are assigned in advance; one member has one post."),
        )


def _mobilised(chosen: dict[str, Any]) -> None:
    mobilised = people.query("emergency_mobilisations", ["emergency_occasion", "mobilised_kind"], **chosen)
    if mobilised.empty:
        st.info(_("No mobilisation is reported for the year of this period."), icon=":material/info:")
        return
    ui.card(
        _("People mobilised in the year"),
        rows=mobilised,
        source=("emergency_mobilisations", chosen),
        alt=_("Table of emergencies and kinds of people with how many were called, small numbers hidden."),
        period=text.moment(chosen["mobilised_year"], "year"),
        note=_(
            "A mobilisation is no report-in, and one emergency is not added to another: the same people may be called."
        ),
    )


def safety(chosen: dict[str, Any], rows: pd.DataFrame) -> None:
    """Events of public safety by kind and finder with what became of them."""
    if not ui.requires("safety_events"):
        return
    if rows.empty:
        st.info(_("No event of public safety is reported for this period."), icon=":material/info:")
        return
    ui.card(
        _("Public safety: found, settled, still open"),
        rows=rows,
        source=("emergency_safety", chosen),
        alt=_("Table of events by kind and finder with their outcome."),
        note=_("Clearing a case is the work of the police; patrols and grid workers give notice. No cause is shown."),
        height=row_tables.height(rows),
    )
