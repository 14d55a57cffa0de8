"""Four parts of the page of issues: where we stand, the loop, the overdue list with one issue, hot spots.

Each asks its queries, then draws its cards.
"""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, certainty, charts, headlines, issues, row_tables, text, ui
from dashboard.profile import Profile
from dashboard.store import queries, query
from dashboard.text import _


def state(chosen: dict[str, Any], districts: pd.DataFrame, profile: Profile) -> None:
    """How much is late, where and with whom; the rates, promises and the combined score."""
    chosen = {**chosen, "small_cell_limit": profile.small_cell_limit}
    metrics, units, promises, backlog = queries(
        "overview_metrics", "issues_units", "issues_promises", "issues_backlog", **chosen
    )
    promises = issues.with_targets(promises, profile)
    own = issues.ranked(districts)

    st.markdown(issues.summary(districts, units, profile))
    rates = headlines.with_signal(metrics[metrics["level"] == "selection"], profile)
    for line in issues.tiles(districts, rates, units, profile):
        ui.tiles(line, ("issues_districts", chosen))
    st.caption(headlines.legend())
    left, right = st.columns(2)
    with left:
        ui.card(
            _("Service promises kept"),
            charts.promises(promises),
            rows=promises,
            source=("issues_promises", chosen),
            alt=_("A bar per promise at the share kept, the target as a line, the period before as a diamond."),
            unit=_("share of issues, kept / promised"),
            note=_(
                "The simple track is to be resolved in hours, the complex one planned in working days. When a plan was "
                "made is not in the extracts, so that promise cannot be judged. Line: target; ◇ period before."
            ),
        )
    with right:
        ui.card(
            _("Overdue at the end of each month"),
            charts.trend(_as_trend(backlog), metric="overdue_issues", name=_("Total"), target=None),
            rows=backlog,
            source=("issues_backlog", chosen),
            alt=_("Line of the number of overdue issues at the end of each month, over two years."),
            unit=_("issues"),
            period=text.period(backlog["month"].min(), backlog["month"].max()) if len(backlog) else None,
        )
    ui.card(
        _("Combined score and backlog by district"),
        charts.lights(issues.by_district(own, profile)),
        rows=own,
        source=("issues_districts", chosen),
        alt=_("Table of districts: combined score, its three rates, overdue issues and their change."),
        note=text.sentences(issues.weights_words(chosen), certainty.words(own)),
        key="issues-by-district",
    )
    ui.card(
        _("Backlog by responsible unit"),
        rows=units,
        source=("issues_units", chosen),
        alt=_("Table of responsible units: overdue issues, their change, and how soon what fell due was closed."),
        note=text.sentences(
            _("Largest backlog first; the unit is the one on record now."), certainty.counted_in_full()
        ),
        height=min(560, row_tables.whole(len(units))),
    )


def loop(chosen: dict[str, Any], profile: Profile) -> None:
    """How far issues come, how long each step takes, who solves them, and families by phase."""
    funnel, times, levels, families = queries(
        "issues_funnel", "issues_step_times", "issues_levels", "issues_families", **chosen
    )

    left, right = st.columns(2)
    with left:
        ui.card(
            _("From report to closing"),
            charts.funnel(funnel, words=catalogue.labels("step", profile)),
            rows=funnel,
            source=("issues_funnel", chosen),
            alt=_("A bar per step at the share of reported issues that reached it; void issues apart, below."),
            unit=_("issues reported in the period"),
            note=_(
                "Issues of the last days are still on their way. ◇ period before. Void issues: share of all reported."
            ),
        )
    with right:
        ui.card(
            _("Who solves what"),
            charts.levels(
                levels,
                families=profile.labels("issue_families", text.language()),
                names=catalogue.labels("resolved_level", profile),
            ),
            rows=levels,
            source=("issues_levels", chosen),
            alt=_("Bands from families of issues to the level that solved them, as wide as their number."),
            unit=_("issues closed as resolved in the period"),
        )
    ui.card(
        _("Time between steps"),
        rows=times,
        source=("issues_step_times", chosen),
        alt=_("Table of steps: how many, median and 90th percentile in hours, now and in the period before."),
        unit=_("hours since the step before"),
        note=_(
            "Steps done in the period. Read from classes of time 10 % wide, interpolated: at most 10 % off, as a rule "
            "less than 1 %."
        ),
    )
    ui.card(
        _("Families and phases"),
        rows=families,
        source=("issues_families", chosen),
        alt=_("Table of families by phase, with closing, on-time closing and satisfaction rates and what they count."),
        note=_("Phases: issues reported in the period, by the phase they are in now. 0 is a reported zero."),
    )


