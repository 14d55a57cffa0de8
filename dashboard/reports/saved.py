"""Saved briefings: one TOML file each in `data/<place>/briefings/`, outside the editions that they are pinned to.

Who saves says which state was opened: two presenters who change the same briefing cannot overwrite one another unseen.
"""

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote

from dashboard import access, locks, settings
from dashboard.reports import storylines
from dashboard.reports.storylines import Storyline, StorylineError
from dashboard.text import _

LONGEST = 26  # letters of a name: a file name holds 255 bytes, and a Chinese letter takes nine of them once quoted
NEW = ""  # the state of a briefing that is not saved yet


class SaveError(ValueError):
    """A briefing that cannot be saved or opened; the message is a sentence for the reader."""


@dataclass(frozen=True)
class Saved:
    """A briefing as it was read: the storyline and the mark of its state, for whoever saves it again."""

    line: Storyline
    state: str
    saved_at: datetime


def names(place: str) -> list[str]:
    """Names of the briefings that this reader may open, the last saved first."""
    files = sorted(_folder(place).glob("*.toml"), key=lambda file: -file.stat().st_mtime)
    return [unquote(file.stem) for file in files if _is_visible(file, place)]


def read(place: str, name: str) -> Saved:
    """Open a briefing. Raises `SaveError` if there is none of this name for this reader, or it cannot be read."""
    file = _file(place, name)
    if not file.is_file() or not _is_visible(file, place):
        raise SaveError(_("There is no saved briefing “{name}”.").format(name=name))
    content = file.read_bytes()
    try:
        line = storylines.parse(place, content.decode("utf-8"))
    except (UnicodeDecodeError, StorylineError) as error:
        raise SaveError(_("The briefing “{name}” cannot be read: {reason}").format(name=name, reason=error)) from error
    return Saved(line, _state(content), datetime.fromtimestamp(file.stat().st_mtime))


def save(line: Storyline, state: str) -> str:
    """Keep a briefing under its name; `state` is that it was opened in, `NEW` for a new one. Returns its new state.

    Raises `SaveError` if the name is empty or too long, if someone else has saved it meanwhile, or if the folder
    cannot be written.
    """
    file = _file(line.place, line.name)
    content = storylines.written(replace(line, scope=tuple(sorted(access.reader().districts)))).encode()
    try:
        with locks.held(_folder(line.place)):
            _compare(file, line.name, state)
            beside = file.with_suffix(".new")
            with open(beside, "wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            beside.replace(file)
    except OSError as error:
        raise SaveError(_("The briefing could not be saved: {reason}").format(reason=error.strerror)) from error
    return _state(content)


def remove(place: str, name: str, state: str) -> None:
    """Delete a briefing that is still as it was opened. Raises `SaveError` as `save` does."""
    file = _file(place, name)
    with locks.held(_folder(place)):
        _compare(file, name, state)
        file.unlink()


def _compare(file: Path, name: str, state: str) -> None:
    """Raise `SaveError` if the briefing is not in the state that was opened."""
    if _state(file.read_bytes() if file.is_file() else b"") != state:
        message = _("“{name}” was saved by someone else meanwhile. Open it again, or choose another name.")
        raise SaveError(message.format(name=name))


def _state(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16] if content else NEW


def _folder(place: str) -> Path:
    return settings.place_dir(place) / "briefings"


def _file(place: str, name: str) -> Path:
    quoted = quote(name.strip(), safe="")
    if not name.strip() or name.strip(".") == "" or len(name.strip()) > LONGEST:
        raise SaveError(_("Give the briefing a name of at most {count} letters.").format(count=LONGEST))
    return _folder(place) / f"{quoted}.toml"


def _is_visible(file: Path, place: str) -> bool:
    """Whether the reader may see all districts that whoever saved it saw: its words may name them."""
    mine = access.reader().districts
    if not mine:
        return True
    try:
        scope = storylines.parse(place, file.read_text(encoding="utf-8")).scope
    except (OSError, UnicodeDecodeError, StorylineError):
        return False
    return bool(scope) and set(scope) <= mine
