"""Publishing when the machine fails: killed at any moment, no space left, no rights, power lost before the rename."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dashboard import editions, publishing, settings
from dashboard.__main__ import main
from tests import tiny

KILLS = 50

# One process that publishes once to learn how long it takes, then again and again in children, each killed at a random
# moment. Children are forked before any database is open, so that none waits for modules to load.
KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from dashboard import editions, profile, publishing
from dashboard.publishing import geometry
from tests import places, tiny

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
moments = random.Random(7)

def publish(number):
    tables = places.core_alone(tiny.tables())
    tables["compounds"][0]["households"] = 1000 + number
    tiny.write_csv(folder / str(number), tables)
    child = os.fork()
    if child == 0:
        try:
            publishing.publish(folder / str(number), tiny.PLACE, lambda message, fraction: None)
        finally:
            os._exit(0)
    return child

start = time.monotonic()
os.waitpid(publish(0), 0)
needed = time.monotonic() - start
for number in range(1, kills + 1):
    start, child = time.monotonic(), publish(number)
    time.sleep(moments.uniform(0, 1.1 * needed))
    os.kill(child, signal.SIGKILL)
    was_killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    print(number, was_killed, editions.current(tiny.PLACE), *editions.published(tiny.PLACE), flush=True)
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny place with one edition, and its source."""
    folder = tmp_path_factory.mktemp("published")
    tiny.write_place(folder / "data")
    tiny.write_csv(folder / "source", tiny.tables())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder / "data"))
        publishing.publish(folder / "source", tiny.PLACE, lambda message, fraction: None)
    return folder


@pytest.fixture
def place(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it for one test."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    return tmp_path


def is_whole(edition: str) -> bool:
    """Whether an edition has every file that its `edition.json` counts, with as many rows."""
    folder = editions.path(tiny.PLACE, edition)
    facts = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
    counted = {f"extracts/{n}": c for n, c in facts["rows"].items()} | {f"marts/{n}": c for n, c in facts["mart_rows"].items()}
    return bool(facts["mart_rows"]) and all(
        pq.read_metadata(folder / f"{name}.parquet").num_rows == count for name, count in counted.items()
    )


def fingerprint(folder: Path) -> str:
    """Of all files below a folder."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.*")):
        digest.update(f"{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()


def test_a_kill_at_fifty_random_moments_leaves_a_whole_edition_live(place: Path) -> None:
    first = editions.current(tiny.PLACE)
    before = fingerprint(editions.path(tiny.PLACE, first))
    command = [sys.executable, "-c", KILLED, str(place), str(KILLS)]
    done = subprocess.run(command, cwd=settings.ROOT, check=True, capture_output=True, text=True, timeout=400)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert len(lines) == KILLS and sum(line[1] == "True" for line in lines) >= KILLS // 2, done.stdout
    for _number, _killed, live, *published in lines:
        assert live in published, "the pointer names an edition that is there"
    for edition in editions.published(tiny.PLACE):
        assert is_whole(edition), edition
    assert fingerprint(editions.path(tiny.PLACE, first)) == before
    again = publishing.publish(place / "source", tiny.PLACE, lambda message, fraction: None)
    assert again.edition == first == editions.current(tiny.PLACE)
    assert not [each for each in editions.home(tiny.PLACE).iterdir() if each.name.startswith((".building", ".candidate"))]


LIMITED = """
import resource, sys
from dashboard import text
from dashboard.publishing import faults, publish
from pathlib import Path

def progress(message, fraction):  # from then on a write fails, as on a full disk
    if fraction >= float(sys.argv[1]):
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

try:
    publish(Path(sys.argv[2]), "tiny", progress)
except faults.KNOWN as error:
    with text.speaking("en"):
        print(faults.told(error))
"""


@pytest.mark.parametrize("moment", ["0", "0.6", "0.95"])
def test_without_room_on_the_disk_nothing_changes_and_the_reason_is_told(moment: str, place: Path) -> None:
    before = fingerprint(editions.home(tiny.PLACE))
    tables = tiny.tables()
    tables["compounds"][0]["households"] = 99
    tiny.write_csv(place / "other", tables)
    command = [sys.executable, "-c", LIMITED, moment, str(place / "other")]
    done = subprocess.run(command, cwd=settings.ROOT, check=True, capture_output=True, text=True, timeout=120)
    assert "The disk has no room left" in done.stdout, done.stdout + done.stderr[-2000:]
    assert fingerprint(editions.home(tiny.PLACE)) == before


def test_without_rights_nothing_changes_and_the_reason_is_told(place: Path) -> None:
    live, home = editions.current(tiny.PLACE), editions.home(tiny.PLACE)
    command = [sys.executable, "-m", "dashboard", "publish", str(place / "source"), "--place", "tiny", "--language", "en"]
    if os.getuid() == 0:  # who may do everything, until that is taken away
        command = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override", *command]
    home.chmod(0o555)
    done = subprocess.run(command, cwd=settings.ROOT, check=False, capture_output=True, text=True, timeout=120)
    home.chmod(0o755)
    assert done.returncode == 1 and "may not write" in done.stdout and str(home) in done.stdout, done.stdout + done.stderr
    assert editions.current(tiny.PLACE) == live


def test_everything_is_on_the_disk_before_it_is_renamed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[str, str]] = []
    for name, at in (("fsync", 0), ("rename", 1), ("replace", 1)):
        real = getattr(os, name)

        def noted(*given: object, name: str = name, at: int = at, real=real) -> None:
            target = os.readlink(f"/proc/self/fd/{given[0]}") if name == "fsync" else str(given[at])
            steps.append((name, target))
            real(*given)

        monkeypatch.setattr(editions.os, name, noted)
    tables = tiny.tables()
    tables["compounds"][0]["households"] = 98
    tiny.write_csv(place / "other", tables)
    edition = publishing.publish(place / "other", tiny.PLACE, lambda message, fraction: None).edition
    folder, home = editions.path(tiny.PLACE, edition), editions.home(tiny.PLACE)
    renamed = next(index for index, (name, target) in enumerate(steps) if name == "rename" and edition in target)
    flushed = {Path(target).name for name, target in steps[:renamed] if name == "fsync"}
    assert {file.name for file in folder.rglob("*")} <= flushed
    published = steps.index(("rename", str(home / edition)))
    switched = steps.index(("replace", str(home / "current")))
    assert steps[published + 1] == ("fsync", str(home)) and published < switched
    assert steps[switched - 1][0] == "fsync" and ".current-" in steps[switched - 1][1]
    assert ("fsync", str(home)) in steps[switched:]


def test_two_publishers_at_once_leave_two_whole_editions(place: Path) -> None:
    command = [sys.executable, "-m", "dashboard", "publish", "--place", tiny.PLACE]
    running = []
    for number in (1, 2):
        tables = tiny.tables()
        tables["compounds"][0]["households"] = 500 + number
        tiny.write_csv(place / str(number), tables)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        running.append(subprocess.Popen([*command, str(place / str(number))], cwd=settings.ROOT, **quiet))
    assert [each.wait(120) for each in running] == [0, 0]
    published = editions.published(tiny.PLACE)
    assert len(published) == 3 and editions.current(tiny.PLACE) in published and all(map(is_whole, published))
    assert main(["editions", "--place", tiny.PLACE]) == 0
