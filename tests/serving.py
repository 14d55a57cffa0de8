"""A real server of the dashboard in a process of its own, for the browser tests and the benchmarks."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from dashboard import publishing, sample, settings

PATIENCE_SECONDS = 120


def make_city(
    data: Path, source: Path, scale: float, place: str = settings.DEFAULT_PLACE, micro_grids: int | None = None
) -> None:
    """Generate a sample place at a scale and publish it under `data`, without touching the repository's own data.

    `micro_grids` cuts the ground finer, into so many at scale 1.
    """
    home = data / place
    home.mkdir(parents=True)
    committed = settings.ROOT / "data" / place
    for file in [committed / "place.toml", committed / "storyline.toml", *(committed / "rules").glob("*.toml")]:
        target = home / file.relative_to(committed)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(file.read_bytes())
    sample.generate(place, source, scale=scale, micro_grids=micro_grids)
    outcome = publishing.publish(source, place, lambda message, fraction: None)
    assert outcome.edition, [publishing.lines(finding, "en") for finding in outcome.findings]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(
    data: Path, log: Path, port: int | None = None, app: Path | None = None, **environment: str
) -> Iterator[tuple[str, subprocess.Popen]]:
    """Address and process of a server over `data` that answers, or of another `app`; stopped at the end."""
    port = port or free_port()
    command = (
        ["streamlit", "run", str(app), f"--server.port={port}"] if app else ["dashboard", "serve", f"--port={port}"]
    )
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=settings.ROOT,
            env={**os.environ, "DASHBOARD_DATA": str(data), **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"{address}/_stcore/health", process, log)
            yield address, process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            with urlopen(address, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.02)
    raise AssertionError(f"no answer within {PATIENCE_SECONDS} s\n{log.read_text(encoding='utf-8', errors='replace')}")
