"""The map's own budgets: its first picture, new colours, what a rerun sends, and tiles of a million micro-grids."""

import math
import os
import random
import statistics
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from playwright.sync_api import Browser

from dashboard import editions, map_tokens, settings, store
from tests import browsing, serving
from tests.benchmarks import raw
from tests.benchmarks.browser import CLICKED

OPENINGS, RECOLOURS, TILES = 6, 12, 300
MILLION = 1_000_000
SECRET = "benchmark"  # so that this process can sign addresses for the server
PAGE = "grid_map?level=micro_grid"

Row = tuple[str, str, str]


def first_picture(browser: Browser, address: str) -> Row:
    """From the map's place on the page to its first picture of all micro-grids, in a browser that has seen it once."""
    times = []
    home = browser.new_context(locale="zh-CN")
    for _time in range(OPENINGS + 1):
        with browsing.reader(home, address) as someone:
            someone.go(f"{address}/{PAGE}")
            someone.page.locator('.grid-map[data-ready^="micro_grid"]').wait_for()
            times.append(int(someone.page.locator(".grid-map").get_attribute("data-first")))
    home.close()
    return ("grid_map: first picture of 37,000 micro-grids, median / slowest", spread(times[1:]), "1500 ms")


def recolours(browser: Browser, address: str) -> list[Row]:
    """From the choice of another metric to the last picture in its colours; bytes the page sent for it."""
    times, sizes, received = [], [], []
    with browsing.reader(browser, address) as someone:
        someone.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
        someone.page.add_init_script(CLICKED)
        someone.go(f"{address}/{PAGE}")
        shown = someone.page.locator(".grid-map")
        for number in range(RECOLOURS):
            before = shown.get_attribute("data-ready")
            someone.page.locator(".st-key-map-metric input").click()
            option = someone.page.get_by_role("option").nth(1 + number % 10)
            option.wait_for()
            received.clear()
            option.click()
            someone.page.wait_for_function(
                "([root, before]) => root.dataset.ready !== before", arg=[shown.element_handle(), before]
            )
            someone.settle()
            times.append(int(shown.get_attribute("data-painted")) - someone.page.evaluate("window.__clicked"))
            sizes.append(sum(received))
    return [
        ("grid_map: new colours for 37,000 micro-grids, median / slowest", spread(times[1:]), "500 ms"),
        ("grid_map: sent by the page for new colours, largest, not compressed", f"{max(sizes[1:]) / 1000:.0f} kB", "50 kB"),
    ]


def million(work: Path) -> list[Row]:
    """Tiles of a city of a million micro-grids, at random places and every zoom from which they are drawn."""
    data = work / "million" / "data"
    with raw.reading(data):
        serving.make_city(data, work / "million" / "source", 1, micro_grids=MILLION)
        return tiles_of(data, work)


def tiles_of(data: Path, work: Path) -> list[Row]:
    """The same for a city that is there already, in a folder that this process reads too."""
    place = settings.DEFAULT_PLACE
    edition = editions.current(place)
    where = {"place": place, "edition": edition}
    whole = store.query("map_position", **where, unit="", districts=[], language="zh").iloc[0]
    level = store.query("map_levels", **where, unit="", districts=[]).set_index("level").loc["micro_grid"]
    os.environ["DASHBOARD_SECRET"] = SECRET
    asked = urlencode({**where, "language": "zh", "token": map_tokens.issue(place, edition)})
    period = urlencode({"metric": "ontime_close_rate", "start": "2024-10", "end": "2024-12"})
    chance, taken = random.Random(5), {"tiles": [], "values": []}
    with serving.server(data, work / "million.log", DASHBOARD_SECRET=SECRET) as (address, _process):
        for _tile in range(TILES):
            zoom = chance.randint(int(level["from_zoom"]), 16)
            x = chance.uniform(whole["min_longitude"], whole["max_longitude"])
            y = chance.uniform(whole["min_latitude"], whole["max_latitude"])
            column = int((x + 180) / 360 * 2**zoom)
            row = int((1 - math.asinh(math.tan(math.radians(y))) / math.pi) / 2 * 2**zoom)
            for kind, more in (("tiles", ""), ("values", f"&{period}")):
                taken[kind].append(fetched(f"{address}/map/{kind}/micro_grid/{zoom}/{column}/{row}?{asked}{more}"))
    rows = []
    for kind, found in taken.items():
        times, sizes = zip(*found[5:], strict=True)
        title = f"grid_map: {kind} of {int(level['unit_count']):,} micro-grids"
        rows.append((f"{title}, time: median / slowest of {len(times)}", spread([1000 * each for each in times]), "200 ms"))
        rows.append((f"{title}, largest, compressed", f"{max(sizes) / 1000:.0f} kB", "300 kB"))
    return rows


def fetched(address: str) -> tuple[float, int]:
    """Seconds until an answer is there, and its size as sent."""
    started = time.perf_counter()
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
        size = len(answer.read())
    return time.perf_counter() - started, size


def spread(milliseconds: list[float]) -> str:
    """The middle and the worst of some times."""
    return f"{statistics.median(milliseconds):.0f} / {max(milliseconds):.0f} ms"
