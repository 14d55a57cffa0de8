"""The parts of the page of services: orders, points and canteens, teams and activities, visits and standards."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, certainty, charts, row_tables, services, store, text, ui
from dashboard.profile import Profile
from dashboard.store import queries, query
from dashboard.text import _

Chosen = dict[str, Any]


def orders(chosen: Chosen, funnel: pd.DataFrame, kinds: pd.DataFrame, profile: Profile) -> None:
    """From order to rating, by kind of order, and who asks for what."""
    if funnel.empty:
        _none(chosen, "service_orders", _("No order was placed in this selection."))
        return
    left, right = st.columns([1, 1.6])
    with left:
        ui.card(
            _("From order to rating"),
            charts.funnel(funnel, words=services.step_names()),
            rows=funnel,
            source=("services_funnel", chosen),
            alt=_("A bar per step at the share of orders that reached it, a diamond at the period before."),
            unit=_("orders, wishes and projects"),
            note=services.funnel_words(kinds),
        )
    with right:
        ui.card(
            _("Orders, wishes and projects by kind"),
            rows=kinds,
            source=("services_orders", chosen),
            alt=_("A row per kind of order: number, share completed, time taken, rating."),
        )
    needs = query("services_needs", **chosen)
    ui.card(
        _("Who asks for what"),
        charts.needs(
            needs,
            groups=catalogue.labels("target_group", profile),
            services=catalogue.labels("service_type", profile),
        ),
        rows=needs,
        source=("services_needs", chosen),
        alt=_("A row per target group, a column per service, in each cell the orders."),
        unit=_("orders; the darker, the larger the share of the group's orders"),
    )


def bundles(chosen: Chosen) -> None:
    """Packages for groups, and services bought of providers."""
    packages, providers = queries("services_packages", "services_providers", **chosen)
    if packages.empty and providers.empty:
        return
    left, right = st.columns([1, 1.35])
    with left:
        if len(packages):
            ui.card(
                _("Service packages"),
                rows=packages,
                source=("services_packages", chosen),
                alt=_("A row per package: orders, share completed, rating."),
            )
    with right:
        if len(providers):
            year = text.moment(chosen["end_month"], "year")
            money = _("Orders of the period, money of the year {year}.").format(year=year)
            order = text.sentences(_("Most orders first."), certainty.counted_in_full())
            ui.card(
                _("Purchased services"),
                rows=providers.dropna(axis="columns", how="all"),  # a place may publish orders alone
                source=("services_providers", chosen),
                alt=_("A row per provider: orders, share completed, rating, budget and share spent."),
                note=text.sentences(money, order) if providers["budget_yuan"].notna().any() else order,
            )


def points(chosen: Chosen, help_points: pd.DataFrame, canteens: pd.DataFrame) -> None:
    """Help points and canteens side by side, never added."""
    left, right = st.columns(2)
    with left:
        if len(help_points):
            ui.card(
                _("Help points: matters per point and month"),
                charts.by_place(
                    services.districts(help_points),
                    value="matters_per_point",
                    before="previous_matters_per_point",
                    note="help_person_times",
                ),
                rows=services.districts(help_points),
                source=("services_help_points", chosen),
                alt=_("A bar per district at the matters per help point and month, a diamond at the period before."),
                unit=_("matters per point and month; person-times in grey"),
                note=text.sentences(
                    services.help_words(services.whole(help_points)), certainty.counted_in_full()
                ),
            )
    with right:
        if len(canteens):
            ui.card(
                _("Canteens: person-times per canteen and day"),
                charts.by_place(
                    services.districts(canteens),
                    value="person_times_per_canteen_day",
                    before="previous_person_times_per_canteen_day",
                    note="covered_people",
                ),
                rows=services.districts(canteens),
                source=("services_canteens", chosen),
                alt=_("A bar per district at the person-times per canteen and day, a diamond at the period before."),
                unit=_("person-times per canteen and day; people covered in grey"),
                note=text.sentences(services.canteen_words(services.whole(canteens)), certainty.counted_in_full()),
            )


def people(chosen: Chosen, teams: pd.DataFrame, activities: pd.DataFrame, profile: Profile) -> None:
    """Teams and what each does, activities, and what these achieved."""
    if len(teams):
        ui.card(
            _("Teams and what each does"),
            rows=teams.dropna(axis="columns", how="all"),
            source=("services_teams", chosen),
            alt=_("A row per kind, colour and role of a team: teams, members, communities, sessions."),
            period=_("teams at {date}, sessions of {period}").format(
                date=text.moment(profile.as_of, "date"), period=text.period(chosen["start_month"], chosen["end_month"])
            ),
            note=services.team_words(teams, profile),
            height=row_tables.whole(len(teams)),
        )
    if activities.empty:
        _none(chosen, "service_activities", _("No activity was held in this selection."))
        return
    left, right = st.columns([1.8, 1])
    with left:
        ui.card(
            _("Activities"),
            rows=activities,
            source=("services_activities", chosen),
            alt=_("A row per kind of activity: sessions, people per session, person-times served."),
            note=_("Sessions, people and person-times are three things and never added to one another."),
        )
    with right:
        outcomes = query("services_outcomes", **chosen)
        if len(outcomes):
            ui.card(
                _("What activities achieved"),
                rows=outcomes,
                source=("services_outcomes", chosen),
                alt=_("A row per kind of outcome: amount and sessions."),
                note=_("Every outcome in its own unit; outcomes are not added up."),
            )


def standards(chosen: Chosen, visits: pd.DataFrame, checks: pd.DataFrame, profile: Profile) -> None:
    """Visits to households, points of residents, and the standard of service by district."""
    left, right = st.columns(2)
    with left:
        if len(visits):
            rows = services.judged(services.districts(visits), "visit_rate", profile)
            ui.card(
                _("Households visited in a month, by district"),
                charts.by_place(
                    rows,
                    value="visit_rate",
                    before="previous_visit_rate",
                    note="matters_per_100_visits",
                    signal="signal",
                ),
                rows=rows,
                source=("services_visits", chosen),
                alt=_("A bar per district at the share of households visited, a diamond at the period before."),
                unit=_("share of households in an average month"),
                note=text.sentences(_(services.COMMUNITY_LEVEL), certainty.counted_in_full()),
            )
    with right:
        months = query("services_resident_points", **chosen)
        if len(months):
            ui.card(
                _("Points of residents"),
                charts.point_months(months),
                rows=months,
                source=("services_resident_points", chosen),
                alt=_("Bars of points earned by month, a line of points redeemed."),
                unit=_("points of residents"),
                period=text.period(months["month"].min(), months["month"].max()),
                note=text.sentences(
                    _("Residents taking part are counted per month and not added over months."),
                    _(services.COMMUNITY_LEVEL),
                ),
            )
    if checks.empty:
        _none(chosen, "service_checks", _("The standard of service was not checked in this selection."))
    else:
        ui.card(
            _("Standard of service: share of checks that found it met"),
            charts.standards(
                services.judged(checks, "standard_met_rate", profile),
                names=catalogue.labels("service_standard", profile),
                whole=_("Whole selection"),
            ),
            rows=checks,
            source=("services_checks", chosen),
            alt=_("A row per district, a column per standard, in each cell the share met."),
            unit=_("standards met ÷ standards judged"),
            note=services.check_words(checks, profile),
        )


def _none(chosen: Chosen, table: str, words: str) -> None:
    """Say that a published extract has nothing here; one that is not published was named before."""
    if table not in store.missing_tables(chosen["place"], chosen["edition"]):
        st.info(words, icon=":material/info:")
