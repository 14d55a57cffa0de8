"""Where on the map the reader is: kept in the address, moved by clicks, the breadcrumb and two choices.

The address says `?unit=…&level=…&metric=…` in codes; a copied link, a reload and the browser's back button
show the same. Widgets follow the address, never the other way round.
"""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, maps, store, text
from dashboard.text import _

MAP = "map"  # key of the map's card
RANKING = "ranking"


def unit() -> str:
    """Code of the unit the reader is in, '' for everything in scope; goes into what was just clicked."""
    clicked = _clicked_on_map() or _clicked_in_ranking()
    if clicked:
        _go(clicked)
    return st.query_params.get("unit", "")


def layer(chosen: dict[str, Any]) -> str:
    """Name of the map's layer at this place: a click counts only where it was made."""
    return f"{chosen['unit']}/{chosen['level']}"


def choices(steps: pd.DataFrame, levels: pd.DataFrame, chosen: dict[str, Any]) -> dict[str, str]:
    """Draw breadcrumb, level and metric; the level and metric chosen, as parameters of `map_values`.

    `steps` are the rows of `map_position`, `levels` those of `map_levels`.
    """
    available = list(levels["level"])
    level = st.query_params.get("level")
    if level not in available:
        level = maps.below(steps["level"].iat[-1], available) or available[-1]
    metric = st.query_params.get("metric")
    if metric not in maps.metrics(level):
        metric = maps.metrics(level)[0]
    counts = dict(zip(levels["level"], levels["unit_count"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom", key="position"):
        _trail(steps, chosen)
        _choice(_("Level"), "level", available, level, lambda c: f"{_(maps.LEVELS[c])} ({text.number(counts[c], 'count')})")
        _choice(_("Metric"), "metric", list(maps.metrics(level)), metric, catalogue.title)
    return {"level": level, "metric": metric}


def _trail(steps: pd.DataFrame, chosen: dict[str, Any]) -> None:
    """Breadcrumb: the place, then the units around the reader; all but the last lead back."""
    root = store.place_profile(chosen["place"], chosen["edition"]).name(chosen["language"])
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="trail"):
        for code, name in zip(steps["unit_code"], steps["unit_name"], strict=True):
            is_here = code == steps["unit_code"].iat[-1]
            st.button(
                name if code else root,
                key=f"step-{code}",
                icon=None if code else ":material/home:",
                type="tertiary",
                disabled=is_here,
                on_click=_go,
                args=(code,),
            )


def _choice(label: str, name: str, options: list[str], chosen: str, words: Any) -> None:
    key = f"map-{name}"
    st.session_state[key] = chosen
    st.selectbox(label, options, format_func=words, key=key, on_change=_keep, args=(name, key), width=260)


def _keep(name: str, key: str) -> None:
    st.query_params[name] = st.session_state[key]


def _go(code: str) -> None:
    st.query_params.pop("level", None)
    if code:
        st.query_params["unit"] = code
    else:
        st.query_params.pop("unit", None)


def _clicked_on_map() -> str | None:
    state = st.session_state.get(f"figure-{MAP}")
    for name, picked in (state.selection.objects if state else {}).items():
        if name == st.session_state.get("map-layer"):
            return picked[0]["properties"]["code"]
    return None
