"""The briefing a reader has open: named in the address, changed in the session, pinned to an edition once it is saved.

`?briefing=…` names a saved one; without it the place's own storyline is told with the reader's filters.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import streamlit as st

from dashboard import access, editions, filters, periods, store, text
from dashboard.followups import FollowUpError
from dashboard.reports import changes, content, findings, saved, storylines
from dashboard.reports.model import Briefing
from dashboard.reports.storylines import Pin, SectionSpec, Storyline

DRAFT = "briefing-draft"


@dataclass(frozen=True)
class Open:
    """A briefing as the reader has it: the storyline with what is changed, as it was read, and the state it was in."""

    line: Storyline
    read: Storyline
    state: str = saved.NEW

    @property
    def is_changed(self) -> bool:
        """Whether something is changed that is not saved."""
        return self.line != self.read


def opened(place: str) -> Open:
    """What the address asks for, with the reader's changes. Raises `SaveError` or `StorylineError`."""
    name = st.query_params.get("briefing", "")
    draft = st.session_state.get(DRAFT)
    if draft and (draft.read.place, draft.read.name) == (place, name) and draft.is_changed:
        return draft
    if name:
        found = saved.read(place, name)
        draft = Open(found.line, found.line, found.state)
    else:
        line = storylines.of_place(place)
        draft = Open(line, line)
    st.session_state[DRAFT] = draft
    return draft


def change(line: Storyline) -> None:
    """Keep a change for this session."""
    st.session_state[DRAFT] = replace(st.session_state[DRAFT], line=line)


def discard() -> None:
    """Forget what is changed and not saved."""
    st.session_state.pop(DRAFT, None)


def open_named(name: str) -> None:
    """Open another briefing; an empty name is the place's storyline."""
    discard()
    for key in ("briefing", "section"):
        st.query_params.pop(key, None)
    if name:
        st.query_params["briefing"] = name


def save(name: str, title: str, chosen: dict[str, Any]) -> None:
    """Save what is open under a name and a title in the reader's language, pinned to what it is told from now.

    Raises `SaveError`.
    """
    draft = st.session_state[DRAFT]
    titled = draft.line.title | ({text.language(): title.strip()} if title.strip() else {})
    line = replace(draft.line, name=name.strip(), title=titled, pin=draft.line.pin or pin(chosen))
    state = draft.state if line.name == draft.read.name else saved.NEW
    state = saved.save(line, state)
    st.session_state[DRAFT] = Open(line, line, state)
    st.query_params["briefing"] = line.name


def pin(chosen: dict[str, Any]) -> Pin:
    """Edition, period and filters of what a reader chose."""
    months = store.query("periods", place=chosen["place"], edition=chosen["edition"]).iloc[0]
    spans = periods.spans(months["first_month"], months["last_month"])
    wanted = (chosen["start_month"], chosen["end_month"])
    period = next(code for code, span in spans.items() if span == wanted)
    return Pin(chosen["edition"], period, tuple(chosen["districts"]), tuple(chosen["compound_types"]))


def told_from(line: Storyline, chosen: dict[str, Any]) -> dict[str, Any]:
    """What a briefing is filled from: what it is pinned to, else what the reader chose.

    Raises `editions.EditionError` where the edition is gone, `LookupError` where it lacks the period.
    """
    return content.pinned(line.place, line.pin, text.language()) if line.pin else chosen


def filled(line: Storyline, chosen: dict[str, Any]) -> Briefing:
    """The briefing with the findings that stand when it is told; without these where they cannot be read.

    The page of briefings says so then.
    """
    told = _told(line, chosen)
    try:
        return replace(told, findings=findings.standing(chosen))
    except FollowUpError:
        return told


def _told(line: Storyline, chosen: dict[str, Any]) -> Briefing:
    """What an edition gives, worked out once; findings are asked anew by `filled`, and only where they are shown."""
    frozen = tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in chosen.items())
    return _filled(line.place, storylines.written(line), frozen, access.reader())


@lru_cache(maxsize=16)
def _filled(place: str, written: str, frozen: tuple, reader: access.Reader) -> Briefing:
    """`store` keeps to the reader's scope; `reader` keeps their answers apart."""
    chosen = {key: list(value) if isinstance(value, tuple) else value for key, value in frozen}
    return content.fill(storylines.parse(place, written), chosen)


def section_told(line: Storyline, chosen: dict[str, Any], spec: SectionSpec) -> Briefing:
    """The briefing as if it had this section alone: what the page needs, in a tenth of the time of the whole."""
    heading = next(heading for heading, sections in line.chapters if spec in sections)
    return _told(replace(line, chapters=((heading, (spec,)),)), chosen)


def asked() -> Briefing:
    """The briefing of the address, filled. Raises as `opened` and `told_from` do."""
    chosen = filters.chosen()
    line = opened(chosen["place"]).line
    return filled(line, told_from(line, chosen))


def newer(line: Storyline) -> str | None:
    """The live edition, if a saved briefing is pinned to another."""
    live = editions.current(line.place)
    return live if line.pin and live and live != line.pin.edition else None


def differences(line: Storyline, chosen: dict[str, Any], edition: str) -> list[changes.Change]:
    """What the same briefing would say otherwise under another edition, number by number."""
    other = replace(line, pin=replace(line.pin, edition=edition))
    return changes.compare(_told(line, chosen), _told(other, told_from(other, chosen)))


def shown(line: Storyline) -> SectionSpec:
    """The section that the address names, else the first."""
    code = st.query_params.get("section", "")
    return next((each for each in line.sections if each.code == code), line.sections[0])
