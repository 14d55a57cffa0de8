"""Parts of the workforce page: staffing, make-up, careers, stationing, trainings and the levels of the network."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, certainty, charts, text, ui, workforce
from dashboard.profile import Profile
from dashboard.store import queries
from dashboard.text import _

LIST_HEIGHT, ROWS_WHOLE = 340, 8
SHORT_ROWS = 200  # communities listed


def staffing(chosen: dict[str, Any], counts: pd.DataFrame, months: pd.DataFrame, profile: Profile) -> None:
    """The finding, workers per micro-grid by district and month, and the numbers behind them."""
    whole, districts = workforce.parted(counts, profile)
    target = profile.targets.get(workforce.METRIC, {}).get("target")
    ui.tiles(workforce.tiles(whole, months, profile), ("workforce_districts", chosen))
    words = workforce.finding(whole, districts)
    if not words:
        st.info(_("No grid worker is on record for this selection."), icon=":material/info:")
        return
    _said(words, is_short=workforce.is_short(whole))
    if chosen["compound_types"]:
        st.caption(_("Workers serve grids and communities: only stationing and teams follow the type of compound."))
    day = _day(chosen)
    left, right = st.columns(2)
    with left:
        ui.card(
            _("Grid workers per micro-grid, by district"),
            charts.staffing(districts, kinds=workforce.kinds(), target=target),
            rows=workforce.table(districts),
            source=("workforce_districts", chosen),
            alt=_("A bar per district, weakest first, divided by kind of worker; a dotted line at the target."),
            unit=_("grid workers ÷ micro-grids; behind the name both numbers"),
            period=day,
            note=certainty.counted_in_full(),
            key="staffing",
        )
    with right:
        ui.card(
            _("Grid workers per micro-grid, by month"),
            charts.trend(months, metric=workforce.METRIC, name=_("Whole selection"), target=target),
            rows=workforce.course(months, _("Whole selection")),
            source=("workforce_months", chosen),
            alt=_("Line of the whole selection over the months, districts thin behind it, the target dashed."),
            unit=_("grid workers ÷ micro-grids"),
            period=_("until {month}").format(month=text.moment(chosen["end_month"], "month")),
            note=_("Micro-grids are those of the as-of date in every month."),
        )
    ui.card(
        _("Workers by district"),
        rows=workforce.table(districts),
        source=("workforce_districts", chosen),
        alt=_("A row per district: grids, micro-grids, workers by kind, per micro-grid and short of."),
        period=day,
        note=_("A kind that a district never had on record is not reported, which is not 0."),
    )


def make_up(chosen: dict[str, Any]) -> None:
    """Communities short of workers, where workers come from and what they do."""
    short, makeup = queries("workforce_communities", "workforce_makeup", **chosen, row_limit=SHORT_ROWS)
    day = _day(chosen)
    if short.empty:
        st.info(_("No community has fewer grid workers than micro-grids."), icon=":material/check:")
    else:
        ui.card(
            _("Communities short of grid workers"),
            rows=short,
            source=("workforce_communities", {**chosen, "row_limit": SHORT_ROWS}),
            alt=_("Table of communities with fewer workers than micro-grids, those that lack most first."),
            period=day,
            note=text.sentences(
                _("At most {count} communities, those that lack most first.").format(count=SHORT_ROWS),
                certainty.counted_in_full(),
            ),
            height=_height(short),
        )
    parts = (("source", _("Where workers come from")), ("role", _("Posts of workers")))
    for column, (name, title) in zip(st.columns(2), parts, strict=True):
        with column:
            own = workforce.part(makeup, name)
            ui.card(
                title,
                rows=own,
                source=("workforce_makeup", chosen),
                alt=_("Table of workers in post by kind, with their share of the kind."),
                period=day,
                key=f"makeup-{name}",
                height=_height(own),
            )


def careers(chosen: dict[str, Any], profile: Profile) -> None:
    """Which careers workers made in the period."""
    [moves] = queries("workforce_moves", **chosen)
    if moves.empty:
        st.info(_("No career move is on record for this selection."), icon=":material/info:")
        return
    left, right = st.columns([1, 2])
    with left:
        ui.card(
            _("Careers of workers"),
            charts.careers(
                moves,
                kinds=catalogue.labels("worker_kind", profile),
                moves=catalogue.labels("move_type", profile),
            ),
            rows=moves,
            source=("workforce_moves", chosen),
            alt=_("A bar per career move, divided by the kind of worker before; an upright line at the year before."),
            unit=_("career moves"),
            note=workforce.moves_words(moves),
            key="careers",
        )
    with right:
        ui.card(
            _("Career moves and the share who made them"),
            rows=moves,
            source=("workforce_moves", chosen),
            alt=_(
                "A row per kind of worker and move: in the period, before, a year before, so far, share of the kind."
            ),
            unit=_("career moves"),
        )


def stations(chosen: dict[str, Any]) -> None:
    """Workers stationed in hard and demonstration compounds."""
    [rows] = queries("workforce_stations", **chosen)
    if rows.empty:
        st.info(_("No compound of this selection is a hard case or a demonstration."), icon=":material/info:")
        return
    ui.card(
        _("Workers stationed in hard and demonstration compounds"),
        rows=_whole_named(rows),
        source=("workforce_stations", chosen),
        alt=_("A row for the whole selection and one per district: compounds, those with workers, workers stationed."),
        period=_day(chosen),
        note=_("A hard case that is also a demonstration counts as a hard case."),
    )


def support(chosen: dict[str, Any], profile: Profile) -> None:
    """The levels of the network, and the roles that teams play in compounds where the place names roles."""
    roles = profile.codes("compound_roles")
    levels, teams = queries(
        "workforce_network",
        "workforce_team_roles",
        **chosen,
        roles=roles,
        small_cell_limit=profile.small_cell_limit,
    )
    as_of = text.moment(profile.as_of, "date")
    ui.card(
        _("Levels of the network"),
        rows=levels,
        source=("workforce_network", {**chosen, "small_cell_limit": profile.small_cell_limit}),
        alt=_("A row per level from district to micro-grid: units, service centres, workers placed, report-ins."),
        period=as_of,
        note=_("Centres stand at three levels, grids below them: a level without centres is no gap."),
    )
    if roles and ui.requires("teams"):
        ui.card(
            _("Roles of teams in compounds"),
            rows=teams,
            source=("workforce_team_roles", {**chosen, "roles": roles}),
            alt=_("A row per role that the place names: teams, compounds with such a team, headcount."),
            period=as_of,
            note=_("A role that no team plays is 0."),
        )


def trainings(chosen: dict[str, Any]) -> None:
    """Trainings of the period by kind and audience."""
    [held] = queries("workforce_trainings", **chosen)
    if held.empty:
        st.info(_("No training was held in this selection."), icon=":material/info:")
        return
    ui.card(
        _("Trainings of the period"),
        rows=held,
        source=("workforce_trainings", chosen),
        alt=_("A row per kind of training and audience: trainings, the period before, person-times, hours."),
        note=_("Person-times, not persons: whoever attends twice counts twice."),
    )


def _said(words: str, *, is_short: bool) -> None:
    if is_short:
        st.warning(words, icon=":material/group_off:")
    else:
        st.success(words, icon=":material/group:")


def _whole_named(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose first, the whole selection, is named so; a selection of one district stays one row."""
    if len(rows) < 3:
        return rows.tail(1).drop(columns="level")
    return rows.assign(district_name=rows["district_name"].fillna(_("Whole selection"))).drop(columns="level")


def _height(rows: pd.DataFrame) -> int | None:
    return LIST_HEIGHT if len(rows) > ROWS_WHOLE else None


def _day(chosen: dict[str, Any]) -> str:
    return _("end of {month}").format(month=text.moment(chosen["end_month"], "month"))
