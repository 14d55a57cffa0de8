"""Part of the pioneer page: members by district, category and branch, and the names a branch may see."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, charts, notices, pioneers, text, ui
from dashboard.store import place_profile
from dashboard.text import _


def places(chosen: dict[str, Any]) -> None:
    """Where members shape up how, in the chosen quarter; `chosen` as `filters.chosen` gives it."""
    profile = place_profile(chosen["place"], chosen["edition"])
    quarter = text.moment(chosen["quarter"], "quarter")
    districts, district_members = pioneers.by_district(chosen)
    categories, category_members = pioneers.by_category(chosen)
    stars = pioneers.stars_by_quarter(chosen)
    names, names_note = pioneers.names(chosen)
    words = catalogue.labels("band", profile)
    kinds = catalogue.labels("category", profile)

    left, right = st.columns(2)
    with left:
        ui.card(
            _("Bands by district"),
            charts.people_shares(
                districts, district_members, group="district_name", kind="band", words=words, horizontal=True
            ),
            rows=districts,
            source=("pioneer_bands", chosen),
            alt=_("A bar per district divided by band."),
            unit=_("share of members"),
            period=quarter,
            note=pioneers.hidden_words(districts, district_members),
            key="bands-by-district",
        )
    with right:
        ui.card(
            _("Bands by category"),
            charts.people_shares(
                _labelled(categories, kinds),
                _labelled(category_members, kinds),
                group="category",
                kind="band",
                words=words,
                horizontal=True,
            ),
            rows=categories,
            source=("pioneer_categories", chosen),
            alt=_("A bar per category of members divided by band."),
            unit=_("share of members"),
            period=quarter,
            note=_("Compound types are not told apart here: the cells would be too small.")
            if chosen["compound_types"]
            else pioneers.hidden_words(categories, category_members),
        )
        ui.card(
            _("Starred members by stars"),
            charts.star_counts(stars),
            rows=stars,
            source=("pioneer_bands", chosen),
            alt=_("A bar per quarter divided by stars; hidden numbers have no bar."),
            unit=_("members"),
            period=text.period(stars["quarter"].min(), chosen["end_month"]) if len(stars) else quarter,
            note=pioneers.hidden_words(stars),
            key="stars-by-quarter",
        )
    with st.expander(_("Members by branch and by unit"), key="pioneer-branches", on_change="rerun") as box:
        if box.open:  # finer tables take a moment to be made safe when they are first asked for
            _branches(chosen, quarter)
    if names.empty:
        st.info(names_note, icon=":material/visibility_off:")
    else:
        ui.card(
            _("Starred members of your branch"),
            rows=names,
            source=("pioneer_names", chosen),
            alt=_("Table of masked names with stars."),
            period=quarter,
            note=names_note,
            height=300,
        )
        what = _("stars of the pioneer index")
        said = notices.lines(profile, chosen["quarter"], what)
        heading = notices.title(profile, chosen["quarter"], what)
        ui.notice_button(heading, said, names, ("pioneer_names", chosen), "pioneer-notice")


def _branches(chosen: dict[str, Any], quarter: str) -> None:
    rows = pioneers.branch_table(chosen)
    ui.card(
        _("Members by branch"),
        rows=rows,
        source=("pioneer_branches", chosen),
        alt=_("Table of branches: rated members, starred ones, their share and the mean score."),
        period=quarter,
        note=text.sentences(
            _("Rated members only. <5: fewer than 5 people; *: hidden to protect such numbers."),
            _("Largest share first; among few members one more moves a branch far, so the order may be chance."),
        ),
        height=400,
    )
    units = pioneers.unit_type_table(chosen)
    if len(units):
        ui.card(
            _("Members by kind of unit"),
            rows=units,
            source=("pioneer_unit_types", pioneers.unfiltered(chosen)),
            alt=_("Table of kinds of unit: rated members, starred ones, their share and the mean score."),
            period=quarter,
            note=_("By the unit that members work for, over the whole place: districts would be too fine to be safe."),
        )


def _labelled(rows: pd.DataFrame, words: dict[str, str]) -> pd.DataFrame:
    return rows.assign(category=rows["category"].map(words).fillna(rows["category"]))
