"""Parts of the page of venues and funding: where venues stand, the money of the year, renovations, buildings."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, certainty, charts, text, ui, venues
from dashboard.profile import Profile
from dashboard.store import queries, query
from dashboard.text import _

FEW_WORKS, WORKS_HEIGHT = 10, 423  # rows shown without scrolling; pixels of eleven with their header


def places(chosen: dict[str, Any], kinds: pd.DataFrame, profile: Profile) -> None:
    """Venues by kind, their areas against the norm, what they offer, and districts, weakest first."""
    districts, functions = queries("venues_and_funding_districts", "venues_and_funding_functions", **chosen)
    districts = venues.ranked(districts)
    day = _("until {month}").format(month=text.moment(chosen["end_month"], "month"))
    is_typed = bool(chosen["compound_types"])
    note = _("A type of compound leaves only venues that belong to one compound.") if is_typed else None
    ui.card(
        _("Venues by kind"),
        rows=kinds,
        source=("venues_and_funding_kinds", chosen),
        alt=_("A row per kind of venue: number, how built, area, share that meets the norm."),
        period=day,
        note=note,
    )
    kind = venues.choice(kinds)
    areas = query("venues_and_funding_areas", **chosen, venue_kind=kind)
    left, right = st.columns(2)
    with left:
        ui.card(
            _("{kind}: areas").format(kind=venues.kind_name(kind, profile)),
            charts.areas(areas),
            rows=areas,
            source=("venues_and_funding_areas", {**chosen, "venue_kind": kind}),
            alt=_("Bars of venues by area; a dashed line at the norm."),
            unit=_("venues"),
            period=day,
        )
        ui.card(
            _("What the venues offer"),
            rows=functions,
            source=("venues_and_funding_functions", chosen),
            alt=_("A row per kind of venue and function: how many offer it and their share."),
            period=day,
            height=320,
        )
    with right:
        ui.card(
            _("Venues by district, weakest first"),
            rows=districts.drop(columns="district_code"),
            source=("venues_and_funding_districts", chosen),
            alt=_("A row per district: venues, share that meets the norm, share with all unified items."),
            period=day,
            note=certainty.words(districts) or None,
        )


def money(chosen: dict[str, Any], items: pd.DataFrame) -> None:
    """Budget and spending of the year by item and by district."""
    districts = query("venues_and_funding_money", **chosen)
    year = text.moment(chosen["end_month"], "year")
    is_typed = bool(chosen["compound_types"])
    note = _("A type of compound leaves only lines paid to compounds and branches.") if is_typed else None
    ui.card(
        _("Money of the year by item"),
        rows=items,
        source=("venues_and_funding_items", chosen),
        alt=_("A row per item, payer and payee: budget, spending, share spent and made public."),
        period=year,
        note=note,
    )
    ui.card(
        _("Money of the year by district"),
        rows=districts.drop(columns="district_code"),
        source=("venues_and_funding_money", chosen),
        alt=_("A row per district: budget, spending, share spent and made public, budget per household."),
        period=year,
        note=note,
    )


def renovations(chosen: dict[str, Any], works: pd.DataFrame, sources: pd.DataFrame, profile: Profile) -> None:
    """Works of renovations with their acceptance, and who pays for them, by class."""
    if not ui.requires("renovations"):
        return
    if works.empty:
        st.info(_("No renovation was under way in this year and selection."), icon=":material/info:")
        return
    year = text.moment(chosen["end_month"], "year")
    ui.card(
        _("Who pays for renovations"),
        charts.composition(
            venues.by_class(sources, profile),
            group="renovation_class",
            kind="money_source",
            words=catalogue.labels("money_source", profile),
            amount="ten_thousand_yuan",
            share="source_share",
        ),
        rows=sources,
        source=("venues_and_funding_sources", chosen),
        alt=_("A bar per class of works divided by who pays: government, society, residents."),
        unit=_("share of the money; with the numbers: ten thousand yuan"),
        period=year,
        note=venues.gap_words(sources),
    )
    ui.card(
        _("Renovations by class and works"),
        rows=works,
        source=("venues_and_funding_renovations", chosen),
        alt=_("A row per class and works: projects, finished ones, road, walls and lighting accepted."),
        period=year,
        note=_("Projects under way in the year. Acceptances stand on those finished in it."),
        height=WORKS_HEIGHT if len(works) > FEW_WORKS else None,
    )


def buildings(chosen: dict[str, Any], rows: pd.DataFrame) -> None:
    """Residential and business buildings, by district."""
    if not ui.requires("buildings"):
        return
    if rows.empty:
        st.info(_("No building of this selection is on the register."), icon=":material/info:")
        return
    only_typed = _("A type of compound leaves only buildings that stand in a compound.")
    ui.card(
        _("Buildings by district"),
        rows=rows[rows["level"] == "district"].drop(columns=["level", "district_code"]),
        source=("venues_and_funding_buildings", chosen),
        alt=_("A row per district: residential and business buildings, entrances, buildings per compound."),
        period=text.moment(chosen["as_of"], "date"),
        note=only_typed if chosen["compound_types"] else venues.whole(rows),
    )
