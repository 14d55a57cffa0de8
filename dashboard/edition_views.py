"""Editions of a place on the steward's page: which is live, who published what when, what differs, what may go."""

import pandas as pd
import streamlit as st

from dashboard import catalogue, contract, edition_changes, editions, profile, retention, settings, text
from dashboard.charts import theme
from dashboard.publishing import faults, marked, row_changes
from dashboard.text import _


def draw(place: str, steward: str) -> None:
    """All editions, a comparison of two, and what can be done with one."""
    known = editions.published(place)
    if not known:
        st.info(_("No edition is live yet."), icon=":material/inbox:")
        return
    _list(place, known)
    left, right = st.columns([1, 1.6])
    with left:
        _manage(place, known, steward)
    with right:
        _compare(place, known)


def _list(place: str, known: list[str]) -> None:
    live, pins = editions.current(place), editions.pins(place)
    switched = {line.edition: line for line in editions.history(place)}
    rows = []
    for edition in known:
        facts, last = editions.facts(place, edition), switched.get(edition)
        marks = [_("live")] if edition == live else []
        marks += [_("kept: {reason}").format(reason=pins[edition].reason)] if edition in pins else []
        rows.append(
            {
                _("Edition"): edition,
                _("State"): text.listed(marks) or text.NOT_REPORTED,
                _("Made"): facts["published_at"].replace("T", " "),
                _("Last published"): last.moment if last else text.NOT_REPORTED,
                _("By"): (last.by if last else "") or text.NOT_REPORTED,
                _("Rows of extracts"): sum(facts["rows"].values()),
                _("Kinds of warnings"): sum(each["severity"] == "warning" for each in facts["warnings"]),
                _("Size (MB)"): round(editions.size(place, edition) / 1e6),
            }
        )
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        key="editions",
        alt=_("Table of editions with state, dates, who published them, rows, warnings and size."),
    )


def _manage(place: str, known: list[str], steward: str) -> None:
    """Make another edition live, keep one for good, remove old ones."""
    live, pins = editions.current(place), editions.pins(place)
    with st.container(border=True, key="edition-manage"):
        st.markdown(f"**{_('One edition')}**")
        edition = st.selectbox(_("Edition"), known, key="edition-chosen", label_visibility="collapsed")
        if edition != live and st.button(_("Make it live again…"), icon=":material/undo:", key="edition-back"):
            _roll_back(place, edition, live, steward)
        if edition in pins:
            st.caption(_("Kept by {name}: {reason}").format(name=pins[edition].by, reason=pins[edition].reason))
            if st.button(_("No longer keep it for good"), icon=":material/keep_off:", key="edition-unpin"):
                _do(lambda: editions.unpin(place, edition))
        else:
            reason = st.text_input(_("Why it is to be kept"), key="edition-reason", max_chars=80)
            if st.button(_("Keep it for good"), icon=":material/keep:", disabled=not reason, key="edition-pin"):
                _do(lambda: editions.pin(place, edition, reason, steward))
    keep = profile.load(settings.place_dir(place) / "place.toml").retention.get("editions")
    old = retention.removable(place, keep) if keep else []
    with st.container(border=True, key="edition-retention"):
        st.markdown(f"**{_('Old editions')}**")
        if not keep:
            st.caption(_("All editions are kept. `[retention] editions = 24` in place.toml limits their number."))
        elif not old:
            message = _("The newest {count} are kept, and those that are live, kept for good or cited by a briefing.")
            st.caption(message.format(count=keep))
        else:
            st.caption(_("Beyond the newest {count}: {editions}").format(count=keep, editions=text.listed(old)))
            label = _("Remove {count} editions").format(count=len(old))
            if st.button(label, icon=":material/delete:", key="edition-old"):
                _do(lambda: retention.remove(place, old))


