"""Two parts of the fortress page: what moved, and one branch in full. Each asks its queries, then draws its cards."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import branch_words, branches, charts, exports, method_runs, notices, text, ui
from dashboard.store import place_profile, queries, query
from dashboard.text import N_, _

COMPARISONS = {
    "previous": N_("Largest movements on the quarter before"),
    "last_year": N_("Largest movements on a year before"),
}


def notice(chosen: dict[str, Any], ranking: pd.DataFrame, summary: pd.Series) -> None:
    """What is made public at the end of the quarter: both ends of the list on screen, the whole list as a file."""
    profile = place_profile(chosen["place"], chosen["edition"])
    what, quarter = _("stars of the fortress index"), chosen["quarter"]
    lines = notices.lines(profile, quarter, what, summary["rule_name"], exports.part(chosen))
    source = ("fortress_ranking", chosen)
    ui.card(
        _("Public notice of the quarter"),
        rows=notices.ends(ranking),
        source=source,
        alt=_("Table of the first and last three branches with stars, total and change on a year before."),
        period=text.moment(quarter, "quarter"),
        note=notices.words(lines),
        key="notice",
    )
    ui.notice_button(notices.title(profile, quarter, what), lines, notices.branches(ranking), source, "fortress-notice")


def movement(chosen: dict[str, Any]) -> None:
    """Who rose and fell, and who has no rank; `chosen` as `filters.chosen` gives it."""
    quarter = text.moment(chosen["quarter"], "quarter")
    rows, counts, unranked = queries(
        "fortress_movements", "fortress_movement_counts", "fortress_unranked", **chosen
    )

    for column, (comparison, title) in zip(st.columns(2), COMPARISONS.items(), strict=True):
        own = rows[rows["comparison"] == comparison]
        with column:
            ui.card(
                _(title),
                charts.movements(own),
                rows=own,
                source=("fortress_movements", chosen),
                alt=_("A dot per branch at its change, a line over its interval; hollow means within error."),
                unit=_("index points"),
                period=quarter,
                note=branch_words.movement_words(counts, comparison),
                key=f"movements-{comparison}",
            )
    if unranked.empty:
        st.info(_("Every branch scored in this quarter has a rank."), icon=":material/check:")
    else:
        ui.card(
            _("Branches without a rank"),
            rows=unranked,
            source=("fortress_unranked", chosen),
            alt=_("Table of vetoed branches and of those with too much not reported."),
            period=quarter,
        )


def funnels(chosen: dict[str, Any]) -> None:
    """Closing and satisfaction of every branch between the limits of chance; a click on a dot opens the branch."""
    for column, (item, title) in zip(st.columns(2), branches.FUNNELS.items(), strict=True):
        asked = {**chosen, "item_code": item}
        rows = query("fortress_funnel", **asked)
        with column:
            if rows.empty:
                st.info(_("No branch of this selection has cases of: {item}.").format(item=_(title)))
                continue
            ui.card(
                _(title),
                charts.chance_funnel(rows),
                rows=rows,
                source=("fortress_funnel", asked),
                alt=_("A dot per branch at its number of cases and its rate, between limits of 95 % and 99.8 %."),
                unit=_("rate; across: cases of the branch in the quarter"),
                period=text.moment(chosen["quarter"], "quarter"),
                note=branch_words.funnel_words(rows),
                key=item,
                on_select=True,
            )


def profile(chosen: dict[str, Any], org_id: str, ranking: pd.DataFrame, bands: pd.DataFrame) -> None:
    """One branch: how sure, in which dimensions, item by item, over time, and the rows behind.

    `ranking` has the branches to choose from, `bands` the star bands.
    """
    chosen = {**chosen, "org_id": org_id}
    quarter = text.moment(chosen["quarter"], "quarter")
    branch = query("fortress_branch", **chosen).iloc[0]
    branch = branch.where(branch.notna(), None)
    items, dimensions, history = queries("fortress_items", "fortress_dimensions", "fortress_history", **chosen)
    steps = branches.steps(items, branch)

    branches.draw_branch(ranking, org_id)
    labels = branches.labels(place_profile(chosen["place"], chosen["edition"]))
    ui.tiles(branches.branch_tiles(branch, labels))
    if branch["total"] is None:
        st.info(_("Nothing was reported of this branch in this quarter, so it has no score."), icon=":material/info:")
        return
    left, right = st.columns(2)
    with left:
        ui.card(
            _("Dimensions beside the peers"),
            charts.dimension_profile(dimensions),
            rows=dimensions,
            source=("fortress_dimensions", chosen),
            alt=_("Five aligned scales: the branch, the mean of its peers, the middle 80 % of them."),
            unit=_("points"),
            period=quarter,
            note=branch_words.peers_words(branch, labels),
        )
        ui.card(
            _("Twelve quarters"),
            charts.score_history(history, bands=bands),
            rows=history,
            source=("fortress_history", chosen),
            alt=_("Line of the total with its interval, the mean of the peers dashed, star bands marked."),
            period=text.period(history["quarter"].iloc[0], chosen["end_month"]),
        )
    with right:
        ui.card(
            _("From the mean of the peers to this branch"),
            charts.waterfall(steps, start=branch["peer_total"], end=branch["total"]),
            rows=steps,
            source=("fortress_items", chosen),
            alt=_("Waterfall: what each item adds or takes against the mean of the peers."),
            unit=_("index points"),
            period=quarter,
            note=_("Hatched: not reported or not applicable here, so only the points of the peers are missing."),
            key="steps",
        )
    _how_sure(chosen, branch, quarter, bands["stars"].max())
    ui.card(
        _("Every point and its evidence"),
        rows=items,
        source=("fortress_items", chosen),
        alt=_("Table of items with points, numerator, denominator, state, origin and definition."),
        period=quarter,
        note=_("Rule set: {name}").format(name=branch["rule_name"]),
        height=520,
    )
    evidence = branches.draw_evidence()
    rows = query(evidence, **chosen)
    ui.card(
        _("Rows behind {item}").format(item=_(branches.EVIDENCE[evidence])),
        rows=rows,
        source=(evidence, chosen),
        alt=_("Table of the issues counted in this item."),
        period=quarter,
        note=branch_words.evidence_words(evidence, rows, items),
        height=min(320, 37 * len(rows) + 40),
    )


def _how_sure(chosen: dict[str, Any], branch: pd.Series, quarter: str, most_stars: int) -> None:
    """Who can be told from this branch, and the shortest ways to its next star; only a ranked branch has either."""
    rules = method_runs.rule_sets(chosen["place"], chosen["edition"]).fortress_at(chosen["quarter"])
    neighbours, ways, quotas = queries(
        "fortress_neighbours", "fortress_next_star", "fortress_star_quota", **chosen, quota_shares=list(rules.quota)
    )
    left, right = st.columns(2)
    with left:
        if len(neighbours):
            ui.card(
                _("Is it better than those around it?"),
                rows=neighbours,
                source=("fortress_neighbours", chosen),
                alt=_("Table of the branches around this one with the chance that this one is better."),
                period=quarter,
                note=branch_words.neighbours_words(branch),
            )
    with right:
        if len(ways):
            ui.card(
                _("What would lift it to the next star"),
                rows=ways.drop(columns="star_gap"),
                source=("fortress_next_star", chosen),
                alt=_("Table of items with points left and the cases that would bring the next star."),
                period=quarter,
                note=branch_words.way_words(ways["star_gap"].iloc[0], quotas),
            )
        elif len(quotas) and quotas["is_score_reached"].all():
            st.info(branch_words.quota_words(quotas.iloc[0]), icon=":material/military_tech:")
        elif branch["stars"] == most_stars:
            st.info(_("It has the most stars there are."), icon=":material/star:")
        elif len(neighbours):
            st.info(_("No item has points left: deductions hold its stars back."), icon=":material/info:")
