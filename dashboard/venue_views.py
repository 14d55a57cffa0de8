"""The two parts of the page of venues and funding: where venues stand, and where the money of the year goes."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts, text, ui, venues
from dashboard.profile import Profile
from dashboard.store import queries, query
from dashboard.text import _


def places(chosen: dict[str, Any], kinds: pd.DataFrame, profile: Profile) -> None:
    """Venues by kind, their areas against the norm, what they offer, and districts, weakest first."""
    districts, functions = queries("venues_and_funding_districts", "venues_and_funding_functions", **chosen)
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
            rows=districts,
            source=("venues_and_funding_districts", chosen),
            alt=_("A row per district: venues, share that meets the norm, share with all unified items."),
            period=day,
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
        rows=districts,
        source=("venues_and_funding_money", chosen),
        alt=_("A row per district: budget, spending, share spent and made public, budget per household."),
        period=year,
        note=note,
    )
