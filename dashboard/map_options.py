"""What the map shows beside metric and level: the view, the classes, the layers; kept in the address, in codes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard import catalogue, drill, filters, map_values, maps, views
from dashboard.store import missing_tables
from dashboard.text import N_, _

VIEWS = {
    "map": N_("Map"),
    "compare": N_("Side by side"),
    "change": N_("Change"),
    "fit": N_("Fit of grids"),
    "table": N_("Table"),
}
PERIODS = {"previous": N_("the period before"), "last_year": N_("a year before")}
STEPS = {"": N_("No time bar"), "month": N_("Months"), "quarter": N_("Quarters")}
SWITCHES = {  # name in the address -> words
    "pinned": N_("Keep this level at every zoom"),
    "extruded": N_("Heights by value"),
    "density": N_("Issue density as hexagons"),
}


@dataclass(frozen=True)
class Options:
    """The view and what it draws.

    `method` makes the classes, one of `maps.methods`; `against` is what is compared with, a period of `PERIODS` or a
    metric; `venues` are kinds of venue drawn as points; `step` is that of the time bar, or ''.
    """

    view: str
    method: str
    against: str
    venues: tuple[str, ...]
    step: str
    is_pinned: bool
    is_extruded: bool
    has_density: bool

    def before(self, chosen: dict[str, Any]) -> dict[str, date] | None:
        """The months that the view compares with, or None if it compares with none."""
        if self.view not in ("compare", "change") or self.against not in PERIODS:
            return None
        return {name: chosen[f"{self.against}_{name}"] for name in ("start_month", "end_month")}


def view() -> str:
    """The view that the address asks for."""
    return views.asked(VIEWS)


def levels() -> tuple[str, ...]:
    """The levels that the view can show: how compounds fit the grids is asked of compounds alone."""
    return ("compound",) if view() == "fit" else tuple(maps.LEVELS)


def enter(here: drill.Position, code: str) -> None:
    """Move into a unit that was clicked; of the finest level, which has nothing inside, tell about it instead."""
    if here.level == levels()[-1]:
        drill.pick(code)
    else:
        drill.go(code)


def metrics(level: str) -> tuple[str, ...]:
    """The metrics that the view has at a level, without those of extracts that the place does not publish."""
    if view() == "fit":
        return (maps.FIT,)
    chosen = filters.chosen()
    missing = missing_tables(chosen["place"], chosen["edition"])
    return tuple(code for code in maps.metrics(level) if maps.EXTRACTS.get(code) not in missing)


def asked(here: drill.Position, goal: dict[str, float]) -> Options:
    """What the address asks for, as far as the view, the metric and its target (`goal`) have it."""
    given = st.query_params
    methods = maps.methods(goal)
    known = [*PERIODS, *metrics(here.level)] if view() == "compare" else [*PERIODS]
    venues = given.get("venues", "").split(",")
    return Options(
        view=view(),
        method=given["classes"] if given.get("classes") in methods else methods[0],
        against=given["against"] if given.get("against") in known and given["against"] != here.metric else known[0],
        venues=tuple(kind for kind in map_values.venue_words() if kind in venues),
        step=given["step"] if given.get("step") in STEPS else "",
        is_pinned="pinned" in given,
        is_extruded="extruded" in given,
        has_density="density" in given,
    )


def draw(here: drill.Position, options: Options, goal: dict[str, float]) -> None:
    """The choices of the view: level and metric, what it compares with, and a box with classes and layers."""
    has_against = options.view in ("compare", "change")
    parts = [2.3, 0.9, 1.0, 0.8, 0.6] if has_against else [1.9, 1.05, 1.0, 0.6]
    box, level, metric, *more = st.columns(parts, vertical_alignment="bottom")
    with box:
        views.draw(VIEWS, options.view, "map-view")
    if options.view == "fit":
        return
    with level:
        drill.level_choice(here)
    with metric:
        drill.metric_choice(here, metrics(here.level))
    if len(more) > 1:
        with more[0]:
            known = [*PERIODS, *(m for m in metrics(here.level) if m != here.metric and options.view == "compare")]
            drill.choice(_("Against"), "against", known, options.against, _against)
    with more[-1]:
        _layers(options, goal)


def _against(code: str) -> str:
    return _(PERIODS[code]) if code in PERIODS else catalogue.title(code)


def _layers(options: Options, goal: dict[str, float]) -> None:
    with st.popover(_("Layers"), icon=":material/layers:", width="stretch", key="map-layers"):
        if options.view != "change":
            methods = maps.methods(goal)
            drill.choice(_("Classes"), "classes", list(methods), options.method, lambda code: _(maps.METHODS[code]))
        if options.view == "map":
            drill.choice(_("Time"), "step", list(STEPS), options.step, lambda code: _(STEPS[code]))
        kinds = map_values.venue_words()
        st.session_state["map-venues"] = list(options.venues)
        st.multiselect(
            _("Venues as points"),
            list(kinds),
            format_func=kinds.get,
            key="map-venues",
            on_change=_keep_venues,
            placeholder=_("None"),
            select_all=False,
        )
        states = (options.is_pinned, options.is_extruded, options.has_density)
        for (name, words), state in zip(SWITCHES.items(), states, strict=True):
            _switch(name, words, state)


def _switch(name: str, words: str, state: bool) -> None:
    key = f"map-{name}"
    st.session_state[key] = state
    st.toggle(_(words), key=key, on_change=_keep_switch, args=(name, key))


def _keep_switch(name: str, key: str) -> None:
    if st.session_state[key]:
        st.query_params[name] = "1"
    else:
        st.query_params.pop(name, None)


def _keep_venues() -> None:
    if st.session_state["map-venues"]:
        st.query_params["venues"] = ",".join(st.session_state["map-venues"])
    else:
        st.query_params.pop("venues", None)


