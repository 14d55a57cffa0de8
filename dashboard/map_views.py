"""The views of the map page: one map, two side by side, changes, the fit of grids, and the same as a table."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import (
    catalogue,
    charts,
    drill,
    map_exports,
    map_list,
    map_options,
    map_panel,
    map_values,
    map_view,
    maps,
    row_tables,
    text,
    ui,
)
from dashboard.store import place_profile
from dashboard.text import _

MAP, LIST = "map", "map-list"


def draw(here: drill.Position, options: map_options.Options, goal: dict[str, float], chosen: dict[str, Any]) -> None:
    """The view asked for, with the panel of the selected unit beside it."""
    map_values.begin(chosen)
    drill.trail(here, chosen)
    map_options.draw(here, options, goal)
    before = options.before(chosen)
    if options.view == "change":
        chosen |= {"before": before}
    rows = map_values.rows(chosen)
    if rows.empty:
        ui.nothing_matches()
    if rows["value"].isna().all():
        if chosen["compound_types"] and chosen["metric"] in maps.EXTRACTS:
            st.info(
                _("What communities count as a whole has no compound type: with types chosen it is not applicable."),
                icon=":material/info:",
            )
        else:
            st.info(_("No unit has a value here."), icon=":material/info:")
    own = _pane(rows, chosen, options.method)
    panes = _side_by_side(own, chosen, options, before) if options.view == "compare" else [own]
    for pane in [own] if own.scale == panes[0].scale == panes[-1].scale else panes:
        named = f"{catalogue.title(pane.chosen['metric'])}&ensp; " if len(panes) > 1 else ""
        st.markdown(named + maps.legend(pane.rows, pane.scale))
    if here.is_partial:
        count = text.number(len(rows), "count")
        st.caption(_("Of so many units only those in view are counted: {count}.").format(count=count))
    left, right = st.columns([2.2, 1])
    with left:
        if options.view == "table":
            _table(here, rows, chosen)
        else:
            _map(here, options, panes, rows, chosen)
            _list(here, options, own, goal)
    with right:
        map_panel.draw(here.selected, chosen)


def _pane(rows: pd.DataFrame, chosen: dict[str, Any], method: str) -> map_view.Pane:
    shade = st.context.theme.type or "light"
    return map_view.Pane("", rows, map_values.scale(rows, chosen, shade, method), chosen, chosen)


def _side_by_side(
    pane: map_view.Pane,
    chosen: dict[str, Any],
    options: map_options.Options,
    before: dict[str, Any] | None,
) -> list[map_view.Pane]:
    """The earlier period on the left, in the classes of the later one; or another metric on the right, in its own."""
    if before:
        earlier = chosen | before
        rows = map_values.rows(earlier)
        titles = [text.period(each["start_month"], each["end_month"]) for each in (earlier, chosen)]
        return [
            map_view.Pane(titles[0], rows, pane.scale, earlier, chosen),
            map_view.Pane(titles[1], pane.rows, pane.scale, chosen, chosen),
        ]
    other = chosen | {"metric": options.against}
    second = _pane(map_values.rows(other), other, options.method)
    return [
        map_view.Pane(catalogue.title(each.chosen["metric"]), each.rows, each.scale, each.chosen, chosen)
        for each in (pane, second)
    ]


def _map(
    here: drill.Position,
    options: map_options.Options,
    panes: list[map_view.Pane],
    rows: pd.DataFrame,
    chosen: dict[str, Any],
) -> None:
    title = drill.title(here)
    if options.view == "change":
        title = drill.title(here, _("change against {period}").format(period=_period(chosen["before"])))
    ui.card(
        title,
        lambda key: map_view.draw(key, here, options, panes),
        rows=_shown(rows, chosen["metric"], options.against),
        source=(map_values.source(chosen), chosen),
        alt=_("Map of {title}; the same numbers are under Table.").format(title=title),
        note=_note(options, chosen),
        key=MAP,
        files=map_exports.files(chosen),
    )


def _note(options: map_options.Options, chosen: dict[str, Any]) -> str | None:
    if options.view == "change":
        return _("Hatched: the change is within its error (90 %), or a period has no value.")
    if options.venues:
        return _("Venues stand at their compound, or in the middle of their community.")
    return None


def _list(here: drill.Position, options: map_options.Options, pane: map_view.Pane, goal: dict[str, float]) -> None:
    """The units that stand out: the worst, those that changed most, or those that do not fit."""
    metric, rows = pane.chosen["metric"], pane.rows
    source = (map_values.source(pane.chosen), pane.chosen)
    if options.view in ("change", "fit"):
        first = maps.moved(rows) if options.view == "change" else maps.unfit(rows)
        ui.card(
            _("Largest changes beyond error") if options.view == "change" else _("Compounds that fit the grids least"),
            rows=_shown(first, metric, options.against),
            source=source,
            alt=_("Table of the units that stand out."),
            key=LIST,
        )
        return
    profile = place_profile(pane.chosen["place"], pane.chosen["edition"])
    first = maps.ranked(rows, metric, profile.small_cell_limit)
    alt = _("Bars of the units that stand out most, in the colours of the map, with 90% intervals.")
    drawn = charts.units(
        first,
        metric=metric,
        colours=pane.scale.colours_of(first),
        intervals=maps.intervals(first, metric),
        target=goal.get("target"),
    )
    ui.card(
        maps.ranking_title(rows, first, metric),
        lambda key: map_list.draw(key, here, drawn, alt),
        rows=_shown(first, metric),
        source=source,
        alt=alt,
        note=maps.ranking_note(rows, metric, profile.small_cell_limit),
        key=LIST,
    )


def _table(here: drill.Position, rows: pd.DataFrame, chosen: dict[str, Any]) -> None:
    """All units as a table; a ticked row leads into the unit, as a click on the map does."""
    can_tick = len(rows) <= row_tables.ROWS_SENT and here.level != map_options.levels()[-1]
    ticked = ui.card(
        drill.title(here),
        rows=_shown(rows, chosen["metric"]),
        source=(map_values.source(chosen), chosen),
        alt=_("Table of all units with value and base."),
        key=f"{LIST}-table-{here.key}",
        on_select=can_tick,
        height=row_tables.height(rows, 16),
        files=map_exports.files(chosen),
    )
    if can_tick and ticked and ticked.selection.rows:
        drill.go(rows["unit_code"].iat[ticked.selection.rows[0]])
        st.rerun()


def _shown(rows: pd.DataFrame, metric: str, against: str = "previous") -> pd.DataFrame:
    """Rows as a reader checks them: the value under the name of its metric, without what only the map needs."""
    if metric == maps.FIT:
        return rows.drop(columns=["value", "is_hatched", "longitude", "latitude"])
    if "change" in rows:
        told = {"now": "value", "previous_value": f"{against}_value", "change": f"{against}_change"}
        shown = rows.drop(columns=["value", "is_hatched", "longitude", "latitude"])
        return shown.rename(columns=told).assign(metric=metric)
    return rows.rename(columns={"value": metric}).drop(columns="value_variance")


def _period(months: dict[str, Any]) -> str:
    return text.period(months["start_month"], months["end_month"])