def _roll_back(place: str, edition: str, live: str | None, steward: str) -> None:
    @st.dialog(_("Make edition {edition} live again").format(edition=edition))
    def ask() -> None:
        st.markdown(_("All readers see it at their next click, instead of {live}, which is kept.").format(live=live))
        if st.button(_("Make it live again"), type="primary", key="edition-back-now"):
            _do(lambda: editions.roll_back(place, edition, steward))

    ask()


def _do(act) -> None:
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
        before = first.selectbox(_("From"), known, index=1, key="edition-before")
        after = second.selectbox(_("To"), known, index=0, key="edition-after")
        if before == after:
            st.caption(_("Choose two different editions."))
            return
        changes(
            _rows(place, before, after).to_dict("records"),
            _figures(place, before, after, text.language()).to_dict("records"),
        )


@st.cache_data(max_entries=16, show_spinner=False)
def _rows(place: str, before: str, after: str) -> pd.DataFrame:
    return row_changes.rows(place, before, after)


@st.cache_data(max_entries=16, show_spinner=False)
def _figures(place: str, before: str, after: str, language: str) -> pd.DataFrame:
    return edition_changes.figures(place, before, after, language)


def changes(tables: list[dict], figures: list[dict]) -> None:
    """Rows of extracts and headline figures before and after; those that jump come first and carry a sign."""
    changed = [each for each in tables if each["added"] or each["removed"] or each["changed"]]
    st.markdown(_("{count} of {all} extracts differ.").format(count=len(changed), all=len(tables)))
    if changed:
        st.dataframe(
            pd.DataFrame(
                {
                    _("Table"): [marked.title(each["table"]) for each in changed],
                    _("Before"): [each["before"] for each in changed],
                    _("After"): [each["after"] for each in changed],
                    _("Added"): [each["added"] for each in changed],
                    _("Removed"): [each["removed"] for each in changed],
                    _("Changed rows"): [each["changed"] for each in changed],
                    _("In columns"): [_columns(each) for each in changed],
                }
            ),
            hide_index=True,
            column_config={
                name: st.column_config.NumberColumn(format="localized")
                for name in (_("Before"), _("After"), _("Added"), _("Removed"), _("Changed rows"))
            },
            key="changed-tables",
            alt=_("Table of extracts with rows before and after, added, removed and changed."),
        )
    shown = [each for each in figures if not _is_same(each)]
    shown.sort(key=lambda each: not each["is_jump"])
    jumps = sum(each["is_jump"] for each in shown)
    said = _("{count} of {all} headline figures differ, {jumps} of them surprisingly.")
    st.markdown(said.format(count=len(shown), all=len(figures), jumps=jumps))
    if shown:
        st.dataframe(
            pd.DataFrame(
                {
                    "": [theme.SIGNS["watch"] if each["is_jump"] else "" for each in shown],
                    _("Metric"): [catalogue.title(each["metric"]) for each in shown],
                    _("District"): [each["district"] or _("Whole place") for each in shown],
                    _("Before"): [text.number(each["before"], _kind(each)) for each in shown],
                    _("After"): [text.number(each["after"], _kind(each)) for each in shown],
                }
            ),
            hide_index=True,
            key="changed-figures",
            alt=_("Table of headline figures before and after, surprising ones first."),
        )
        st.caption(
            _("{sign} stands out among the changes of all districts (modified z-score beyond 3.5).").format(
                sign=theme.SIGNS["watch"]
            )
        )


def _kind(figure: dict) -> str:
    return catalogue.COLUMNS[figure["metric"]].kind


def _is_same(figure: dict) -> bool:
    """Whether a figure is written alike in both editions."""
    return text.number(figure["before"], _kind(figure)) == text.number(figure["after"], _kind(figure))


def _columns(table: dict) -> str:
    fields = contract.load().tables[table["table"]].fields
    names = [name for name in table["columns"].split(", ") if name in fields]
    return text.listed(fields[n].title_en if text.language() == "en" else fields[n].title for n in names)
