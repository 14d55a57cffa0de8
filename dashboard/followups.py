"""Findings marked at meetings: what was found, who is to do what until when, and how it stands.

They are kept outside the editions (`followup_store`), with every change there ever was. Whoever changes a finding says
which state was read: two people cannot overwrite one another. A reader limited to districts sees only what is about
these districts alone.
"""

import json
import math
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from dashboard import access, followup_store
from dashboard.followup_store import FindingRow, FollowUpError, StateRow
from dashboard.text import N_, _

STATUSES = {
    "open": N_("To be handled"),
    "in_hand": N_("Being handled"),
    "done": N_("Done"),
    "dropped": N_("Withdrawn"),
}
ACTIVE = ("open", "in_hand")
LENGTHS = {"subject": 120, "section": 200, "owner": 60, "note": 1000, "by": 60}  # letters
TITLES = {
    "subject": N_("Subject"),
    "section": N_("Section"),
    "owner": N_("Owner"),
    "note": N_("Note"),
    "by": N_("Entered by"),
}
HINT = N_("Name a unit or a post, never a person. What stands here is kept and cannot be deleted.")
PERSONAL = {"member_id", "masked_name", "worker_id"}  # columns that lead to one person
UNWRITTEN = {"Cc", "Cs", "Cf"}  # Unicode categories: control, half letters, marks that turn the writing round


class ChangedMeanwhile(FollowUpError):
    """Someone else has changed the finding since it was read."""


@dataclass(frozen=True)
class Mark:
    """What was marked: a section, and a figure with all that it takes to ask for its number again.

    `query`, `parameters`, `row` (key columns and their values) and `column` lead to the number; `metric` is what it is
    called, `value` and `kind` what it was. `districts` are those that the figure is about; none means the whole place.
    """

    section_code: str
    section: str
    subject: str
    edition: str
    period: str
    figure: str = ""
    metric: str = ""
    query: str = ""
    parameters: dict[str, Any] | None = None
    row: dict[str, str] | None = None
    column: str = ""
    value: float | str | date | None = None
    kind: str = "text"
    districts: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """One state of a finding: who is to do what until when, and who said so. `version` counts from 1."""

    version: int
    changed_at: datetime
    changed_by: str
    status: str
    owner: str
    deadline: date
    note: str


@dataclass(frozen=True)
class FollowUp:
    """A finding as it stands."""

    number: int
    marked_at: datetime
    mark: Mark
    state: State

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state.status in ACTIVE

    @property
    def status_words(self) -> str:
        """The status in the reader's language."""
        return _(STATUSES[self.state.status])

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done before a day."""
        return self.is_open and self.state.deadline < today


def add(place: str, mark: Mark, owner: str, deadline: date, note: str = "", by: str = "") -> int:
    """Keep a finding; its number. Raises `FollowUpError`, a sentence for the reader, if it cannot be kept.

    A reader limited to districts marks for these alone, whatever wider ones the figure names.
    """
    mark, moment = _checked_mark(mark), _now()
    scope = json.dumps(sorted(_scope(mark.districts)))
    with followup_store.changing(place) as store:
        number = followup_store.append_finding(store, moment, _packed(mark), scope)
        state = State(1, datetime.fromisoformat(moment), by, "open", owner, deadline, note)
        followup_store.append_state(store, _checked_state(number, state))
    return number


def change(
    place: str,
    number: int,
    seen: int,
    *,
    status: str | None = None,
    owner: str | None = None,
    deadline: date | None = None,
    note: str | None = None,
    by: str = "",
) -> int:
    """Give a finding a new state, what is None staying as it is; the version of the new state.

    `seen` is the version of the state that was read. Raises `ChangedMeanwhile` if there is a later one, and
    `FollowUpError` if this reader has no such finding or the new state cannot be kept.
    """
    given = {"status": status, "owner": owner, "deadline": deadline, "note": note}
    new = {name: value for name, value in given.items() if value is not None}
    with followup_store.changing(place) as store:
        rows = {row.number: row for row in followup_store.found(store) if _is_visible(row)}
        if number not in rows:
            raise FollowUpError(_("There is no finding number {number}.").format(number=number))
        old = _state(rows[number].state)
        if old.version != seen:
            raise ChangedMeanwhile(_("Someone else has changed this finding meanwhile. Look at it again."))
        moment = datetime.fromisoformat(_now())
        state = replace(old, version=seen + 1, changed_at=moment, changed_by=by, **new)
        followup_store.append_state(store, _checked_state(number, state))
    return state.version


def all_findings(place: str) -> list[FollowUp]:
    """All findings that the reader may see, the nearest deadline first. Raises `FollowUpError` on a broken file."""
    return [_finding(row) for row in followup_store.read(place) if _is_visible(row)]


def open_findings(place: str) -> list[FollowUp]:
    """Those with something left to do."""
    return [finding for finding in all_findings(place) if finding.is_open]


def history(place: str, number: int) -> list[State]:
    """All states of a finding, the first first; none if this reader has no such finding."""
    if number not in {row.number for row in followup_store.read(place) if _is_visible(row)}:
        return []
    return [_state(row) for row in followup_store.states(place, number)]


def _scope(districts: tuple[str, ...]) -> frozenset[str]:
    """Districts that a new finding is about: none beyond the reader's own."""
    mine = access.reader().districts
    return (mine & frozenset(districts) or mine) if mine else frozenset(districts)


