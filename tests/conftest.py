"""Fixtures shared by all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests import browsing, tiny

# Share of each sample place that a test publishes: enough that everything it has happens in the last quarter.
CITY_SCALE = 0.02
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
SCALES = {"city-a": 0.03, "subdistrict-b": 1.0, "county-c": 0.25, "district-d": 0.2, "city-e": 0.2}


@pytest.fixture(scope="session")
def published_places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the five sample places, published small, once per session; `sample_places` reads them."""
    from dashboard import sample
    from tests import serving

    data = tmp_path_factory.mktemp("places")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(data))
        for place in sample.PLACES:
            serving.make_city(data, tmp_path_factory.mktemp(place), SCALES[place], place)
    return data


@pytest.fixture
def sample_places(published_places: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The five sample places as the data that a test reads."""
    monkeypatch.setenv("DASHBOARD_DATA", str(published_places))
    return published_places


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tiny place of `tests/tiny.py`, published; `DASHBOARD_DATA` names the folder for the whole session."""
    from dashboard import publishing

    data, source = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("source")
    tiny.write_place(data)
    tiny.write_csv(source, tiny.tables())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(data))
        outcome = publishing.publish(source, tiny.PLACE, lambda message, fraction: None)
        assert outcome.edition, [publishing.lines(finding, "en") for finding in outcome.findings]
        yield data


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample city, and the tiny place with hostile names: what a real server shows to a real browser."""
    from tests import places, serving

    folder = tmp_path_factory.mktemp("city")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder / "data"))
        serving.make_city(folder / "data", folder / "source", CITY_SCALE)
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
