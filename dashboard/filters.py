"""The shared filters: drawn once by the frame, kept in the address, read by every page.

Widgets bound to the address survive page switches, reloads, deep links and copied addresses. The address
carries what the reader sees (`?districts=…`), in the language that the address itself names.
"""

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard import access, editions, exports, periods, profile, settings, store, text
from dashboard.store import query
from dashboard.text import _

SHARED = ("place", "edition", "period", "districts", "compound_types")
# Choices that a page adds to the address.
OF_ONE_PAGE = ("headline", "closer", "definition", "venue_kind", "property_metric")
# What widgets keep in the address by themselves: it goes along to another page, and nobody else may set it.
BOUND = ("language", *SHARED, *OF_ONE_PAGE)
LATEST = ""
MISSING = "edition-missing"  # in the session: the edition that a link or a choice named and that is not there
LINKED = "within"  # in a link: code of the only district; on a change of page what was chosen wins over `?districts=`


class EmptyScopeError(LookupError):
    """The edition holds nothing for the districts this reader may see."""


def draw() -> dict[str, Any]:
    """Draw the shared filters in the sidebar and remember what they say for `chosen`.

    Raises `EmptyScopeError` where the reader's districts have no rows in the edition.
    """
    with st.sidebar:
        language = choose_language()
        places = [place for place in settings.places() if editions.current(place)]
        default = places.index(settings.DEFAULT_PLACE) if settings.DEFAULT_PLACE in places else 0
        place = st.selectbox(
            _("Place"),
            places,
            index=default,
            format_func=lambda code: profile.place_name(code, language),
            key="place",
            bind="query-params",
            on_change=_forget_choices,
        )
        edition = _choose_edition(place)
        months = query("periods", place=place, edition=edition)
        if months["first_month"].isna().all():
            raise EmptyScopeError(edition)
        spans = periods.spans(months["first_month"].iat[0], months["last_month"].iat[0])
        period = st.selectbox(
            _("Period"),
            list(spans),
            format_func=lambda code: text.period(*spans[code]),
            key="period",
            bind="query-params",
        )
        by_code = exports.district_names(place, edition)
        linked = st.query_params.pop(LINKED, "")
        if linked in by_code:
            st.session_state["districts"] = [linked]
        districts = st.multiselect(
            _("Districts"),
            list(by_code),
            format_func=by_code.get,
            key="districts",
            bind="query-params",
            placeholder=_("All districts"),
            select_all=False,  # its built-in entry is in English
        )
        facts = store.place_profile(place, edition)
        types = facts.labels("compound_types", language)
        compound_types = st.multiselect(
            _("Compound types"),
            list(types),
            format_func=types.get,
            key="compound_types",
            bind="query-params",
            placeholder=_("All types"),
            select_all=False,
        )
    st.session_state["chosen"] = {
        "place": place,
        "edition": edition,
        "language": language,
        "as_of": facts.as_of,
        "districts": districts,
        "compound_types": compound_types,
        **periods.parameters(*spans[period]),
    }
    return st.session_state["chosen"]


def choose_language() -> str:
    """Draw the choice of language and speak it for the rest of the run."""
    language = st.segmented_control(
        "语言 / Language",
        list(text.LANGUAGES),
        default=text.DEFAULT,
        required=True,
        format_func=text.LANGUAGES.get,
        key="language",
        bind="query-params",
        on_change=_keep_choices,
        label_visibility="collapsed",
        width="stretch",
    )
    text.settle(language)
    return language


def look_at(place: str, edition: str) -> None:
    """Choose an edition of a place for the next run: to be called before the filters are drawn."""
    _forget_choices()
    st.session_state["place"] = place
    st.session_state["edition"] = edition


def chosen() -> dict[str, Any]:
    """What the reader has chosen, as parameters for `store.query`.

    Place, edition, language, as_of; districts and compound_types (lists of codes, empty for all); the months
    and quarters of `periods.parameters`.
    """
    return dict(st.session_state["chosen"])


def address(parameters: dict[str, Any]) -> str:
    """The address of what the reader sees, edition and period written out so that it stays put."""
    kept = {key: st.query_params.get_all(key) for key in st.query_params}
    kept["edition"] = [parameters["edition"]]
    kept["period"] = [text.period(parameters["start_month"], parameters["end_month"])]
    return f"{st.context.url.partition('?')[0]}?{urlencode(kept, doseq=True)}"


def read(edition: str = LATEST) -> None:
    """Choose an edition for the next run and leave the other filters: to be called before they are drawn."""
    st.session_state["edition"] = edition
    st.session_state.pop(MISSING, None)


def _choose_edition(place: str) -> str:
    live = editions.current(place)
    shown = editions.published(place)
    if access.steward():
        shown += editions.candidates(place)
    labels = {LATEST: _("Latest ({as_of})").format(as_of=live[:10])} | {code: code for code in shown}
    asked = st.session_state.get("edition", st.query_params.get("edition", LATEST))
    if asked not in labels and asked not in labels.values():
        st.session_state[MISSING] = asked if editions.IDENTITY.fullmatch(asked) else ""
    edition = st.selectbox(
        _("Edition"),
        list(labels),
        format_func=labels.get,
        key="edition",
        bind="query-params",
        on_change=_forget_missing,
    )
    return edition or live


def _forget_missing() -> None:
    st.session_state.pop(MISSING, None)


def _keep_choices() -> None:
    """Write the choices again in the new language: an option is known to the address by its words."""
    for key in (*SHARED, *OF_ONE_PAGE):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _forget_choices() -> None:
    for key in (*SHARED[1:], MISSING):
        st.session_state.pop(key, None)
    st.session_state["edition"] = LATEST  # the address still names that of the other place
