"""Where on the map the reader is: kept in the address, moved by clicks, the breadcrumb and two choices.

The address says `?unit=…&level=…&metric=…` in codes; a copied link, a reload and the browser's back button
show the same. Widgets follow the address, never the other way round.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, maps, text
from dashboard.store import place_profile, query
from dashboard.text import _

MAP = "map"  # key of the map's card
LAYER = "map-layer"  # where in the session the layer drawn last is remembered
WINDOW = "window"
WIDE, NARROW = (700, 520), (330, 420)

_window = st.components.v2.component(
    "window",
    js="""export default ({ data, setStateValue }) => {
        const isNarrow = window.innerWidth < 640;
        if (isNarrow !== data) setStateValue("is_narrow", isNarrow);
    }""",
)


@dataclass(frozen=True)
class Position:
    """The unit the reader is in ('' for everything in scope), the level shown inside it and the metric.

    `steps` has one row per unit around the reader, from the whole to the unit itself, with its bounds;
    `counts` says how many units of each level lie inside.
    """

    unit: str
    level: str
    metric: str
    steps: pd.DataFrame
    counts: dict[str, int]

    @property
    def parameters(self) -> dict[str, str]:
        """The position as parameters of `map_values`."""
        return {"unit": self.unit, "level": self.level, "metric": self.metric}

    @property
    def layer(self) -> str:
        """Name of the map's layer here; a click counts only at the position where it was made."""
        return f"{self.unit}/{self.level}"

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the unit, in degrees."""
        names = ["min_longitude", "min_latitude", "max_longitude", "max_latitude"]
        return tuple(self.steps[names].iloc[-1])

    @property
    def is_open(self) -> bool:
        """Whether a click can go further down."""
        return self.level != list(maps.LEVELS)[-1]


def position(chosen: dict[str, Any]) -> Position:
    """Where the reader is, after what was just clicked.

    A unit that is not there for this reader, or has nothing inside, gives way to the one around it.
    """
    clicked = _clicked()
    if clicked:
        _go(clicked)
    steps = query("map_position", **chosen, unit=st.query_params.get("unit", ""))
    levels = query("map_levels", **chosen, unit=steps["unit_code"].iat[-1])
    while levels.empty and len(steps) > 1:
        steps = steps.iloc[:-1]
        levels = query("map_levels", **chosen, unit=steps["unit_code"].iat[-1])
    counts = dict(zip(levels["level"], levels["unit_count"], strict=True))
    level = st.query_params.get("level")
    if level not in counts:
        level = maps.below(steps["level"].iat[-1], list(counts)) or list(maps.LEVELS)[-1]
    metric = st.query_params.get("metric")
    if metric not in maps.metrics(level):
        metric = maps.metrics(level)[0]
    found = Position(steps["unit_code"].iat[-1], level, metric, steps, counts)
    st.session_state[LAYER] = found.layer
    return found


def draw(here: Position, chosen: dict[str, Any]) -> None:
    """Breadcrumb, level and metric of a position; each of them leads to another one."""
    root = place_profile(chosen["place"], chosen["edition"]).name(chosen["language"])
    trail, level, metric = st.columns([2.2, 0.6, 0.8], vertical_alignment="bottom")
    with trail, st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", key="trail"):
        for code, name in zip(here.steps["unit_code"], here.steps["unit_name"], strict=True):
            st.button(
                name if code else root,
                key=f"step-{code}",
                icon=":material/chevron_right:" if code else ":material/home:",
                type="tertiary",
                disabled=code == here.unit,
                on_click=_go,
                args=(code,),
            )

    def counted(code: str) -> str:
        return f"{_(maps.LEVELS[code])} · {text.number(here.counts[code], 'count')}"

    with level:
        _choice(_("Level"), "level", list(here.counts), here.level, counted)
    with metric:
        _choice(_("Metric"), "metric", list(maps.metrics(here.level)), here.metric, catalogue.title)


def title(here: Position) -> str:
    """What the map shows: the unit, if the reader is in one, the metric and the level."""
    names = [here.steps["unit_name"].iat[-1]] if here.unit else []
    return " · ".join([*names, catalogue.title(here.metric), _(maps.LEVELS[here.level])])


def size() -> tuple[int, int]:
    """Width and height in pixels that the map may count on in the reader's window.

    Only the browser knows; it is asked once and answers, with a rerun, only if the window is narrow.
    """
    is_narrow = bool(st.session_state.get(WINDOW, {}).get("is_narrow"))
    _window(key=WINDOW, data=is_narrow, on_is_narrow_change=lambda: None, height=1)
    return NARROW if is_narrow else WIDE


def _choice(label: str, name: str, options: list[str], chosen: str, words: Callable[[str], str]) -> None:
    key = f"map-{name}"
    if options:
        st.session_state[key] = chosen
    st.selectbox(label, options, format_func=words, key=key, on_change=_keep, args=(name, key))


def _keep(name: str, key: str) -> None:
    st.query_params[name] = st.session_state[key]


def _go(code: str) -> None:
    st.query_params.pop("level", None)
    st.query_params.pop("unit", None)
    if code:
        st.query_params["unit"] = code


def _clicked() -> str | None:
    """Code of the unit clicked since the last run, on the map or on its bar."""
    layer = st.session_state.get(LAYER)
    on_map = st.session_state.get(f"figure-{MAP}")
    for feature in on_map.selection.objects.get(layer, []) if on_map else []:
        return feature["properties"]["code"]
    on_bars = st.session_state.get(f"figure-{layer}")
    for point in on_bars.selection.points if on_bars else []:
        return point["customdata"][0]
    return None
