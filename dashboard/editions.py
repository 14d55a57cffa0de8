"""Editions on disk: complete directories, one of which a pointer file calls live.

    data/<place>/editions/<edition>/{edition.json, place.toml, rules/, extracts/, marts/}
    data/<place>/editions/.candidate-<edition>/  the same, complete, until somebody publishes or discards it
    data/<place>/editions/current      the live edition's identity, replaced by one atomic rename
    data/<place>/editions/history.log  one line per deed: moment, edition, what was done, by whom
    data/<place>/editions/kept.json    editions kept for good: edition -> reason, by whom, when

Nothing is edited in place: a crash at any moment leaves the last good edition live.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from dashboard import locks, settings

# What is done with an edition, as the history keeps it.
PUBLISHED, AGAIN, ROLLED_BACK, REMOVED = "published", "published again", "rolled back", "removed"
IDENTITY = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")
BUILDING = ".building-"
CANDIDATE = ".candidate-"


class EditionError(LookupError):
    """There is no such edition of this place."""


@dataclass(frozen=True)
class Deed:
    """One line of the history: when an edition was made live or removed, how, by whom (empty where nobody said)."""

    moment: str
    edition: str
    what: str
    by: str = ""


@dataclass(frozen=True)
class Pin:
    """Why an edition is kept for good, who said so and when."""

    reason: str
    by: str
    moment: str


def home(place: str) -> Path:
    """Folder that holds a place's editions."""
    return settings.place_dir(place) / "editions"


def path(place: str, edition: str) -> Path:
    """Folder of one edition, published or candidate. Raises `EditionError` if there is none such."""
    if IDENTITY.fullmatch(edition):
        for folder in (home(place) / edition, home(place) / f"{CANDIDATE}{edition}"):
            if (folder / "edition.json").is_file():
                return folder
    raise EditionError(f"{place}: {edition}")


def published(place: str) -> list[str]:
    """Identities of all editions of a place, newest as-of date first, then newest published."""
    found = [
        folder.parent
        for folder in home(place).glob("*/edition.json")
        if IDENTITY.fullmatch(folder.parent.name)
    ]
    return [f.name for f in sorted(found, key=lambda f: (f.name[:10], f.stat().st_mtime), reverse=True)]


def candidates(place: str) -> list[str]:
    """Identities of the editions that are complete but neither published nor discarded."""
    found = sorted(folder.parent.name for folder in home(place).glob(f"{CANDIDATE}*/edition.json"))
    return [name.removeprefix(CANDIDATE) for name in found]


def current(place: str) -> str | None:
    """Identity of the live edition, or None where nothing was published yet."""
    try:
        edition = (home(place) / "current").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    return edition if (home(place) / edition / "edition.json").is_file() else None


def facts(place: str, edition: str) -> dict:
    """What `edition.json` says: as-of date, row counts, warnings, missing tables, sources."""
    return json.loads((path(place, edition) / "edition.json").read_text(encoding="utf-8"))


@contextmanager
def lock(place: str, wait: bool = False) -> Iterator[None]:
    """Hold the place's publishing lock; the system frees it when the process dies.

    Raises `BlockingIOError` if another publisher holds it and `wait` is false.
    """
    with locks.held(home(place), wait):
        yield


