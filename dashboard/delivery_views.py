"""One delivery on the steward's page: its check as it runs, the verdict, findings, files and what would change."""

import pandas as pd
import streamlit as st

from dashboard import change_views, editions, filters, finding_views, mapping_views, publishing, text
from dashboard.publishing import deliveries, faults, marked
from dashboard.publishing.deliveries import Delivery, State
from dashboard.publishing.findings import ERROR, NOTE, SEVERITIES, WARNING, Finding
from dashboard.text import N_, _

PARTS = {"findings": N_("Results of the check"), "files": N_("Files and columns"), "changes": N_("What would change")}
OVERVIEW = "../pages/overview.py"
LOOK_SECONDS = 1.0
TURN = "publish-turn"  # counts what was taken: a popover with another key is closed, and its files are gone
ENDED = {deliveries.REFUSED, deliveries.READY, deliveries.PUBLISHED, deliveries.DISCARDED}


def draw(place: str, delivery: Delivery, steward: str) -> None:
    """The delivery's check: begun, followed, judged; published or discarded."""
    state = deliveries.state(place, delivery.name)
    st.subheader(text.as_written(delivery.name), anchor=False)
    _about(delivery, state)
    if state.status == deliveries.RUNNING:
        _follow(place, delivery.name)
        return
    _verdict(place, delivery, state)
    _actions(place, delivery, state, steward)
    if state.status in ENDED:
        mapping_views.draw(place, state.recognised, lambda: _check(place, delivery, steward, state.is_repairing))
        _parts(place, delivery, state)


def _about(delivery: Delivery, state: State) -> None:
    said = [
        _("{count} files").format(count=delivery.file_count),
        f"{delivery.size_bytes / 1e6:,.1f} MB",
        text.moment(delivery.changed_at, "moment"),
    ]
    if state.began_at:
        said.append(_("checked by {name}, {moment}").format(name=text.as_written(state.by), moment=state.began_at))
    st.caption(" · ".join(said))


@st.fragment(run_every=LOOK_SECONDS)
def _follow(place: str, name: str) -> None:
    """Progress of a running check; the page is drawn anew when it has ended."""
    state = deliveries.state(place, name)
    if state.status != deliveries.RUNNING:
        st.rerun()
    st.progress(state.fraction, text=state.message or _("Starting"))
    st.caption(_("The check goes on if you leave this page."))
    if st.button(_("Stop"), icon=":material/stop:"):
        deliveries.stop(place, name)
        st.rerun()


def _verdict(place: str, delivery: Delivery, state: State) -> None:
    """In one sentence: whether it can be published, and what stands against it."""
    counts = {gravity: sum(f["severity"] == gravity for f in state.findings) for gravity in SEVERITIES}
    found = _("errors: {errors}, warnings: {warnings}, kinds of changes: {changes}").format(
        errors=counts[ERROR], warnings=counts[WARNING], changes=counts[NOTE]
    )
    live = editions.current(place)
    kept = _("The live edition {edition} is unchanged.").format(edition=live) if live else _("No edition is live yet.")
    match state.status:
        case deliveries.WAITING:
            st.info(_("Not checked yet. A check changes nothing; it ends in a verdict."), icon=":material/schedule:")
        case deliveries.STOPPED:
            st.warning(text.sentences(_("The check stopped before its end."), kept), icon=":material/stop_circle:")
        case deliveries.FAILED:
            st.error(text.sentences(text.as_written(state.message), kept), icon=":material/error:")
        case deliveries.REFUSED:
            said = _("Cannot be published ({found}).").format(found=found)
            st.error(text.sentences(said, kept), icon=":material/block:")
        case deliveries.READY if not state.is_new and state.edition == live:
            said = _("Nothing new: these are the contents of the live edition {edition} ({found}).")
            st.info(said.format(edition=live, found=found), icon=":material/drag_handle:")
        case deliveries.READY:
            said = _("Can be published as edition {edition} ({found}).").format(edition=state.edition, found=found)
            st.success(said, icon=":material/task_alt:")
        case deliveries.PUBLISHED:
            st.info(_("Published as edition {edition}.").format(edition=state.edition), icon=":material/inventory_2:")
        case deliveries.DISCARDED:
            st.info(text.sentences(_("Discarded."), kept), icon=":material/remove_circle:")
    if state.status in ENDED and state.seen_at != str(delivery.changed_at):
        st.warning(_("Files of this delivery have changed since the check. Check it again."), icon=":material/update:")


