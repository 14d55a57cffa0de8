"""The list of units beside the map as an element of the page: bars in HTML, each a button that leads into its unit."""

from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import drill, map_options
from dashboard.text import _

HERE = Path(__file__).parent

_list = st.components.v2.component(
    "unit_list",
    css=(HERE / "map_list.css").read_text(encoding="utf-8"),
    js=(HERE / "map_list.js").read_text(encoding="utf-8"),
)


def draw(key: str, here: drill.Position, drawn: dict[str, Any], alt: str) -> None:
    """Draw what `charts.units` made of the units inside `here`; `alt` says what is seen to those who hear the page."""
    if not drawn["bars"]:
        st.caption(_("No unit has a value here."))
        return
    _list(key=key, data=drawn | {"alt": alt}, on_unit_change=lambda: _entered(key, here))


def _entered(key: str, here: drill.Position) -> None:
    code = st.session_state[key].unit
    if code is not None:
        map_options.enter(here, code)