def _is_visible(row: FindingRow) -> bool:
    """Whether the reader may see all districts that a finding is about."""
    mine, scope = access.reader().districts, frozenset(json.loads(row.scope))
    return not mine or (bool(scope) and scope <= mine)


def _checked_mark(mark: Mark) -> Mark:
    """The mark as it is kept. Raises `FollowUpError` where it leads to one person, or says too much or nothing."""
    if PERSONAL & {mark.column, *(mark.row or {})}:
        raise FollowUpError(_("A finding is about a figure, never about one person."))
    subject = _words("subject", mark.subject)
    if not subject:
        raise FollowUpError(_("A finding needs a subject."))
    is_number = not isinstance(mark.value, float) or math.isfinite(mark.value)
    value = mark.value if is_number else None
    return replace(mark, subject=subject, section=_words("section", mark.section), value=value)


def _checked_state(number: int, state: State) -> StateRow:
    """A state as it is kept. Raises `FollowUpError` on what cannot be."""
    if state.status not in STATUSES:
        raise FollowUpError(_("There is no status “{status}”.").format(status=state.status))
    owner = _words("owner", state.owner)
    if not owner:
        raise FollowUpError(_("A finding needs an owner: a unit or a post."))
    if not isinstance(state.deadline, date):
        raise FollowUpError(_("A finding needs a deadline: a day."))
    return StateRow(
        number=number,
        version=state.version,
        changed_at=state.changed_at.isoformat(),
        changed_by=_words("by", state.changed_by),
        status=state.status,
        owner=owner,
        deadline=state.deadline.isoformat()[: len("2024-12-31")],
        note=_words("note", state.note),
    )


def _words(field: str, said: str) -> str:
    """Plain text of a field. Raises `FollowUpError` if it is too long."""
    kept = (letter for letter in said if letter == "\n" or unicodedata.category(letter) not in UNWRITTEN)
    plain = "".join(kept).strip()
    if len(plain) > LENGTHS[field]:
        message = _("{field} has room for {count} letters.")
        raise FollowUpError(message.format(field=_(TITLES[field]), count=LENGTHS[field]))
    return plain


def _finding(row: FindingRow) -> FollowUp:
    given = json.loads(row.mark, object_hook=_unpacked)
    mark = Mark(**{**given, "districts": tuple(given["districts"])})
    return FollowUp(row.number, datetime.fromisoformat(row.marked_at), mark, _state(row.state))


def _state(row: StateRow) -> State:
    moment, deadline = datetime.fromisoformat(row.changed_at), date.fromisoformat(row.deadline)
    return State(row.version, moment, row.changed_by, row.status, row.owner, deadline, row.note)


def _packed(mark: Mark) -> str:
    """JSON that keeps days apart from words."""
    return json.dumps(asdict(mark), allow_nan=False, default=lambda day: {"day": day.isoformat()})


def _unpacked(given: dict[str, Any]) -> Any:
    if set(given) != {"day"}:
        return given
    is_day = len(given["day"]) == len("2024-12-31")
    return date.fromisoformat(given["day"]) if is_day else datetime.fromisoformat(given["day"])


def _now() -> str:
    return f"{datetime.now():%Y-%m-%dT%H:%M:%S}"
