"""The map as an element of the page: what it is told in one small message, and what it says back.

Shapes and values do not pass through the page: the browser fetches them by address (`dashboard/map_routes.py`), so a
rerun sends the scale and the query, about two kilobytes, whether the map has ten units or a million.
"""

import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pydeck
import streamlit as st

from dashboard import catalogue, client_scripts, drill, map_options, map_tokens, map_values, maps, periods, text
from dashboard.charts import theme
from dashboard.store import place_profile, query
from dashboard.text import N_, _

HERE = Path(__file__).parent
HEIGHT, NARROW_HEIGHT = 560, 400
MOST_FRAMES = {"month": 24, "quarter": 12}
TALLEST_SHARE = 0.12  # of the width of what is shown: the height of the largest value
METRES_PER_DEGREE = 111_200
BORDERS = {"light": [255, 255, 255, 220], "dark": [18, 23, 30, 220]}
CONTEXT = {"light": [70, 84, 102, 220], "dark": [190, 202, 216, 220]}
MASKS = {"light": [238, 241, 245, 150], "dark": [22, 28, 36, 165]}
WORDS = {
    "search": N_("Compound, community or code"),
    "none": N_("Nothing found"),
    "zoom_in": N_("Nearer"),
    "zoom_out": N_("Farther"),
    "fit": N_("Show all"),
    "full": N_("Full screen"),
    "png": N_("Save as picture (PNG)"),
    "svg": N_("Save as drawing (SVG)"),
    "play": N_("Play"),
    "now": N_("Back to the period chosen"),
    "time": N_("Month or quarter shown"),
    "time_hint": N_("Period chosen"),
    "nearer": N_("Too many to tell apart from here: {level} shown. Come nearer."),
    "no_graphics": N_("This browser cannot draw the map (no WebGL). The same numbers are in the table."),
    "show_table": N_("Show the table"),
    "density": N_("Issues per km²"),
    "not_saved": N_("This view cannot be saved: come nearer, or choose a wider level."),
}

_map = st.components.v2.component(
    "grid_map",
    css=(HERE / "map_view.css").read_text(encoding="utf-8"),
    js=client_scripts.loader(maps.CLIENT, HERE / "map_client.js"),
)


@dataclass(frozen=True)
class Pane:
    """One picture of the map: its rows, how they are classed, and what was asked to get them."""

    title: str
    rows: pd.DataFrame
    scale: maps.Scale
    chosen: dict[str, Any]
    classed: dict[str, Any]  # the months whose values make the classes


def draw(key: str, here: drill.Position, options: map_options.Options, panes: list[Pane]) -> None:
    """Draw one or two panes with one camera; clicks and zooms move the reader by way of the address."""
    chosen, shade = panes[0].chosen, st.context.theme.type or "light"
    profile = place_profile(chosen["place"], chosen["edition"])
    levels = query("map_levels", **chosen | {"unit": ""})
    data = {
        "library": f"{maps.LIBRARY}?v={pydeck.__version__}",
        "language": chosen["language"],
        "shade": shade,
        "height": HEIGHT,
        "narrow_height": NARROW_HEIGHT,
        "alt": _("Map of {title}; the same numbers are under Table.").format(title=drill.title(here)),
        "edition": maps.edition(chosen, map_tokens.issue(chosen["place"], chosen["edition"])),
        "unit": here.unit,
        "bounds": here.bounds,
        "extent": here.extent,
        "at": here.at,
        "level": here.level,
        "levels": [
            {"code": code, "title": _(maps.LEVELS[code]), "from_zoom": int(zoom)}
            for code, zoom in zip(levels["level"], levels["from_zoom"], strict=True)
            if code in map_options.levels()
        ],
        "pinned": options.is_pinned,
        "extruded": options.is_extruded,
        "panes": [_pane(pane, here, shade) for pane in panes],
        "frames": _frames(chosen, options.step) if options.view == "map" else [],
        "filters": maps.selection(chosen, ""),
        "border": "&".join([maps.selection(chosen, ""), urlencode({"parent": here.selected.unit})]),
        "venues": _venues(chosen, options),
        "kinds": _kinds(options),
        "density": "&".join([maps.selection(chosen, ""), _period(chosen)]) if options.has_density else "",
        "picture": urlencode({"parent": here.unit, "method": options.method}),
        "file": f"{chosen['place']}_{here.metric}_{here.level}_{chosen['edition']}",
        "colours": {
            "border": BORDERS[shade],
            "context": CONTEXT[shade],
            "mask": MASKS[shade],
            "ramp": [maps.rgb(colour) for colour in maps.BLUES[shade]],
        },
        "base_map": profile.base_map or None,
        "credit": " · ".join(filter(None, (profile.base_map.get(name) for name in ("attribution", "approval_number")))),
        "words": {name: _(words) for name, words in WORDS.items()},
    }
    _map(
        key=key,
        data=data,
        on_unit_change=lambda: _entered(key, here),
        on_moved_change=lambda: _moved(key, here),
        on_table_change=_to_table,
        on_expired_change=lambda: None,
    )