def overdue(chosen: dict[str, Any], profile: Profile) -> None:
    """The overdue list at the as-of date, and one issue with its timeline."""
    units = query("issues_overdue_units", **chosen)
    as_of = _("as of {date}").format(date=text.moment(chosen["as_of"], "date"))
    if units.empty:
        st.info(_("No issue is overdue in this selection."), icon=":material/check:")
    else:
        part = {**chosen, **issues.draw_part(units, profile)}
        rows = query("issues_overdue", **part)
        total = issues.matching(units, part["owner_unit"], part["progress"])
        key = issues.key_of("issues_overdue", rows["issue_id"])
        issues.follow_tick(rows, key)
        ui.card(
            _("Overdue issues, the oldest first"),
            rows=rows,
            source=("issues_overdue", part),
            alt=_("Table of overdue issues with days overdue, place, matter, responsible unit and times."),
            period=as_of,
            note=_(
                "Rows {first} to {last} of {total}, of which {returned} returned. Tick a row for its timeline."
            ).format(
                first=text.number(part["row_offset"] + 1 if len(rows) else 0, "count"),
                last=text.number(part["row_offset"] + len(rows), "count"),
                total=text.number(total, "count"),
                returned=text.number(issues.matching(units, part["owner_unit"], "returned"), "count"),
            ),
            key=key,
            on_select=True,
            height=min(380, row_tables.whole(len(rows))),
        )
    issue_id = st.query_params.get("issue", "")
    issues.draw_search(issue_id)
    if issue_id:
        _one({**chosen, "issue_id": issue_id}, as_of)


def _one(chosen: dict[str, Any], as_of: str) -> None:
    facts = query("issues_one", **chosen)
    if facts.empty:
        st.warning(_("There is no issue of this ID among those you may see."), icon=":material/search_off:")
        return
    timeline = query("issues_timeline", **chosen)
    ui.card(
        _("The chosen issue"),
        rows=facts,
        source=("issues_one", chosen),
        alt=_("Table of one row: where, what, whose, its status and how it ended."),
        period=as_of,
    )
    ui.card(
        _("Its timeline and promises"),
        rows=timeline,
        source=("issues_timeline", chosen),
        alt=_("Table of steps, then of promises: when, how long it waited, the limit and whether it was kept."),
        period=as_of,
        note=_(
            "Steps wait since the step before, promises run from the report. A step that is missing has waited until "
            "the as-of date. The limit of closing is the due time."
        ),
    )


def places(chosen: dict[str, Any]) -> None:
    """Compounds with more issues per household than chance explains, with the way to the map."""
    spots = query("issues_hot_spots", **chosen)
    if spots.empty:
        st.info(_("No compound reports more than chance explains."), icon=":material/check:")
        return
    ticked = ui.card(
        _("Compounds that report more than chance explains"),
        rows=spots.drop(columns=["community_code", "hot_spot_count"]),
        source=("issues_hot_spots", chosen),
        alt=_("Table of compounds: issues per 100 households, times those of its type, and the lower bound of that."),
        note=_(
            "{count} compounds in all, the surest first. Compared with compounds of the same type. Issues are taken as "
            "independent; where many report one event, chance is wider. Tick a row for the map."
        ).format(count=text.number(spots["hot_spot_count"].iloc[0], "count")),
        key=issues.key_of("issues_hot_spots", spots["compound_id"]),
        on_select=True,
        height=min(800, row_tables.whole(len(spots))),
    )
    for row in ticked.selection.rows if ticked else []:
        unit = {"unit": spots["community_code"].iloc[row], "level": "compound", "metric": "issues_per_100_households"}
        st.page_link("../pages/grid_map.py", label=_("Show on the map"), icon=":material/map:", query_params=unit)


def _as_trend(backlog: pd.DataFrame) -> pd.DataFrame:
    return backlog.rename(columns={"overdue_issues": "value"}).assign(level="selection", district_name=None)
