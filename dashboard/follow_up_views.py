"""The part of the page of briefings about what was marked at meetings: the list, marking, bringing up to date."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import followups, text
from dashboard.charts import theme
from dashboard.followups import HINT, LENGTHS, STATUSES, FollowUp, FollowUpError
from dashboard.reports import findings
from dashboard.reports.model import Briefing, Finding, Section
from dashboard.text import _

WEEKS = timedelta(days=28)  # a deadline to begin with
WHOLE = ""  # a finding about the section, not about one of its figures


def draw(briefing: Briefing, chosen: dict[str, Any]) -> None:
    """Findings of the place with their new values, a form to mark one, and one to say how it stands."""
    place = chosen["place"]
    try:
        kept = followups.all_findings(place)
    except FollowUpError:  # the page has said so
        return
    _list(briefing.findings)
    left, right = st.columns(2)
    with left:
        _marking(place, briefing)
    with right:
        _bringing_up_to_date(place, kept)


def _list(found: tuple[Finding, ...]) -> None:
    if not found:
        st.info(
            _("Nothing is marked yet. What is marked here is listed in every next briefing."), icon=":material/flag:"
        )
        return
    rows = pd.DataFrame(
        [
            {
                _("No."): each.number,
                _("Matter"): each.subject,
                _("Owner"): each.owner,
                _("Deadline"): each.deadline_shown,
                _("Status"): f"{theme.SIGNS['trouble']} {_('overdue')}" if each.is_overdue else each.status_words,
                _("When marked"): each.then.shown if each.then else "",
                _("Now"): each.now.shown if each.now else text.NOT_REPORTED if each.then else "",
                _("Note"): each.note,
            }
            for each in found
        ]
    )
    st.dataframe(rows, hide_index=True, key="follow-ups")


def _marking(place: str, briefing: Briefing) -> None:
    """Section, figure and row are chosen first; who, until when and what about it are then kept together."""
    st.subheader(_("Mark a finding"), anchor=False)
    by_code = {section.code: section for section in briefing.sections}
    if not by_code:
        return
    asked = st.query_params.get("section", "")
    section = by_code[
        st.selectbox(
            _("Section"),
            list(by_code),
            index=list(by_code).index(asked) if asked in by_code else 0,
            format_func=lambda code: by_code[code].heading,
            key=f"mark-section-{asked}",
        )
    ]
    figure, row, column = _cell(section)
    subject = section.heading
    if figure is not None:
        cell = figure.table.rows[row][column]
        subject = " · ".join(filter(None, [findings.words(figure, row), figure.table.columns[column].title]))
        st.caption(_("Now: {value}").format(value=cell.shown))
    with st.form(f"mark-{section.code}-{subject}", clear_on_submit=True):
        matter = st.text_input(_("Matter"), subject[: LENGTHS["subject"]], max_chars=LENGTHS["subject"])
        owner = st.text_input(_("Owner"), max_chars=LENGTHS["owner"], placeholder=_("A unit or a post"))
        deadline = st.date_input(_("Deadline"), date.today() + WEEKS, format="YYYY-MM-DD")
        note = st.text_area(_("Note"), max_chars=LENGTHS["note"])
        st.caption(_(HINT))
        if st.form_submit_button(_("Mark"), type="primary", icon=":material/flag:"):
            marked = findings.mark(briefing, section, figure, row, column, matter)
            _kept(lambda: followups.add(place, marked, owner, deadline, note))


def _cell(section: Section) -> tuple[Any, int, int]:
    """Figure, row and column that a finding is about; no figure where it is about the section."""
    # A table with a column per code has no row of the query behind each of its rows.
    by_code = {each.code: each for each in section.figures if len(each.table.rows) == len(each.rows)}
    code = st.selectbox(
        _("Figure"),
        [*by_code, WHOLE],
        format_func=lambda code: by_code[code].title if code else _("The section as a whole"),
        key=f"mark-figure-{section.code}",
    )
    if not code:
        return None, 0, 0
    figure = by_code[code]
    row = st.selectbox(
        _("Row"),
        list(range(len(figure.table.rows))),
        format_func=lambda at: findings.words(figure, at) or text.number(at + 1, "count"),
        key=f"mark-row-{code}",
    )
    numbers = [at for at, column in enumerate(figure.table.columns) if column.is_number] or [0]
    column = numbers[0]
    if len(numbers) > 1:
        column = st.selectbox(
            _("Column"),
            numbers,
            format_func=lambda at: figure.table.columns[at].title,
            key=f"mark-column-{code}",
        )
    return figure, row, column


def _bringing_up_to_date(place: str, kept: list[FollowUp]) -> None:
    """How one finding stands now; whoever looked at an earlier state is told so."""
    st.subheader(_("How it stands"), anchor=False)
    if not kept:
        st.caption(_("Nothing to bring up to date."))
        return
    by_number = {each.number: each for each in kept}
    number = st.selectbox(
        _("Finding"),
        list(by_number),
        format_func=lambda number: f"{number}. {by_number[number].mark.subject}",
        key="follow-up-number",
    )
    found = by_number[number]
    with st.form(f"follow-up-{number}-{found.state.version}"):
        status = st.selectbox(
            _("Status"),
            list(STATUSES),
            index=list(STATUSES).index(found.state.status),
            format_func=lambda code: _(STATUSES[code]),
        )
        owner = st.text_input(_("Owner"), found.state.owner, max_chars=LENGTHS["owner"])
        deadline = st.date_input(_("Deadline"), found.state.deadline, format="YYYY-MM-DD")
        note = st.text_area(_("Note"), found.state.note, max_chars=LENGTHS["note"])
        if st.form_submit_button(_("Keep"), type="primary"):
            changed = {"status": status, "owner": owner, "deadline": deadline, "note": note}
            _kept(lambda: followups.change(place, number, found.state.version, **changed))
    states = followups.history(place, number)
    if len(states) > 1:
        with st.expander(_("All that was entered")):
            for state in states:
                words = _(STATUSES[state.status])
                moment, day = text.moment(state.changed_at, "moment"), text.moment(state.deadline, "date")
                st.text(" · ".join(filter(None, [moment, words, state.owner, day, state.note])))


def _kept(keep: Any) -> None:
    """Keep something and draw the page again, or say why it could not be kept."""
    try:
        keep()
    except FollowUpError as error:
        st.error(str(error))
    else:
        st.rerun()