@contextmanager
def building(place: str) -> Iterator[Path]:
    """An empty folder beside the editions to build in; removed if it was not committed.

    Call with the lock held: what earlier, killed publishers left behind is cleared first.
    """
    for leftover in home(place).glob(BUILDING + "*"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = Path(mkdtemp(prefix=BUILDING, dir=home(place)))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def propose(place: str, folder: Path, edition: str) -> None:
    """Turn a built folder into the candidate of this identity, in the place of one that is there already.

    Everything is flushed to the disk before the rename, so that power loss cannot leave half an edition.
    """
    for file in folder.rglob("*"):
        _flush(file)
    _flush(folder)
    discard(place, edition)
    os.rename(folder, home(place) / f"{CANDIDATE}{edition}")
    _flush(home(place))


def commit(place: str, edition: str, by: str = "") -> bool:
    """Publish a candidate and make it live; False if that edition was published before. Raises `EditionError`.

    Other candidates were compared with what is no longer live: they go.
    """
    is_new = edition not in published(place)
    if is_new:
        os.rename(path(place, edition), home(place) / edition)
        _flush(home(place))
    switch(place, edition, PUBLISHED if is_new else AGAIN, by)
    for candidate in candidates(place):
        discard(place, candidate)
    return is_new


def discard(place: str, edition: str) -> None:
    """Remove a candidate, if there is one."""
    folder = home(place) / f"{CANDIDATE}{edition}"
    if folder.is_dir():
        _clear(place, folder)


def history(place: str) -> list[Deed]:
    """What was done with the editions of a place, the last deed at the end; older lines name nobody."""
    try:
        lines = (home(place) / "history.log").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [Deed(*line.split("\t")[:4]) for line in lines if line.count("\t") >= 2]


def pins(place: str) -> dict[str, Pin]:
    """Editions that are kept for good."""
    try:
        raw = json.loads((home(place) / "kept.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {edition: Pin(**kept) for edition, kept in raw.items()}


def pin(place: str, edition: str, reason: str, by: str) -> None:
    """Keep an edition for good. Raises `EditionError` if there is none such."""
    moment = datetime.now().isoformat(sep=" ", timespec="seconds")
    with lock(place, wait=True):
        if edition not in published(place):
            raise EditionError(f"{place}: {edition}")
        _keep_pins(place, pins(place) | {edition: Pin(_line(reason), _line(by), moment)})


def unpin(place: str, edition: str) -> None:
    """No longer keep an edition for good."""
    with lock(place, wait=True):
        _keep_pins(place, {name: kept for name, kept in pins(place).items() if name != edition})


def _keep_pins(place: str, kept: dict[str, Pin]) -> None:
    fresh = home(place) / f".kept-{os.getpid()}"
    content = json.dumps({edition: asdict(each) for edition, each in kept.items()}, ensure_ascii=False, indent=2)
    fresh.write_text(content, encoding="utf-8")
    _flush(fresh)
    os.replace(fresh, home(place) / "kept.json")


def roll_back(place: str, edition: str, by: str = "") -> None:
    """Make an earlier edition live again. Raises `EditionError` if there is none such."""
    with lock(place, wait=True):
        switch(place, edition, ROLLED_BACK, by)


def remove(place: str, edition: str, by: str = "") -> None:
    """Remove a published edition for good; call with the lock held. Raises `EditionError` for the live one."""
    if edition == current(place) or edition not in published(place):
        raise EditionError(f"{place}: {edition}")
    _clear(place, home(place) / edition)
    _note(place, edition, REMOVED, by)


def size(place: str, edition: str) -> int:
    """Bytes of an edition on the disk."""
    return sum(file.stat().st_size for file in path(place, edition).rglob("*") if file.is_file())


def _clear(place: str, folder: Path) -> None:
    """Take a folder out of sight by one rename, then remove it file by file; a kill leaves a leftover to be cleared.

    Nothing is created for it: a full disk is what removing is for.
    """
    leftover = home(place) / f"{BUILDING}{folder.name.lstrip('.')}"
    shutil.rmtree(leftover, ignore_errors=True)
    os.rename(folder, leftover)
    _flush(home(place))
    shutil.rmtree(leftover, ignore_errors=True)


def switch(place: str, edition: str, what: str, by: str = "") -> None:
    """Make a published edition live with one atomic rename. Raises `EditionError` if there is none such."""
    if edition not in published(place):
        raise EditionError(f"{place}: {edition}")
    fresh = home(place) / f".current-{os.getpid()}"
    fresh.write_text(edition + "\n", encoding="ascii")
    _flush(fresh)
    os.replace(fresh, home(place) / "current")
    _flush(home(place))
    _note(place, edition, what, by)


def _note(place: str, edition: str, what: str, by: str) -> None:
    """Add a line to the history."""
    moment = datetime.now().isoformat(timespec="seconds")
    with open(home(place) / "history.log", "a", encoding="utf-8") as log:
        log.write(f"{moment}\t{edition}\t{what}\t{_line(by)}\n")


def _line(words: str) -> str:
    return " ".join(words.split())


def _flush(target: Path) -> None:
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
