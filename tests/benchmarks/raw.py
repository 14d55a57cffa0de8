"""What DuckDB alone needs for the queries behind a page: the floor under every page time."""

import os
import statistics
import time
from contextlib import contextmanager
from pathlib import Path

from dashboard import access, ahead, editions, settings, store
from tests import navigation
from tests.opening import opened, troubles

REPEATS = 5


@contextmanager
def reading(data: Path):
    """Read editions below `data` in this process."""
    before = os.environ.get("DASHBOARD_DATA")
    os.environ["DASHBOARD_DATA"] = str(data)
    try:
        yield
    finally:
        os.environ.pop("DASHBOARD_DATA")
        if before is not None:
            os.environ["DASHBOARD_DATA"] = before


def asked(page: str, district: str) -> list[tuple[str, dict]]:
    """Queries that a page with one district chosen runs, each with its parameters."""
    app = opened(page, "zh", districts=district)
    assert not troubles(app), troubles(app)
    first = next(iter(navigation.listed()))
    return [
        (name, {key: given[key] for key in store.describe(name).parameters})
        for name, given in ahead.asked("" if page == first else page)
    ]


def seconds(page: str, district: str) -> float:
    """Median time of all a page's queries one after another, results as DataFrames, nothing cached."""
    place = settings.DEFAULT_PLACE
    connection = store._open(place, editions.current(place), access.reader())
    queries = asked(page, district)
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        for name, bound in queries:
            connection.cursor().execute(store.describe(name).text, bound).df()
        times.append(time.perf_counter() - started)
    return statistics.median(times)
