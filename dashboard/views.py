"""The parts that a long page has: which one a reader looks at, kept in the address as `?view=…` in a code.

A copied link, a reload and the browser's back button show the same part. The widget follows the address.
"""

import streamlit as st

from dashboard.text import _


def asked(views: dict[str, str]) -> str:
    """The part that the address names, else the first; `views` has the code of each part and its message id."""
    view = st.query_params.get("view")
    return view if view in views else next(iter(views))


def draw(views: dict[str, str], here: str, key: str) -> None:
    """Choice between the parts of a page; `key` is that of the widget."""
    st.session_state[key] = here
    st.segmented_control(
        _("View"),
        list(views),
        format_func=lambda code: _(views[code]),
        required=True,
        key=key,
        on_change=_keep,
        args=(key,),
        label_visibility="collapsed",
    )


def _keep(key: str) -> None:
    st.query_params["view"] = st.session_state[key]
