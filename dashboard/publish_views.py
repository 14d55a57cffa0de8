"""The steward's page: deliveries that wait, their check and verdict, what they would change; editions."""

import streamlit as st

from dashboard import access, delivery_views, edition_views, profile, settings, text, views
from dashboard.delivery_views import TURN
from dashboard.publishing import deliveries, faults
from dashboard.text import N_, _

VIEWS = {"deliveries": N_("Deliveries"), "editions": N_("Editions")}
SIGNS = {
    deliveries.WAITING: ":gray[:material/schedule:]",
    deliveries.RUNNING: ":blue[:material/progress_activity:]",
    deliveries.STOPPED: ":orange[:material/stop_circle:]",
    deliveries.FAILED: ":red[:material/error:]",
    deliveries.REFUSED: ":red[:material/block:]",
    deliveries.READY: ":green[:material/task_alt:]",
    deliveries.PUBLISHED: ":gray[:material/inventory_2:]",
    deliveries.DISCARDED: ":gray[:material/remove_circle:]",
}


def draw(question: str) -> None:
    """The whole page; a reader who is not the steward is told so."""
    st.header(_("Publish"), anchor=False)
    steward = access.steward()
    if steward is None:
        st.info(_("Only the steward publishes. Ask whoever runs this server."), icon=":material/lock:")
        return
    st.markdown(f"{_(question.strip())}&ensp;:blue-badge[:material/person: {text.as_written(steward)}]")
    place = _place()
    here = views.asked(VIEWS)
    views.draw(VIEWS, here, "publish-view")
    if here == "editions":
        edition_views.draw(place, steward)
        return
    left, right = st.columns([1, 2.4])
    with left:
        chosen = _list(place, _receive(place))
    with right:
        if chosen is None:
            message = _("Nothing waits to be published. Upload files, or have a folder put into {folder}.")
            st.info(message.format(folder=deliveries.home(place)), icon=":material/inbox:")
        else:
            delivery_views.draw(place, chosen, steward)


def _place() -> str:
    """The place to publish for: any with a profile, the one of the filters to begin with."""
    places, language = settings.places(), text.language()
    before = st.session_state.get("chosen", {}).get("place", settings.DEFAULT_PLACE)
    return st.selectbox(
        _("Place to publish for"),
        places,
        index=places.index(before) if before in places else 0,
        format_func=lambda code: profile.place_name(code, language),
        key="publish_for",
        bind="query-params",
        width=320,
    )


def _receive(place: str) -> str | None:
    """Take files; returns the delivery they became."""
    turn = st.session_state.setdefault(TURN, 0)
    with st.popover(_("Upload files"), icon=":material/upload_file:", width="stretch", key=f"publish-upload-{turn}"):
        files = st.file_uploader(
            _("CSV, XLSX or Parquet, one or several files per table"),
            accept_multiple_files=True,
            key=f"publish-files-{turn}",
        )
        told = _("Large files are better put into {folder} by whoever runs this server: a folder there is a delivery.")
        st.caption(told.format(folder=deliveries.home(place)))
        if st.button(_("Take as a delivery"), type="primary", disabled=not files):
            try:
                name = deliveries.receive(place, [(file.name, file) for file in files])
            except faults.KNOWN as error:
                st.error(faults.told(error))
            else:
                st.session_state[TURN] += 1
                st.query_params["delivery"] = name
                st.rerun()
    return st.query_params.get("delivery")


def _list(place: str, asked: str | None) -> deliveries.Delivery | None:
    """All deliveries, the chosen one in the address; the newest where none is."""
    waiting = {each.name: each for each in deliveries.listed(place)}
    if not waiting:
        return None
    name = asked if asked in waiting else next(iter(waiting))
    states = {each: deliveries.state(place, each).status for each in waiting}

    def label(code: str) -> str:
        each, status = waiting[code], states[code]
        about = f"{text.moment(each.changed_at, 'moment')} · {_(status)}"
        return f"{SIGNS[status]} {text.as_written(code)}  \n:gray[:small[{about}]]"

    labels = {each: label(each) for each in waiting}
    key = f"publish-delivery-{place}"
    st.session_state[key] = name
    st.radio(
        _("Deliveries"),
        list(waiting),
        format_func=labels.get,
        key=key,
        on_change=_look,
        args=(key,),
        label_visibility="collapsed",
    )
    return waiting[name]


def _look(key: str) -> None:
    st.query_params["delivery"] = st.session_state[key]
