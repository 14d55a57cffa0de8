"""Editions of a place on the steward's page: which is live, who published what when, what differs, what may go."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import change_views, edition_changes, editions, retention, row_tables, text
from dashboard.publishing import faults, row_changes
from dashboard.text import _

LONGEST_REASON = 80  # letters


def draw(place: str, by: str) -> None:
    """All editions of a place, what can be done with one, and what differs between two; `by` is who does it."""
    known = editions.published(place)
    if not known:
        st.info(_("No edition is live yet."), icon=":material/inbox:")
        return
    _list(place, known)
    left, right = st.columns([1, 1.8])
    with left:
        _one(place, known, by)
        _old(place, by)
        _history(place)
    with right:
        _compare(place, known)


def _list(place: str, known: list[str]) -> None:
    """A line per edition, the newest first."""
    live, pins = editions.current(place), editions.pins(place)
    cited = retention.cited(place)
    last = {deed.edition: deed for deed in editions.history(place)}
    rows = []
    for edition in known:
        facts, deed = editions.facts(place, edition), last.get(edition)
        marks = [f"● {_('live')}"] if edition == live else []
        marks += [_("kept: {reason}").format(reason=pins[edition].reason)] if edition in pins else []
        marks += [_("cited by a briefing")] if edition in cited else []
        rows.append(
            {
                _("Edition"): edition,
                _("State"): text.listed(marks),
                _("Last published"): _moment(deed.moment if deed else facts["published_at"]),
                _("By"): (deed.by if deed else "") or text.NOT_REPORTED,
                _("Rows of extracts"): sum(facts["rows"].values()),
                _("Kinds of warnings"): sum(each["severity"] == "warning" for each in facts["warnings"]),
                _("Size (MB)"): editions.size(place, edition) / 1e6,
            }
        )
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        key="editions",
        height=row_tables.height(rows),
        column_config={
            _("Rows of extracts"): st.column_config.NumberColumn(format="localized"),
            _("Size (MB)"): st.column_config.NumberColumn(format="%.1f"),
        },
        alt=_("Table of editions with state, dates, who published them, rows, warnings and size."),
    )


def _one(place: str, known: list[str], by: str) -> None:
    """Make another edition live, or keep one for good."""
    live, pins = editions.current(place), editions.pins(place)
    with st.container(border=True, key="edition-manage"):
        st.markdown(f"**{_('One edition')}**")
        edition = st.selectbox(_("Edition"), known, key=f"edition-chosen-{place}", label_visibility="collapsed")
        if edition == live:
            st.caption(_("This is the live edition."))
        elif st.button(_("Make it live again…"), icon=":material/undo:", key="edition-back"):
            _roll_back(place, edition, by)
        if edition in pins:
            st.caption(
                _("Kept by {name}: {reason}").format(
                    name=text.as_written(pins[edition].by), reason=text.as_written(pins[edition].reason)
                )
            )
            if st.button(_("No longer keep it for good"), icon=":material/keep_off:", key="edition-unpin"):
                _do(lambda: editions.unpin(place, edition))
            return
        with st.form("edition-pin-form", border=False, clear_on_submit=True):
            reason = st.text_input(_("Why it is to be kept"), key="edition-reason", max_chars=LONGEST_REASON)
            if st.form_submit_button(_("Keep it for good"), icon=":material/keep:", key="edition-pin"):
                if reason.strip():
                    _do(lambda: editions.pin(place, edition, reason, by))
                else:
                    st.caption(f":red[{_('Say why, for whoever comes after you.')}]")


def _old(place: str, by: str) -> None:
    """What the place's rule keeps no longer."""
    with st.container(border=True, key="edition-retention"):
        st.markdown(f"**{_('Old editions')}**")
        try:
            keep = retention.limit(place)
        except faults.KNOWN as error:
            st.error(faults.told(error))
            return
        old = retention.removable(place, keep) if keep else []
        if not keep:
            st.caption(_("All editions are kept. `[retention] editions = 24` in place.toml limits their number."))
        elif not old:
            st.caption(
                text.sentences(
                    _("The newest {count} are kept.").format(count=keep),
                    _("Beyond them stay the live edition, the one before it, and those kept for good or cited."),
                )
            )
        else:
            st.caption(_("Beyond the newest {count}: {editions}").format(count=keep, editions=text.listed(old)))
            if st.button(_("Remove {count}…").format(count=len(old)), icon=":material/delete:", key="edition-old"):
                _remove(place, old, by)


def _history(place: str) -> None:
    """What was done when and by whom, the last first."""
    deeds = editions.history(place)
    with st.expander(_("History ({count})").format(count=len(deeds)), icon=":material/history:"):
        rows = [
            {
                _("When"): _moment(deed.moment),
                _("What was done"): _(edition_changes.DEEDS.get(deed.what, deed.what)),
                _("Edition"): deed.edition,
                _("By"): deed.by or text.NOT_REPORTED,
            }
            for deed in reversed(deeds)
        ]
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            key="edition-history",
            height=row_tables.height(rows),
            alt=_("Table of what was done with editions, when and by whom."),
        )


def _roll_back(place: str, edition: str, by: str) -> None:
    @st.dialog(_("Make edition {edition} live again").format(edition=edition))
    def ask() -> None:
        live = editions.current(place)
        st.markdown(_("All readers see it at their next click, instead of {live}, which is kept.").format(live=live))
        if st.button(_("Make it live again"), type="primary", key="edition-back-now"):
            _do(lambda: editions.roll_back(place, edition, by))

    ask()


def _remove(place: str, old: list[str], by: str) -> None:
    @st.dialog(_("Remove old editions"))
    def ask() -> None:
        st.markdown("\n".join(f"- {edition}" for edition in old))
        st.markdown(_("They cannot be brought back. Links to them will say that they are gone."))
        if st.button(_("Remove them"), type="primary", icon=":material/delete:", key="edition-old-now"):
            _do(lambda: retention.remove(place, old, by))

    ask()


def _do(act: Callable[[], Any]) -> None:
    """Do something with editions and draw the page anew; what stands against it is told."""
    try:
        act()
    except faults.KNOWN as error:
        st.error(faults.told(error))
    else:
        st.rerun()


def _compare(place: str, known: list[str]) -> None:
    """What differs between two editions."""
    with st.container(border=True, key="edition-compare"):
        st.markdown(f"**{_('Compare two editions')}**")
        if len(known) < 2:
            st.caption(_("There is one edition only."))
            return
        first, second = st.columns(2)
        before = first.selectbox(_("From"), known, index=1, key=f"edition-before-{place}")
        after = second.selectbox(_("To"), known, index=0, key=f"edition-after-{place}")
        if before == after:
            st.caption(_("Choose two different editions."))
            return
        with st.spinner(_("Comparing…")):
            tables, figures = _rows(place, before, after), _figures(place, before, after, text.language())
        change_views.draw(tables, figures, change_views.districts(place, before, after))


@st.cache_data(max_entries=16, show_spinner=False)
def _rows(place: str, before: str, after: str) -> list[dict[str, Any]]:
    return row_changes.rows(place, before, after).to_dict("records")


@st.cache_data(max_entries=16, show_spinner=False)
def _figures(place: str, before: str, after: str, language: str) -> list[dict[str, Any]]:
    return edition_changes.figures(place, before, after, language).to_dict("records")


def _moment(written: str) -> str:
    """A moment of the history as a reader sees it, to the second as it was kept."""
    return written.replace("T", " ")
