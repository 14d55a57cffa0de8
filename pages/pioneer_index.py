"""How do members shape up, where, and how does a month become an award?"""

import streamlit as st

from dashboard import catalogue, charts, filters, pioneer_views, pioneers, text, ui
from dashboard.store import place_profile
from dashboard.text import _

chosen = filters.chosen()
profile = place_profile(chosen["place"], chosen["edition"])
scores = pioneers.mean_scores(chosen)
bands, members = pioneers.bands_by_quarter(chosen)
halves = pioneers.half_years(chosen)
awards, candidates = pioneers.awards(chosen)

ui.heading(_("Pioneer index"), question=__doc__)
if members.empty or scores.empty:
    ui.nothing_matches()

month, quarter = st.columns(2)
with month:
    ui.card(
        _("① Month: score"),
        charts.trend(pioneers.lines(scores), metric="mean_score", name=_("Total"), target=None),
        rows=scores,
        source=("pioneer_months", chosen),
        alt=_("Bold line: mean monthly score of members who are not exempt; thin lines: districts."),
        unit=_("mean points of 100"),
        period=text.period(scores["month"].min(), scores["month"].max()),
    )
with quarter:
    ui.card(
        _("② Quarter: bands and stars"),
        charts.people_shares(
            pioneers.written(bands, "quarter"),
            pioneers.written(members, "quarter"),
            group="quarter",
            kind="band",
            words=catalogue.labels("band", profile),
        ),
        rows=bands,
        source=("pioneer_bands", chosen),
        alt=_("A bar per quarter divided by band; the legend gives the shares of the last quarter."),
        unit=_("share of members"),
        period=text.period(bands["quarter"].min(), chosen["end_month"]),
        note=pioneers.hidden_words(bands, members),
    )
half, year = st.columns(2)
with half:
    if ui.requires("redemptions"):
        ui.card(
            _("③ Half-year: redemption"),
            charts.ledger(halves),
            rows=halves,
            source=("pioneer_halves", chosen),
            alt=_("Bars up: points earned; bars down: points redeemed; line: balance."),
            unit=_("reward points"),
            period=text.period(halves["half"].min(), chosen["end_month"]),
            note=pioneers.hidden_words(halves) or _("Redeeming never lowers the index."),
        )
with year:
    if ui.requires("member_reviews"):
        ui.card(
            _("④ Year: award"),
            charts.people_shares(
                pioneers.written(awards, "year"),
                pioneers.written(candidates, "year"),
                group="year",
                kind="award_state",
                words=catalogue.labels("award_state", profile),
            ),
            rows=awards,
            source=("pioneer_years", chosen),
            alt=_("A bar per year divided by who may get an award; the legend gives the last year's shares."),
            unit=_("share of members"),
            period=text.period(scores["month"].min(), chosen["end_month"]),
            note=pioneers.hidden_words(awards, candidates),
        )
pioneer_views.places(chosen)
