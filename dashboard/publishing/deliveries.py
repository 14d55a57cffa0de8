"""Deliveries: folders of extracts that wait below `data/<place>/incoming`, and how the check of each stands.

    data/<place>/incoming/<delivery>/           files as they came: put there by an office, or uploaded
    data/<place>/incoming/.checks/<delivery>/   state.json and the marked workbooks of its last check

A check runs in a process of its own (`check_worker`), which holds the lock of its folder as long as it lives: readers
of the server keep their speed, and neither a closed browser nor a killed server ends it half-way.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import Any, BinaryIO

from dashboard import locks, settings, text
from dashboard.text import N_

CHECKS = ".checks"
COPY = 1 << 20  # bytes of an upload written at a time

WAITING = N_("not checked yet")
RUNNING = N_("being checked")
STOPPED = N_("stopped")
FAILED = N_("the check failed")
REFUSED = N_("cannot be published")
READY = N_("ready to be published")
PUBLISHED = N_("published")
DISCARDED = N_("discarded")


class DeliveryError(LookupError):
    """There is no such delivery of this place."""


@dataclass(frozen=True)
class Delivery:
    """One folder: how many files it holds, their bytes, and when the last of them came."""

    name: str
    file_count: int
    size_bytes: int
    changed_at: datetime


@dataclass
class State:
    """How the check of a delivery stands; `status` is one of the words above, in English.

    `findings` and `recognised` are records as `Finding.as_json` and `Recognised` give them; `tables` and `figures` say
    what differs from the live edition `replaces`. `seen_at` is the last change of a file that the check has seen.
    """

    status: str = WAITING
    message: str = ""
    fraction: float = 0.0
    began_at: str = ""
    ended_at: str = ""
    by: str = ""
    language: str = text.DEFAULT
    is_repairing: bool = False
    seen_at: str = ""
    edition: str | None = None
    replaces: str | None = None
    is_new: bool = False
    findings: list[dict[str, Any]] = field(default_factory=list)
    recognised: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    workbooks: list[str] | None = None  # None: not written (yet)


def home(place: str) -> Path:
    """Folder that holds a place's deliveries."""
    return settings.place_dir(place) / "incoming"


def listed(place: str) -> list[Delivery]:
    """All deliveries of a place, the last changed first."""
    folders = home(place).iterdir() if home(place).is_dir() else ()
    found = [_delivery(folder) for folder in folders if folder.is_dir() and not folder.name.startswith(".")]
    return sorted(found, key=lambda each: each.changed_at, reverse=True)


def _delivery(folder: Path) -> Delivery:
    stats = [file.stat() for file in folder.rglob("*") if file.is_file() and not file.name.startswith(".")]
    changed = max([folder.stat().st_mtime, *(stat.st_mtime for stat in stats)])
    return Delivery(folder.name, len(stats), sum(s.st_size for s in stats), datetime.fromtimestamp(changed))


def path(place: str, name: str) -> Path:
    """Folder of one delivery. Raises `DeliveryError` for anything that is not one."""
    folder = home(place) / name
    if not name or name.startswith(".") or Path(name).name != name or not folder.is_dir():
        raise DeliveryError(f"{place}: {name}")
    return folder


def receive(place: str, files: Iterable[tuple[str, BinaryIO]]) -> str:
    """Keep uploaded files as a new delivery, whole or not at all; returns its name."""
    home(place).mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=".upload-", dir=home(place)))
    try:
        for name, content in files:
            with open(folder / (Path(name).name.lstrip(".") or "file"), "wb") as target:
                shutil.copyfileobj(content, target, COPY)
        folder.chmod(0o755)
        while True:
            delivery = home(place) / f"{datetime.now():%Y-%m-%d %H.%M.%S}"
            if not delivery.exists():
                os.rename(folder, delivery)
                return delivery.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def add(place: str, name: str, files: Iterable[tuple[str, BinaryIO]]) -> None:
    """Put files into a delivery, each whole or not at all.

    A repaired file takes the place of the one of the same name, whatever its ending: a text file comes back as a
    workbook.
    """
    folder = path(place, name)
    for file_name, content in files:
        target = folder / (Path(file_name).name.lstrip(".") or "file")
        same = [file for file in folder.rglob("*") if file.is_file() and file.stem == target.stem]
        if len(same) == 1:
            target = same[0].with_name(target.name)
        with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as fresh:
            shutil.copyfileobj(content, fresh, COPY)
        os.replace(fresh.name, target)
        if len(same) == 1 and same[0] != target:
            same[0].unlink()


def remove(place: str, name: str) -> None:
    """Remove a delivery, its files and its check."""
    folder = path(place, name)
    shutil.rmtree(folder)
    shutil.rmtree(check_folder(place, name), ignore_errors=True)


def check_folder(place: str, name: str) -> Path:
    """Folder of the last check of a delivery."""
    return home(place) / CHECKS / name


def state(place: str, name: str) -> State:
    """How the check of a delivery stands; one whose process is gone has stopped."""
    folder = check_folder(place, name)
    try:
        kept = State(**json.loads((folder / "state.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return State()
    if kept.status == RUNNING and not _is_alive(folder):
        kept.status = STOPPED
    return kept


def keep(place: str, name: str, kept: State) -> None:
    """Write down how a check stands, in one step."""
    folder = check_folder(place, name)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".state-{os.getpid()}"
    fresh.write_text(json.dumps(asdict(kept), ensure_ascii=False, default=str), encoding="utf-8")
    os.replace(fresh, folder / "state.json")


def begin(place: str, name: str, by: str, language: str, repair: bool = False) -> None:
    """Start the check of a delivery in a process of its own, unless one is running. Raises `DeliveryError`."""
    changed = _delivery(path(place, name)).changed_at
    folder = check_folder(place, name)
    with suppress(BlockingIOError), locks.held(folder, wait=False) as lock:
        shutil.rmtree(folder / "marked", ignore_errors=True)
        begun = State(RUNNING, began_at=now(), by=by, language=language, is_repairing=repair, seen_at=str(changed))
        keep(place, name, begun)
        command = [sys.executable, "-m", "dashboard.check_worker", place, name]
        with open(folder / "log.txt", "wb") as log:
            started = subprocess.Popen(
                command,
                cwd=settings.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=(lock,),  # so the check holds its folder's lock from its first moment to its last
            )
        (folder / "process").write_text(str(started.pid), encoding="ascii")


def stop(place: str, name: str) -> None:
    """End a running check; what it had built so far is cleared by the next one."""
    folder = check_folder(place, name)
    if _is_alive(folder):
        os.killpg(int((folder / "process").read_text(encoding="ascii")), signal.SIGKILL)


def now() -> str:
    """This moment to the second."""
    return datetime.now().isoformat(sep=" ", timespec="seconds")


def _is_alive(folder: Path) -> bool:
    """Whether a check's process is there to hold the lock of its folder."""
    try:
        with locks.held(folder, wait=False):
            return False
    except BlockingIOError:
        return True
