"""Parts of the appraisal page: the ranking, its dimensions, awards, programmes for the weak, inspections."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import appraisals, charts, row_tables, text, ui
from dashboard.store import queries, query
from dashboard.text import _


def scores(
    chosen: dict[str, Any],
    ranking: pd.DataFrame,
    dimensions: pd.DataFrame,
    quarters: pd.DataFrame,
) -> None:
    """The ends of the ranking, the course of the dimensions, views from above and below, districts."""
    standard = chosen["pass_score"]
    left, right = st.columns([1.1, 1])
    with left:
        ui.card(
            _("Communities, first and last"),
            charts.standings(appraisals.ends(ranking), pass_score=standard),
            rows=ranking.drop(columns="community_code"),
            source=("appraisal_ranking", chosen),
            alt=_("A dot per community at its total with a line over its 90 % interval, ranks and names above."),
            unit=_("points of 100"),
            period=text.moment(chosen["quarter"], "quarter") if chosen["start_month"] >= chosen["quarter"] else None,
            note=appraisals.ranking_words(ranking),
        )
    with right:
        ui.card(
            _("Course of the dimensions"),
            charts.dimension_course(quarters, words=appraisals.dimension_words(), pass_score=standard),
            rows=quarters,
            source=("appraisal_quarters", chosen),
            alt=_("A line per dimension over the quarters, the standard dotted."),
            unit=_("mean points of communities"),
            period=appraisals.quarters_words(quarters),
        )
        ui.card(
            _("Seen from above and from below"),
            rows=appraisals.dimension_rows(dimensions),
            source=("appraisal_dimensions", chosen),
            alt=_("Table of dimensions with the scores from above and from below."),
            note=_("Superiors and units see from above, residents from below; where both judge, the gap is shown."),
        )
    ui.card(
        _("Dimensions by district"),
        rows=appraisals.by_district(dimensions, ranking),
        source=("appraisal_dimensions", chosen),
        alt=_("Table of districts with mean scores and communities below standard."),
        key="dimension-districts",
    )


def rewards(chosen: dict[str, Any]) -> None:
    """Awards of the year beside the ranking of the year."""
    if not ui.requires("awards"):
        return
    awards, ranking = (
        query("appraisal_awards", **chosen),
        query("appraisal_ranking", **appraisals.year(chosen)),
    )
    if awards.empty:
        st.info(_("No award of the year of this period is reported."), icon=":material/info:")
        return
    ui.card(
        _("Awards of the year"),
        rows=appraisals.with_ranks(awards, ranking),
        source=("appraisal_awards", chosen),
        alt=_("Table of awards with place, amount, and the rank of the year's appraisal."),
        period=text.moment(chosen["end_month"], "year"),
        note=appraisals.award_words(awards),
        height=row_tables.height(awards),
    )


def programmes(chosen: dict[str, Any], rows: pd.DataFrame, ranking: pd.DataFrame) -> None:
    """Weak branches with their progress, and communities below standard with the help they get."""
    if ui.requires("rectifications"):
        _weak(chosen, appraisals.of_kind(rows, "weak_branch"))
    low = appraisals.below(ranking, rows)
    if low.empty:
        if len(ranking):  # nobody appraised: nobody known to meet the standard either
            st.info(_("No community of this selection is below standard."), icon=":material/check:")
        return
    ui.card(
        _("Communities below standard and their help"),
        rows=low,
        source=("appraisal_ranking", chosen),
        alt=_("Table of communities below standard with their scores and the state of help."),
        note=appraisals.below_words(low),
        height=row_tables.height(low),
        key="below",
    )


def _weak(chosen: dict[str, Any], weak: pd.DataFrame) -> None:
    if weak.empty:
        st.info(_("No weak branch is under rectification."), icon=":material/check:")
        return
    ui.card(
        _("Weak branches and their rectification"),
        rows=weak,
        source=("appraisal_programmes", chosen),
        alt=_("Table of weak branches with state, share of measures done, and time limits."),
        note=_("Open at the as-of date, or closed in the period. The longest overdue come first."),
        height=row_tables.height(weak),
    )


def inspections(chosen: dict[str, Any]) -> None:
    """Inspections by kind with what became of their findings."""
    if not ui.requires("inspections"):
        return
    (rows,) = queries("appraisal_inspections", **chosen)
    if rows.empty:
        st.info(_("No inspection is reported for this period."), icon=":material/info:")
        return
    ui.card(
        _("Inspections and their findings"),
        rows=rows,
        source=("appraisal_inspections", chosen),
        alt=_("Table of inspections by kind and by who was inspected."),
        height=row_tables.height(rows),
        note=_("Two-random: who inspects and who is inspected are both drawn by lot."),
    )
