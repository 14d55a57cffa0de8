"""Where on the map the reader is: kept in the address, moved by clicks, the breadcrumb, the search and two choices.

The address says `?unit=…&level=…&metric=…&at=…` in codes; a copied link, a reload and the browser's back button show
the same. Widgets follow the address, never the other way round.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, maps, text
from dashboard.store import place_profile, query
from dashboard.text import _

SEEN_PIXELS = 1000  # as wide as a map may be
AT = re.compile(r"(-?\d{1,3}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?),(\d{1,2}(?:\.\d+)?)")  # longitude, latitude, zoom


@dataclass(frozen=True)
class Position:
    """The unit the reader is in ('' for everything in scope), the level shown inside it and the metric.

    `steps` has one row per unit around the reader, from the whole to the unit itself, with its bounds;
    `counts` says how many units of each level lie inside, `from_zoom` from where those shown can be told apart;
    `at` is longitude, latitude and zoom of the camera, if the reader has moved it.
    """

    unit: str
    level: str
    metric: str
    steps: pd.DataFrame
    counts: dict[str, int]
    picked: pd.DataFrame  # the same for a unit that was clicked and has nothing inside; else the steps themselves
    from_zoom: int = 0
    at: tuple[float, float, float] | None = None

    @property
    def is_partial(self) -> bool:
        """Whether the level has too many units here to work them all out: only those in view are counted."""
        return self.counts[self.level] > maps.WHOLE

    @property
    def parameters(self) -> dict[str, Any]:
        """The position as parameters of `map_values`."""
        area = self._view() if self.is_partial else []
        return {"unit": self.unit, "level": self.level, "metric": self.metric, "area": area}

    def _view(self) -> list[float]:
        """West, south, east and north of what the camera sees, in degrees; near enough that units can be told apart."""
        west, south, east, north = self.bounds
        longitude, latitude, zoom = self.at or ((west + east) / 2, (south + north) / 2, 0)
        across = 360 * SEEN_PIXELS / maps.tiles.TILE_PIXELS / 2 ** max(zoom, self.from_zoom)
        up = across * math.cos(math.radians(latitude))
        edges = longitude - across / 2, latitude - up / 2, longitude + across / 2, latitude + up / 2
        return [round(edge, 4) for edge in edges]

    @property
    def selected(self) -> "Position":
        """The unit that was clicked last, whether or not anything lies inside: the one the panel tells about."""
        return replace(self, unit=self.picked["unit_code"].iat[-1], steps=self.picked)

    @property
    def key(self) -> str:
        """Name of what is shown here: a click on its list counts only where it was made."""
        return f"{self.unit}/{self.level}"

    @property
    def bounds(self) -> list[float]:
        """West, south, east and north of the unit, in degrees."""
        return self._bounds(-1)

    @property
    def extent(self) -> list[float]:
        """The same of everything in scope."""
        return self._bounds(0)

    def _bounds(self, step: int) -> list[float]:
        names = ["min_longitude", "min_latitude", "max_longitude", "max_latitude"]
        return [float(each) for each in self.steps[names].iloc[step]]


def position(chosen: dict[str, Any], levels: tuple[str, ...], metrics: Callable[[str], tuple[str, ...]]) -> Position:
    """Where the reader is, among the levels that a view can show and the metrics of each.

    A unit that is not there for this reader, or has nothing inside, gives way to the one around it; so does one
    whose parts are finer than the level that the address asks for.
    """
    steps = picked = query("map_position", **chosen, unit=st.query_params.get("unit", ""))
    wanted = st.query_params.get("level")
    counts = _counts(chosen, steps, levels)
    while len(steps) > 1 and (not counts or (wanted in levels and _is_above(wanted, counts))):
        steps = steps.iloc[:-1]
        if counts:  # gone out to see more: what lay inside is no longer looked at
            picked = steps
        counts = _counts(chosen, steps, levels)
    if st.query_params.get("pick"):
        found = query("map_position", **chosen, unit=st.query_params["pick"])
        picked = found if set(steps["unit_code"]) <= set(found["unit_code"]) else picked
    level = wanted
    if level not in counts:
        level = maps.below(steps["level"].iat[-1], list(counts)) or levels[-1]
    metric = st.query_params.get("metric")
    if metric not in metrics(level):
        metric = metrics(level)[0]
    zooms = query("map_levels", **chosen, unit="").set_index("level")["from_zoom"]
    return Position(
        steps["unit_code"].iat[-1], level, metric, steps, counts, picked, int(zooms.get(level, 0)), _camera()
    )


def _camera() -> tuple[float, float, float] | None:
    """Longitude, latitude and zoom that the address asks for, if they are such."""
    written = AT.fullmatch(st.query_params.get("at", ""))
    if not written:
        return None
    longitude, latitude, zoom = map(float, written.groups())
    return (longitude, latitude, zoom) if abs(longitude) <= 180 and abs(latitude) <= 85 and zoom <= 20 else None


def _counts(chosen: dict[str, Any], steps: pd.DataFrame, levels: tuple[str, ...]) -> dict[str, int]:
    """How many units of each level lie inside the last of the steps."""
    found = query("map_levels", **chosen, unit=steps["unit_code"].iat[-1])
    counts = zip(found["level"], found["unit_count"], strict=True)
    return {level: int(count) for level, count in counts if level in levels}


def _is_above(level: str, counts: dict[str, int]) -> bool:
    order = list(maps.LEVELS)
    return order.index(level) < min(map(order.index, counts))


def trail(here: Position, chosen: dict[str, Any]) -> None:
    """Breadcrumb of a position; each step leads back to it."""
    root = place_profile(chosen["place"], chosen["edition"]).name(chosen["language"])
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", key="trail"):
        for code, name in zip(here.steps["unit_code"], here.steps["unit_name"], strict=True):
            st.button(
                name if code else root,
                key=f"step-{code}",
                icon=":material/chevron_right:" if code else ":material/home:",
                type="tertiary",
                disabled=code == here.unit,
                on_click=go,
                args=(code,),
            )


def level_choice(here: Position) -> None:
    """Choice of the level shown inside the unit."""
    choice(_("Level"), "level", list(here.counts), here.level, lambda code: _counted(here, code))


def metric_choice(here: Position, metrics: tuple[str, ...]) -> None:
    """Choice of the metric that colours the map."""
    choice(_("Metric"), "metric", list(metrics), here.metric, catalogue.title)


def title(here: Position, *more: str) -> str:
    """What the map shows: the unit, if the reader is in one, the metric and the level."""
    names = [here.steps["unit_name"].iat[-1]] if here.unit else []
    return " · ".join([*names, catalogue.title(here.metric), *more, _(maps.LEVELS[here.level])])


def choice(label: str, name: str, options: list[str], chosen: str, words: Callable[[str], str]) -> None:
    """A choice that the address keeps under a name, in codes."""
    key = f"map-{name}"
    if options:
        st.session_state[key] = chosen
    st.selectbox(label, options, format_func=words, key=key, on_change=_keep, args=(name, key))


def go(code: str) -> None:
    """Move into a unit, '' for the whole: its parts are shown, fitted into the map."""
    for name in ("level", "unit", "pick", "at"):
        st.query_params.pop(name, None)
    if code:
        st.query_params["unit"] = code


def pick(code: str) -> None:
    """Tell about a unit that has nothing inside, and stay where we are."""
    st.query_params["pick"] = code


def look(at: list[float], level: str, shown: str) -> None:
    """Remember where the camera is, and show another level if the reader has come so near or gone so far."""
    st.query_params["at"] = ",".join(str(round(each, 5)) for each in at)
    if level != shown and level in maps.LEVELS:
        st.query_params["level"] = level


def _counted(here: Position, code: str) -> str:
    return f"{_(maps.LEVELS[code])} · {text.number(here.counts[code], 'count')}"


def _keep(name: str, key: str) -> None:
    st.query_params[name] = st.session_state[key]
    if name == "level":
        st.query_params.pop("at", None)
