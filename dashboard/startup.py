"""What happens before the first reader: sample data if there is none, a warm edition, a quiet collector."""

import asyncio
import gc
import socket
import sys
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from pkgutil import iter_modules
from threading import Thread

import dashboard
from dashboard import editions, people, periods, settings, store, text
from dashboard.progress import progress_bar

SAMPLE_EFFORT = {settings.DEFAULT_PLACE: 12}  # as long as twelve of the small places take
FIRST_PAGE_SECONDS = 8  # both cores belong to the first reader
QUIET_SECONDS = 60  # between two collections of everything
FREEZE_SECONDS = 1  # between two freezes of what has been kept since
NOT_FOR_PAGES = {"__main__", "app", "frame", "publishing", "sample", "check_worker", "edition_commands"}
FOR_STEWARDS = {  # load what publishing needs
    "publish_views",
    "delivery_views",
    "mapping_views",
    "finding_views",
    "edition_views",
    "change_views",
    "edition_changes",
}


def ensure_data() -> None:
    """Generate and publish the sample places if no place has an edition yet, with a bar in the terminal."""
    if any(map(editions.current, settings.places())):
        return
    from dashboard import publishing, sample  # only the very first start needs them

    print("No data yet: making the synthetic sample places / 首次启动：正在生成示例数据", file=sys.stderr)
    there = [place for place in sample.PLACES if (settings.place_dir(place) / "place.toml").is_file()]
    starts = list(accumulate((SAMPLE_EFFORT.get(place, 1) for place in there), initial=0))
    with tempfile.TemporaryDirectory(prefix="sample-") as folder, progress_bar() as progress:
        for place, start, end in zip(there, starts, starts[1:], strict=False):

            def part(message: str, share: float, start: float = start, end: float = end) -> None:
                progress(message, (start + share * (end - start)) / starts[-1])

            source = Path(folder, place)
            sample.generate(place, source, progress=lambda m, f, part=part: part(m, f * 0.4))
            publishing.publish(source, place, lambda m, f, part=part: part(m, 0.4 + f * 0.6))


def send_at_once() -> None:
    """Have every connection send small messages at once; call before the server listens, in its event loop.

    asyncio does so for sockets made with the number of the TCP protocol; Streamlit's is made without, so the last
    messages of a run would wait 40 ms for the browser to acknowledge the ones before. Connections inherit the option.
    """
    loop = asyncio.get_running_loop()
    listen = loop.create_server

    async def listen_without_delay(*given, sock: socket.socket | None = None, **options) -> asyncio.Server:
        if sock is not None:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await listen(*given, sock=sock, **options)

    with suppress(AttributeError):  # uvloop, if somebody has it: needs no help and cannot be told
        loop.create_server = listen_without_delay


def warm() -> None:
    """Open the edition that a reader sees first and keep the garbage collector away from what stays loaded."""
    opening = Thread(target=_open, args=(settings.DEFAULT_PLACE,))
    opening.start()
    for module in iter_modules(dashboard.__path__):  # what pages import is loaded before the freeze
        if module.name not in NOT_FOR_PAGES | FOR_STEWARDS:
            import_module(f"dashboard.{module.name}")
    import_module("streamlit.emojis")  # Streamlit reads it in the first run
    text.chinese()
    opening.join()
    _quieten()
    sys.setswitchinterval(0.0005)
    Thread(target=_stay_quiet, daemon=True).start()


def _stay_quiet() -> None:
    """Prepare what is not on the first page, then keep the collector away from what caches and sessions keep.

    A freeze alone costs nothing; garbage that it catches is freed by the next collection of everything.
    """
    time.sleep(FIRST_PAGE_SECONDS)
    for place in settings.places():
        with suppress(store.OutdatedEditionError, editions.EditionError):  # the pages say so
            _open(place)
            _prepare_people(place)
    while True:
        _quieten()
        for _second in range(QUIET_SECONDS // FREEZE_SECONDS):
            time.sleep(FREEZE_SECONDS)
            gc.freeze()


def _open(place: str) -> None:
    """Load the live edition of a place, if it has one."""
    edition = editions.current(place)
    if edition:
        store.query("districts", place=place, edition=edition, language=text.DEFAULT)


def _quieten() -> None:
    """Collect garbage once and freeze what is left, so that later collections need not walk it.

    Streamlit collects garbage after every run; with pandas and DuckDB loaded that costs 70 ms a run, and a few
    thousand objects of the caches still cost 20 ms. What was frozen before is looked at again: nothing leaks.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _prepare_people(place: str) -> None:
    """Hide the small cells of the live edition while the first readers are still on other pages."""
    edition = editions.current(place)
    if edition is None:
        return
    months = store.query("periods", place=place, edition=edition).iloc[0]
    if months.notna().all():
        latest = next(iter(periods.spans(*months).values()))
        people.prepare(place, edition, periods.parameters(*latest)["quarter"])
