"""Venues and money of a year: the four figures above the page, and the kind of venue looked at."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, certainty
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import _, number


def tiles(kinds: pd.DataFrame, items: pd.DataFrame) -> list[dict[str, Any]]:
    """Venues, those that meet the norm, the year's budget and what of it is spent; None where not reported."""
    judged, accounted = kinds["judged_count"].sum(), items["accounted_yuan"].sum()
    return [
        {
            "title": _("Venues"),
            "value": kinds["venue_count"].sum() if len(kinds) else None,
            "kind": "count",
            "note": _("{count} kinds").format(count=len(kinds)),
        },
        {
            "title": catalogue.title("venue_norm_rate"),
            "value": kinds["meeting_count"].sum() / judged if judged else None,
            "kind": "share",
            "definition": _(catalogue.COLUMNS["venue_norm_rate"].definition),
            "note": _("of {count} venues with a norm and a known area").format(count=number(judged, "count")),
        },
        {
            "title": _("Budget of the year"),
            "value": items["budget_yuan"].sum() / 1e4 if len(items) else None,
            "kind": "number",
            "note": _("ten thousand yuan"),
        },
        {
            "title": catalogue.title("spending_rate"),
            "value": items["spent_yuan"].sum() / accounted if accounted else None,
            "kind": "share",
            "definition": _(catalogue.COLUMNS["spending_rate"].definition),
            "note": _("lines without reported spending: {count}").format(
                count=number(items["unreported_count"].sum(), "count")
            ),
        },
    ]


def choice(kinds: pd.DataFrame) -> str:
    """The kind of venue whose areas are shown, kept in the address."""
    codes = list(kinds["venue_kind"])
    names = catalogue.labels("venue_kind", None)
    return st.selectbox(
        _("Areas of"), codes, format_func=lambda code: names.get(code, code), key="venue_kind", bind="query-params"
    )


def kind_name(kind: str, profile: Profile) -> str:
    """What a reader calls a kind of venue."""
    return catalogue.labels("venue_kind", profile).get(kind, kind)


def ranked(districts: pd.DataFrame) -> pd.DataFrame:
    """Districts with the ranks, 1 the best, that chance leaves open to their share of venues meeting the norm."""
    errors = certainty.share_errors(districts["meeting_count"], districts["judged_count"])
    return certainty.with_ranks(districts, districts["venue_norm_rate"], errors)


def by_class(sources: pd.DataFrame, profile: Profile) -> theme.Rows:
    """Rows for the figure of who pays: classes in words, sums in ten thousand yuan."""
    classes = catalogue.labels("renovation_class", profile)
    return [
        row
        | {
            "renovation_class": classes.get(row["renovation_class"], row["renovation_class"]),
            "ten_thousand_yuan": row["source_yuan"] / 1e4,
        }
        for row in theme.records(sources)
        if row["source_yuan"] == row["source_yuan"]
    ]


def gap_words(sources: pd.DataFrame) -> str | None:
    """Of how many projects the money is not fully known: what is not reported is not taken for nothing paid."""
    once = sources.drop_duplicates("renovation_class")
    if not once["money_gap_count"].sum():
        return None
    return _("{count} of {total} projects leave a source unreported; it is not counted as 0.").format(
        count=number(once["money_gap_count"].sum(), "count"), total=number(once["project_count"].sum(), "count")
    )


def whole(buildings: pd.DataFrame) -> str:
    """How many buildings of both kinds the selection has."""
    row = buildings[buildings["level"] == "selection"].iloc[0]
    return _("In all: {homes} residential and {offices} business buildings.").format(
        homes=number(row["residential_building_count"], "count"),
        offices=number(row["commercial_building_count"], "count"),
    )
