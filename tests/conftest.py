"""Fixtures shared by all tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from dashboard import locks, settings
from tests import browsing, places, tiny

# The same inputs in every run, however busy the machine; a long run of the fuzzer tries others with every seed.
hypothesis.settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
if "FUZZ_INPUTS" not in os.environ:
    hypothesis.settings.load_profile("suite")

SLOW_FILES = (
    "test_browser",
    "test_map_browser",
    "test_pages",
    "test_publishing_editions",
    "test_map_metrics",
    "test_places",
    "test_map_panel",
    "test_scope",
)
# Share of each sample place that a test publishes: enough that everything it has happens in the last quarter.
SCALES = {"city-a": 0.03, "subdistrict-b": 1.0, "county-c": 0.25, "district-d": 0.2, "city-e": 0.2}


@pytest.fixture(scope="session", autouse=True)
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of this run that all workers share: whoever needs an edition first publishes it, the others copy it."""
    base = tmp_path_factory.getbasetemp()
    places.shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "shared"
    return places.shared


def sample_place(shared: Path, place: str) -> Path:
    """Data folder of one sample place, published small by the first worker that asks for it."""
    from tests import serving

    folder = shared / place
    with locks.held(folder), pytest.MonkeyPatch.context() as patch:
        if not (folder / "data" / place / "editions" / "current").exists():
            patch.setenv("DASHBOARD_DATA", str(folder / "data"))
            serving.make_city(folder / "data", folder / "source", SCALES[place], place)
    return folder / "data"


@pytest.fixture(scope="session")
def published_places(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """Folder with the five sample places; `sample_places` reads them."""
    from dashboard import sample

    data = tmp_path_factory.mktemp("places")
    for place in sample.PLACES:
        shutil.copytree(sample_place(shared, place), data, dirs_exist_ok=True)
    return data


@pytest.fixture
def sample_places(published_places: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The five sample places as the data that a test reads."""
    monkeypatch.setenv("DASHBOARD_DATA", str(published_places))
    return published_places


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tiny place of `tests/tiny.py`, published; `DASHBOARD_DATA` names the folder for the whole session."""
    folder = tmp_path_factory.mktemp("tiny")
    places.publish(folder, tiny.tables())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder / "data"))
        yield folder / "data"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A small sample city, and the tiny place with hostile names: what a real server shows to a real browser."""
    folder = tmp_path_factory.mktemp("city")
    shutil.copytree(sample_place(shared, settings.DEFAULT_PLACE), folder / "data")
    places.publish(folder, places.with_names(tiny.tables(), places.HOSTILE))
    return folder / "data"


@pytest.fixture(scope="session")
def address(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server of these data answers."""
    from tests import serving

    with serving.server(data, tmp_path_factory.mktemp("log") / "server.log") as (address, _process):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; closed with the module, for its event loop would be in the way of later tests."""
    with sync_playwright() as playwright:
        browser = browsing.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def home(browser: Browser) -> Iterator[BrowserContext]:
    """One browser of many windows, so that its scripts are loaded once."""
    context = browser.new_context(locale="zh-CN")
    yield context
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the slow files begin first, those with a browser before all, so that no worker is left alone at the end."""
    slow = {name: place for place, name in enumerate(SLOW_FILES)}
    items.sort(key=lambda item: slow.get(item.path.stem, len(slow)))
