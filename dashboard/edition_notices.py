"""What a reader is told about the edition on screen: a newer one is live, another went live meanwhile, one is gone."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import editions, filters
from dashboard.text import _

SEEN = "edition-seen"  # place, edition and whether the reader follows the live one, as of the last run
REPLACED = "edition-replaced"  # what a reader who follows the live edition saw before it changed


def draw(place: str, edition: str) -> None:
    """At most one notice above the page, with what the reader can do about it; the other filters stay."""
    live = editions.current(place)
    _watch(place, edition)
    replaced, missing = st.session_state.get(REPLACED), st.session_state.get(filters.MISSING)
    if missing is not None:
        there = _("The edition {edition} does not exist (any more).") if missing else _("There is no such edition.")
        now = _("You are reading {edition}.").format(edition=edition)
        _notice(f"{there.format(edition=missing)} {now}", _("Close"), _close)
    elif edition in editions.candidates(place):
        message = _("You are reading edition {edition}, which is not published yet; {live} is live.")
        _notice(message.format(edition=edition, live=live), _("Back to the live edition"), filters.read)
    elif edition != live:
        newest = next(each for each in editions.published(place) if each in (live, edition))
        is_newer = newest == live
        message = (
            _("You are reading edition {edition}; a newer one, {live}, is live.")
            if is_newer
            else _("You are reading edition {edition}; the live one is {live}.")
        )
        label = _("Read the newer one") if is_newer else _("Read the live one")
        _notice(message.format(edition=edition, live=live), label, filters.read)
    elif replaced:
        message = _("While you were reading {before}, {live} became the live edition; this page now shows {live}.")
        with _notice(message.format(live=live, before=replaced), _("Close"), _close):
            if replaced in editions.published(place):
                st.button(_("Back to the one before"), on_click=filters.read, args=(replaced,))


def _watch(place: str, edition: str) -> None:
    """Notice that the live edition has changed under a reader who follows it."""
    is_following = not st.session_state.get("edition")
    before = st.session_state.get(SEEN)
    now = (place, edition, is_following)
    if before is not None and before != now:
        is_replaced = is_following and before[0] == place and before[2]
        st.session_state[REPLACED] = before[1] if is_replaced else None
    st.session_state[SEEN] = now


def _notice(message: str, label: str, act: Callable[[], None]) -> DeltaGenerator:
    """A sentence with a button beside it; the container of the button, for another one."""
    with st.container(horizontal=True, vertical_alignment="center", key="edition-notice"):
        st.warning(message, icon=":material/update:")
        buttons = st.container(horizontal=True, width="content")
    buttons.button(label, on_click=act, key="edition-notice-act")
    return buttons


def _close() -> None:
    st.session_state[REPLACED] = None
    st.session_state.pop(filters.MISSING, None)
