"""The file of findings: `data/<place>/follow-ups.sqlite`, beside the editions, safe under concurrent writers.

What was marked is written once; its states follow one another. Nothing is ever updated or deleted, so the file is its
own history. One rollback journal and no write-ahead log: that needs shared memory, which network folders do not have.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from dashboard import settings
from dashboard.text import _

FILE = "follow-ups.sqlite"
VERSION = 1  # of the tables below
PATIENCE_S = 20  # how long a writer waits for the others
TABLES = (
    """
    create table findings (
        number integer primary key autoincrement,
        marked_at text not null,
        mark text not null check (json_valid(mark)),
        scope text not null check (json_valid(scope))
    )
    """,
    """
    create table states (
        number integer not null references findings (number),
        version integer not null,
        changed_at text not null,
        changed_by text not null,
        status text not null,
        owner text not null,
        deadline text not null,
        note text not null,
        primary key (number, version)
    )
    """,
    "create trigger findings_stay before update on findings begin select raise(abort, 'never changed'); end",
    "create trigger findings_last before delete on findings begin select raise(abort, 'never deleted'); end",
    "create trigger states_stay before update on states begin select raise(abort, 'never changed'); end",
    "create trigger states_last before delete on states begin select raise(abort, 'never deleted'); end",
    f"pragma user_version = {VERSION}",
)
LAST_STATES = """
with last_states as (
    select number, max(version) as version from states group by number
)
select findings.*, states.*
from findings
inner join last_states using (number)
inner join states using (number, version)
order by states.deadline, findings.number
"""
STATES = "select * from states where number = ? order by version"
NEW_FINDING = "insert into findings (marked_at, mark, scope) values (?, ?, ?)"
NEW_STATE = "insert into states values (:number, :version, :changed_at, :changed_by, :status, :owner, :deadline, :note)"


class FollowUpError(ValueError):
    """A finding that cannot be kept or read; the message is a sentence for the reader."""


class StateRow(NamedTuple):
    """One row of `states`; moments and days as ISO 8601."""

    number: int
    version: int
    changed_at: str
    changed_by: str
    status: str
    owner: str
    deadline: str
    note: str


class FindingRow(NamedTuple):
    """One row of `findings` with its last state; `mark` and `scope` as JSON."""

    number: int
    marked_at: str
    mark: str
    scope: str
    state: StateRow


def read(place: str) -> list[FindingRow]:
    """All findings with their last states, the nearest deadline first. Raises `FollowUpError` on a broken file."""
    if not _file(place).is_file():
        return []
    with _opened(_file(place), "rw") as store:
        return found(store)


def found(store: sqlite3.Connection) -> list[FindingRow]:
    """All findings of an open file with their last states."""
    if not _version(store):  # made, but nothing was ever kept
        return []
    return [FindingRow(*row[:4], StateRow(*row[4:])) for row in store.execute(LAST_STATES)]


def states(place: str, number: int) -> list[StateRow]:
    """The states of a finding, the first first. Raises `FollowUpError` on a broken file."""
    with _opened(_file(place), "rw") as store:
        return [StateRow(*row) for row in store.execute(STATES, (number,))]


def append_finding(store: sqlite3.Connection, marked_at: str, mark: str, scope: str) -> int:
    """Write what was marked; its number."""
    return store.execute(NEW_FINDING, (marked_at, mark, scope)).lastrowid


def append_state(store: sqlite3.Connection, state: StateRow) -> None:
    """Write a new state of a finding."""
    store.execute(NEW_STATE, state._asdict())


@contextmanager
def changing(place: str) -> Iterator[sqlite3.Connection]:
    """One transaction, alone with the file: all of it is kept, or nothing. Raises `FollowUpError` if it cannot be."""
    if not settings.place_dir(place).is_dir():
        raise FollowUpError(_("There is no place “{place}”.").format(place=place))
    with _opened(_file(place), "rwc") as store:
        store.execute("begin immediate")
        if not _version(store):
            for statement in TABLES:
                store.execute(statement)
        yield store
        store.execute("commit")


@contextmanager
def _opened(file: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """The file as a database; what was not committed is undone, and what SQLite cannot do becomes a sentence."""
    try:
        store = sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", PATIENCE_S, isolation_level=None, uri=True)
        try:
            if _version(store) > VERSION:
                raise FollowUpError(_("The file of findings was written by a later version of the dashboard."))
            yield store
        finally:
            store.close()
    except sqlite3.Error as error:
        raise FollowUpError(_said(error)) from error


def _version(store: sqlite3.Connection) -> int:
    return store.execute("pragma user_version").fetchone()[0]


def _said(error: sqlite3.Error) -> str:
    """What went wrong, for a reader."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest is detail
    if code == sqlite3.SQLITE_BUSY:
        return _("Others are saving findings at this moment. Try again.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return _("Findings cannot be saved: the folder of the place cannot be written.")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return _("Findings cannot be saved: the disk is full or fails.")
    return _("The file of findings is damaged: {reason}").format(reason=error)


def _file(place: str) -> Path:
    return settings.place_dir(place) / FILE