def _pane(pane: Pane, here: drill.Position, shade: str) -> dict[str, Any]:
    is_fit = pane.chosen["metric"] == maps.FIT
    edges = [left + 0.5 for left, _right in pairwise(range(len(pane.scale.colours)))] if is_fit else pane.scale.edges
    before = pane.chosen.get("before")
    drawn = {
        "edges": list(edges),
        "colours": [maps.rgb(colour) for colour in pane.scale.colours],
        "not_reported": maps.rgb(maps.NOT_REPORTED[shade]),
        "not_applicable": [0, 0, 0, 0],
        "tallest": _metres_per_value(pane.rows["value"], here.bounds),
    }
    said = [maps.selection(pane.chosen, pane.chosen["metric"])]
    if before:
        said.append(maps.period(before["start_month"], before["end_month"], "before_"))
    return {
        "title": pane.title,
        "metric": catalogue.title(pane.chosen["metric"]),
        "query": "&".join(said),
        "period": _period(pane.chosen),
        "classes": maps.period(pane.classed["start_month"], pane.classed["end_month"], "classes_"),
        "scale": drawn | {"key": hashlib.sha256(json.dumps(drawn).encode()).hexdigest()[:12]},
    }


def _metres_per_value(values: pd.Series, bounds: list[float]) -> float:
    largest = values.abs().max()
    if not largest > 0:
        return 0.0
    return TALLEST_SHARE * (bounds[2] - bounds[0]) * METRES_PER_DEGREE / float(largest)


def _period(chosen: dict[str, Any]) -> str:
    return maps.period(chosen["start_month"], chosen["end_month"])


def _frames(chosen: dict[str, Any], step: str) -> list[dict[str, str]]:
    """The months or quarters that the time bar runs through, oldest first, up to the end of the period chosen."""
    if not step:
        return []
    months = query("periods", **chosen).iloc[0]
    spans = [span for code, span in periods.spans(*months).items() if (step == "quarter") == ("Q" in code)]
    wanted = [(s, e) for s, e in spans if e <= chosen["end_month"] and (step == "quarter" or s == e)]
    return [
        {"title": text.period(start, end), "period": maps.period(start, end)}
        for start, end in reversed(wanted[: MOST_FRAMES[step]])
    ]


def _venues(chosen: dict[str, Any], options: map_options.Options) -> str:
    if not options.venues:
        return ""
    asked = {"kinds": ",".join(options.venues), "end": f"{chosen['end_month']:%Y-%m}"}
    return "&".join([maps.selection(chosen, ""), urlencode(asked)])


def _kinds(options: map_options.Options) -> dict[str, dict[str, Any]]:
    words = map_values.venue_words()
    colours = dict(zip(words, theme.CATEGORIES[1:], strict=False))
    return {kind: {"title": words[kind], "colour": maps.rgb(colours[kind])} for kind in options.venues}


def _entered(key: str, here: drill.Position) -> None:
    code = st.session_state[key].unit
    if code is not None:
        map_options.enter(here, code)


def _moved(key: str, here: drill.Position) -> None:
    moved = st.session_state[key].moved
    if moved:
        drill.look(moved["at"], moved["level"], here.level)


def _to_table() -> None:
    st.query_params["view"] = "table"
