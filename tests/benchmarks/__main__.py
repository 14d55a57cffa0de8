"""Measure the speed budgets on the full sample city: `python -m tests.benchmarks > table.md`.

Uses the published edition under `data/`. Everything runs on this machine's loopback and stops by itself. Needs
Debian's Chromium. Progress goes to standard error, one Markdown table to standard output.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import threading
import time
from itertools import combinations
from pathlib import Path

from dashboard import editions, settings, store
from tests import navigation, serving
from tests.benchmarks import briefings, browser, grid_map, machine, publishing, raw
from tests.benchmarks.socket_reader import SocketReader

MAP_PAGE = "grid_map"
READERS = 10
THINK_SECONDS = 2.0
SETTLING_SECONDS = 20  # until the server has prepared what is not on the first page
MIB = 2**20


def main(arguments: list[str] | None = None) -> None:
    """Run the measurements that were asked for and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--changes", type=int, default=30, help="filter changes measured per page (default: 30)")
    parser.add_argument("--events", type=int, default=0, metavar="N", help="also compare with N times the events")
    parser.add_argument("--million", action="store_true", help="also make a city of a million micro-grids and ask its tiles")
    parser.add_argument("--publishing", action="store_true", help="also publish 5 million rows and the whole sample city")
    parser.add_argument("--skip-first-start", action="store_true", help="do not generate a city from nothing")
    options = parser.parse_args(arguments)
    assert editions.current(settings.DEFAULT_PLACE), "publish the sample city first: python -m dashboard"
    print(f"{machine.describe()}; sample city, edition {editions.current(settings.DEFAULT_PLACE)}\n")
    print("| what | measured | budget |\n|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, browser.chromium() as chromium:
        work = Path(folder)
        if not options.skip_first_start:
            report(first_start(work, chromium))
        report(warm_start(work, chromium))
        say("files of a briefing")
        report(briefings.times())
        pages(work, options.changes, chromium)
        if options.publishing:
            say("publishing")
            report(publishing.times(work))
        if options.million:
            report(grid_map.million(work))
        if options.events:
            report(more_events(work, options.events, options.changes))


def report(rows: list[tuple[str, str, str]]) -> None:
    """Print rows of the table as soon as they are known: what breaks later does not take them away."""
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


def say(message: str) -> None:
    """Progress, for whoever waits."""
    print(f"{time.strftime('%H:%M:%S')} {message}", file=sys.stderr, flush=True)


def first_start(work: Path, chromium) -> list[tuple[str, str, str]]:
    """From nothing but profile and rules to a page that can be read."""
    say("first start ever")
    no_data = shutil.ignore_patterns("editions", "incoming", "*.log", "contract")
    shutil.copytree(settings.ROOT / "data", work / "first", ignore=no_data)
    started = time.time()
    with serving.server(work / "first", work / "first.log") as (address, _process):
        readable, _complete = browser.first_page(chromium, address)
    shutil.rmtree(work / "first")
    return [("first start ever, five sample places made and published, until it can be read", f"{readable - started:.1f} s", "60 s")]


def warm_start(work: Path, chromium) -> list[tuple[str, str, str]]:
    """From the command to the first page, with data present, in a browser that has opened it before."""
    say("start with data")
    times, port, used = [], serving.free_port(), chromium.new_context(locale="zh-CN")
    for _ in range(4):
        started = time.time()
        with serving.server(settings.data_dir(), work / "start.log", port) as (address, _process):
            times.append([moment - started for moment in browser.first_page(used, address)])
    times = times[1:]
    readable, complete = (statistics.median(each) for each in zip(*times, strict=True))
    return [
        ("start with data present, until the first page can be read", f"{readable:.1f} s", "4 s"),
        ("start with data present, until all charts are drawn", f"{complete:.1f} s", "–"),
    ]


def pages(work: Path, changes: int, chromium) -> None:
    """Filter changes page by page, alone and among ten readers."""
    biggest = 0
    listed = list(navigation.listed())
    with serving.server(settings.data_dir(), work / "server.log") as (address, process):
        time.sleep(SETTLING_SECONDS)
        for name in listed:
            path = "" if name == listed[0] else name
            say(f"{name}: server")
            times, largest = server_times(address, path, changes)
            biggest = max(biggest, largest)
            say(f"{name}: raw queries")
            floor = raw.seconds(name, districts()[0])
            say(f"{name}: browser")
            drawn = browser.clicks(chromium, address, path, changes)
            lines = [
                (
                    f"{name}: server time of a filter change, median / 95th percentile (raw DuckDB {ms(floor)})",
                    f"{ms(statistics.median(times))} / {ms(percentile(times))}",
                    "60 / 150 ms",
                ),
                (
                    f"{name}: in the browser until drawn, median / 95th percentile",
                    f"{ms(statistics.median(drawn))} / {ms(percentile(drawn))}",
                    f"{400 if name == MAP_PAGE else 200} ms / –",
                ),
            ]
            report(lines)
        title = "largest answer over the websocket to a filter change, compressed as sent"
        report([(title, f"{biggest / 1000:.0f} kB", "200 kB")])
        report([grid_map.first_picture(chromium, address), *grid_map.recolours(chromium, address)])
        report(crowd(address, process.pid, listed, changes, chromium))


def crowd(address: str, process_id: int, listed: list[str], changes: int, chromium) -> list[tuple[str, str, str]]:
    """Ten readers, one of them in a browser, each changing a filter every two seconds."""
    say("ten readers")
    stop = threading.Event()
    times: list[float] = []

    def read(number: int) -> None:
        reader = SocketReader(address, ["", *listed[1:]][number % len(listed)])
        order = subsets(reader.districts)
        stop.wait(number * THINK_SECONDS / READERS)
        while not stop.is_set():
            times.append(reader.change(order[len(times) % len(order)]).seconds)
            stop.wait(THINK_SECONDS)
        reader.close()

    threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS - 1)]
    for thread in threads:
        thread.start()
    try:
        drawn = [each for page in ("", MAP_PAGE) for each in browser.clicks(chromium, address, page, changes // 2)]
        memory = machine.resident_bytes(process_id)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return [
        ("ten readers: in the browser until drawn, 95th percentile", ms(percentile(drawn)), "500 ms"),
        (
            "ten readers: server time, median / 95th percentile",
            f"{ms(statistics.median(times))} / {ms(percentile(times))}",
            "–",
        ),
        ("memory of the server with ten readers", f"{memory / MIB / 1024:.2f} GiB", "1.5 GiB"),
    ]


def more_events(work: Path, factor: int, changes: int) -> list[tuple[str, str, str]]:
    """The same pages on a city with so many times the events."""
    say(f"events ×{factor}: generating and publishing")
    data = work / "events" / "data"
    with raw.reading(data):
        serving.make_city(data, work / "events" / "source", factor)
    rows = []
    places = {"×1": settings.data_dir(), f"×{factor}": data}
    listed = list(navigation.listed())
    medians: dict[str, list[float]] = {}
    for folder in places.values():
        with serving.server(folder, work / "events.log") as (address, _process):
            for name in listed:
                times, _ = server_times(address, "" if name == listed[0] else name, changes)
                medians.setdefault(name, []).append(statistics.median(times))
    for name, (once, many) in medians.items():
        rows.append((f"{name}: events ×{factor}, median server time", f"{ms(many)} (×{many / once:.2f})", "×1.5"))
    return rows


def server_times(address: str, page: str, changes: int) -> tuple[list[float], int]:
    """Times of filter changes to selections nobody asked for yet, after three to warm up; largest answer.

    The largest answer may be the one that shows the whole place again.
    """
    reader = SocketReader(address, page)
    answers = [reader.change(choice) for choice in subsets(reader.districts)[: changes + 3]][3:]
    whole = reader.change([])
    reader.close()
    return [answer.seconds for answer in answers], max(answer.received for answer in [*answers, whole])


def subsets(names: list[str]) -> list[list[str]]:
    """One, two and three districts at a time: no two choices alike."""
    return [list(some) for size in (1, 2, 3) for some in combinations(names, size)]


def districts() -> list[str]:
    """Names of the districts as the filter shows them in Chinese."""
    place = settings.DEFAULT_PLACE
    rows = store.query("districts", place=place, edition=editions.current(place), language="zh")
    return list(rows["district_name"])


def percentile(values: list[float], share: float = 0.95) -> float:
    """Smallest value that at least `share` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def ms(seconds: float) -> str:
    """Seconds as whole milliseconds."""
    return f"{1000 * seconds:.0f} ms"


if __name__ == "__main__":
    main()