def _actions(place: str, delivery: Delivery, state: State, steward: str) -> None:
    is_ready = state.status == deliveries.READY
    with st.container(horizontal=True, vertical_alignment="center", key="delivery-actions"):
        if is_ready and st.button(_("Publish…"), type="primary", icon=":material/publish:", key="delivery-publish"):
            _confirm_publishing(place, delivery, state, steward)
        if st.button(
            _("Check") if state.status == deliveries.WAITING else _("Check again"),
            type="secondary" if is_ready else "primary",
            icon=":material/fact_check:",
            key="delivery-check",
        ):
            _check(place, delivery, steward, st.session_state.get("delivery-repair", False))
        if is_ready and state.edition in editions.candidates(place):
            if st.button(
                _("Look at it on the pages"),
                icon=":material/visibility:",
                key="delivery-look",
                on_click=filters.look_at,
                args=(place, state.edition),
            ):
                st.switch_page(OVERVIEW)
            if st.button(_("Discard"), icon=":material/delete_sweep:", key="delivery-discard"):
                publishing.discard(place, state.edition)
                state.status = deliveries.DISCARDED
                deliveries.keep(place, delivery.name, state)
                st.rerun()
        turn = st.session_state.setdefault(TURN, 0)
        with st.popover(_("More"), icon=":material/more_horiz:", type="tertiary", key=f"delivery-more-{turn}"):
            st.checkbox(
                _("Repair boundaries and coordinates where there is one evident remedy"),
                key="delivery-repair",
                help=_("Every repair is listed among the findings."),
            )
            files = st.file_uploader(
                _("Repaired files, in the place of those of the same name"),
                accept_multiple_files=True,
                key=f"delivery-files-{turn}",
            )
            if files and st.button(_("Put into this delivery")):
                try:
                    deliveries.add(place, delivery.name, [(file.name, file) for file in files])
                except faults.KNOWN as error:
                    st.error(faults.told(error))
                else:
                    st.session_state[TURN] += 1
                    st.rerun()
            if st.button(_("Remove this delivery and its files"), icon=":material/delete:"):
                deliveries.remove(place, delivery.name)
                st.query_params.pop("delivery", None)
                st.rerun()


def _check(place: str, delivery: Delivery, steward: str, repair: bool) -> None:
    deliveries.begin(place, delivery.name, steward, text.language(), repair)
    st.rerun()


def _confirm_publishing(place: str, delivery: Delivery, state: State, steward: str) -> None:
    @st.dialog(_("Publish edition {edition}").format(edition=state.edition))
    def ask() -> None:
        live = state.replaces or _("none")
        st.markdown(_("Live now: {edition}. It is kept, and can be made live again.").format(edition=live))
        warnings = [Finding.from_json(each) for each in state.findings if each["severity"] == WARNING]
        if warnings:
            told = _("Readers will see these {count} warnings on the page of definitions:")
            st.markdown(told.format(count=len(warnings)))
            st.markdown("\n".join(f"- {text.as_written(each.rule_told)}" for each in warnings[:8]))
        if st.button(_("Publish"), type="primary", icon=":material/publish:", key="delivery-publish-now"):
            try:
                publishing.commit(place, state.edition, state.replaces, steward)
            except faults.KNOWN as error:
                st.error(faults.told(error))
            else:
                state.status = deliveries.PUBLISHED
                deliveries.keep(place, delivery.name, state)
                st.rerun()

    ask()


def _parts(place: str, delivery: Delivery, state: State) -> None:
    parts = PARTS if state.edition else {code: words for code, words in PARTS.items() if code != "changes"}
    here = st.segmented_control(
        _("Part"),
        list(parts),
        default="findings",
        format_func=lambda code: _(parts[code]),
        required=True,
        key="delivery-part",
        label_visibility="collapsed",
    )
    if here == "files":
        _files(state)
    elif here == "changes":
        _changes(place, state)
    else:
        finding_views.draw(place, delivery, state)


def _files(state: State) -> None:
    """Which table each file or sheet was taken for, how it was read, and what its columns mean."""
    rows = []
    for each in state.recognised:
        columns = each["columns"]
        used = sum(column["how"] in ("title", "mapped") for column in columns)
        rows.append(
            {
                _("File"): each["file"],
                _("Sheet"): each["sheet"] or text.NOT_REPORTED,
                _("Table"): marked.title(each["table"]),
                _("Encoding"): each["encoding"] or text.NOT_REPORTED,
                _("Header in row"): str(each["header_row"] or text.NOT_REPORTED),
                _("Columns used"): _("{used} of {all}").format(used=used, all=len(columns)),
                _("Columns left out"): text.listed(
                    column["title"] for column in columns if column["how"] not in ("title", "mapped")
                ),
            }
        )
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        key="delivery-files",
        alt=_("Table of files and sheets with the table, encoding, header row and columns."),
    )


def _changes(place: str, state: State) -> None:
    """Rows and headline figures against the live edition."""
    if not state.replaces:
        st.info(_("This is the first edition of the place: there is nothing to compare it with."))
        return
    names = change_views.districts(place, state.replaces, state.edition)
    change_views.draw(state.tables, state.figures, names)
