"""Two parts of the fortress page for analysts, neither of them official: how far the ranking hangs on its method, and
what other weights, cut-offs or rules would give. What they work out stays in the reader's session."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import access, catalogue, charts, method_runs, text, ui, what_if
from dashboard.scoring import methods
from dashboard.store import place_profile, queries, query
from dashboard.text import N_, _

KEPT = "fortress-method"  # in the session, with what it was worked out for
WIDTHS = (1, 2.4)
OF_A_PART = N_("Ranks among the branches shown. The interval of chance is that of all branches, so it is left out.")


def method(chosen: dict[str, Any], ranking: pd.DataFrame) -> None:
    """How far ranks move under other methods, worked out when the reader asks for it."""
    _banner(_("Not official: other methods on the same evidence. Nothing is saved; official scores stay as they are."))
    count = int(ranking["rank"].notna().sum())
    if count < method_runs.FEWEST:
        st.info(_("Fewer than three ranked branches: there is no order to try."), icon=":material/info:")
        return
    asked = (chosen["place"], chosen["edition"], chosen["quarter"], access.reader(), tuple(ranking["org_id"]))
    st.caption(
        _(
            "Points of the items × 0.75 to 1.25, sum or product of the dimensions, fixed goalposts or the span from "
            "the worst to the best branch: {drawn} methods at random, {designed} more to find what the shift hangs on."
        ).format(drawn=text.number(methods.DRAWS, "count"), designed=text.number(methods.DESIGNED, "count"))
    )
    if st.button(_("Compute"), icon=":material/calculate:", type="primary", key="compute-method"):
        with st.spinner(
            _("Trying {tried} methods on {count} branches, some seconds…").format(
                tried=text.number(methods.DRAWS + methods.DESIGNED, "count"), count=text.number(count, "count")
            )
        ):
            matrix = query("fortress_evidence_matrix", **chosen)
            version = method_runs.rule_sets(chosen["place"], chosen["edition"]).fortress_at(chosen["quarter"])
            st.session_state[KEPT] = (asked, method_runs.run(version, matrix, ranking))
    kept, found = st.session_state.get(KEPT, (None, None))
    if kept != asked:
        return
    movers = method_runs.named(found, ranking)
    words = method_runs.words(place_profile(chosen["place"], chosen["edition"]))
    about = {"source": ("fortress_evidence_matrix", chosen), "period": text.moment(chosen["quarter"], "quarter")}

    ui.tiles(method_runs.tiles(found))
    left, right = st.columns([1, 1.15])
    with left:
        ui.card(
            _("How far the whole ranking moves (not official)"),
            charts.shift_spread(found.spread, words=words),
            rows=found.spread,
            alt=_("Bars: methods by mean rank shift, stacked by aggregation and normalisation."),
            unit=_("number of methods; across: mean rank shift in places"),
            key="shift-spread",
            **about,
        )
        ui.card(
            _("What the shift hangs on (not official)"),
            charts.sensitivity(found.factors, words=words),
            rows=found.factors,
            alt=_("Two bars per factor, first-order and total Sobol index, with 90 % intervals."),
            unit=_("share of the variance of the mean rank shift"),
            note=_("By itself: what goes if it alone is fixed. With all interactions: what stays if all others are."),
            key="sensitivity",
            **about,
        )
    with right:
        shown = movers.head(method_runs.SHOWN)
        note = (
            _("Orange: 90 % of the methods. Blue: 90 % of the draws of chance. Two doubts, neither contains the other.")
            if found.is_whole
            else _(OF_A_PART)
        )
        ui.card(
            _("Who moves most (not official)"),
            charts.method_intervals(shown),
            rows=shown,
            alt=_("A dot per branch at its official rank, lines over its ranks under other methods and by chance."),
            unit=_("rank; at the right: mean shift in places"),
            note=note,
            key="method-intervals",
            **about,
        )
    ui.card(
        _("All ranked branches, who moves most first (not official)"),
        rows=movers,
        alt=_("Table of ranked branches with their official rank, mean shift and both intervals."),
        key="method-branches",
        height=380,
        **about,
    )


def tried(chosen: dict[str, Any], ranking: pd.DataFrame) -> None:
    """The same quarter by the reader's own weights, cut-offs, aggregation or another version of the rules."""
    _banner(_("Not official: nothing is saved. The official score, rank and stars stay as they are."))
    profile = place_profile(chosen["place"], chosen["edition"])
    rules = method_runs.rule_sets(chosen["place"], chosen["edition"])
    choice = what_if.choice(rules, chosen["quarter"])
    asked = {**chosen, "districts": [], "compound_types": []} if choice.base.quota else chosen
    matrix, everyone, summary = queries(
        "fortress_evidence_matrix", "fortress_ranking", "fortress_summary", **asked
    )
    controls, cards = st.columns(WIDTHS)
    with controls, st.container(border=True):
        what_if.draw(choice, rules)
    with cards:
        if not choice.is_possible:
            st.info(_("Give at least one dimension a weight."), icon=":material/info:")
            return
        rows = what_if.results(choice, matrix, ranking, everyone)
        has_stars = not choice.base.quota or what_if.sees_place(everyone, summary)
        if not has_stars:
            rows = what_if.without_stars(rows)
        stars, movers = what_if.star_counts(rows), what_if.movers(rows)
        about = {"source": ("fortress_evidence_matrix", chosen), "period": text.moment(chosen["quarter"], "quarter")}
        ui.tiles(what_if.tiles(rows))
        if has_stars:
            ui.card(
                _("Stars officially and under your choices (not official)"),
                charts.stars_compared(stars, words=catalogue.labels("score_basis", profile)),
                rows=stars,
                alt=_("Two bars divided by stars: the official result and that of your choices."),
                unit=_("share of branches; numbers of branches in the bars"),
                note=_("The quota of stars goes by ranks among all branches of the place, shown or not.")
                if choice.base.quota
                else None,
                key="what-if-stars",
                **about,
            )
        else:
            st.info(
                _(
                    "These rules share stars out by a quota among all branches of the place. You see only a part of "
                    "them, so stars under your choices cannot be worked out; totals and ranks among those shown can."
                ),
                icon=":material/visibility_off:",
            )
        ui.card(
            _("Who moves most under your choices (not official)"),
            charts.moves(movers),
            rows=movers,
            alt=_("A line per branch from its official rank to that under your choices, below it the ranks by chance."),
            unit=_("rank among the branches shown; at the right: places gained or lost"),
            note=_("Blue: 90 % of the draws of chance for the official rank. Chance could make a move within it too.")
            if rows["rank_low"].notna().any()
            else _(OF_A_PART),
            key="what-if-moves",
            **about,
        )
        ui.card(
            _("All branches under your choices (not official)"),
            rows=rows,
            alt=_("Table of branches with their official and other rank, total and stars."),
            key="what-if-branches",
            height=380,
            **about,
        )


def _banner(words: str) -> None:
    st.warning(words, icon=":material/science:")
