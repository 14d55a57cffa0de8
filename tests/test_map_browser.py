"""What readers do with the map, in a real browser: all levels and back, search, layers, no WebGL, hostile names."""

import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Locator

from dashboard import editions, map_options, map_values, maps, profile, settings, store, text
from tests import browsing, places, questions, serving, tiny
from tests.browsing import Reader, reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browsing.chromium() is None and not os.environ.get("CI"), reason="Chromium is not installed"),
]
LEVELS = list(maps.LEVELS)
SPOTS = [(x / 14, y / 14) for y in range(3, 12) for x in range(3, 12)]  # shares of the map's width and height
TIP_MS = 400


def chinese(message: str) -> str:
    with text.speaking("zh"):
        return text._(message)


class Map:
    """The map on a reader's page."""

    def __init__(self, someone: Reader) -> None:
        self.someone, self.page = someone, someone.page

    @property
    def root(self) -> Locator:
        return self.page.locator(".grid-map")

    def said(self, name: str) -> str | None:
        return self.root.get_attribute(f"data-{name}")

    def wait(self, level: str) -> None:
        """Wait until units of a level are drawn and the page has settled."""
        self.page.locator(f'.grid-map[data-level="{level}"][data-ready^="{level} "]').wait_for()
        self.someone.settle()

    def at(self, across: float, down: float) -> tuple[float, float]:
        box = self.page.locator(".grid-map canvas").first.bounding_box()
        return box["x"] + box["width"] * across, box["y"] + box["height"] * down

    def find_unit(self) -> tuple[float, float]:
        """A spot on the page with a unit under it: there the map tells its name."""
        for spot in sorted(SPOTS, key=lambda spot: abs(spot[0] - 0.5) + abs(spot[1] - 0.5)):
            place = self.at(*spot)
            self.page.mouse.move(*place)
            try:
                self.page.locator(".grid-map .tip:not([hidden])").wait_for(timeout=TIP_MS)
                return place
            except browsing.PlaywrightTimeout:
                continue
        raise AssertionError("no unit anywhere on the map")

    def enter(self) -> None:
        """Click a unit."""
        place = self.find_unit()
        with self.someone.acting():
            self.page.mouse.click(*place)

    def address(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)


@contextmanager
def opened(home, address: str, **choices: str) -> Iterator[Map]:
    with reader(home, address) as someone:
        someone.open("grid_map", **choices)
        yield Map(someone)


@pytest.fixture
def city(data, monkeypatch) -> dict:
    """What the city's page asks when nobody has touched a filter, for queries of the test's own."""
    monkeypatch.setenv("DASHBOARD_DATA", str(data))
    edition = editions.current(settings.DEFAULT_PLACE)
    usual = {"place": settings.DEFAULT_PLACE, "unit": "", "area": [], "metric": "ontime_close_rate"}
    return questions.shared(edition, **usual)


def test_all_six_levels_by_click_and_back_by_the_breadcrumb(address, home) -> None:
    with opened(home, address) as shown:
        trail = shown.page.locator(".st-key-trail button")
        for level, following in zip(LEVELS, [*LEVELS[1:], None], strict=True):
            shown.wait(level)
            steps = trail.count()
            shown.enter()
            if following:
                shown.wait(following)
                assert trail.count() > steps or level in ("compound", "grid")
                assert "unit" in shown.address()
            else:
                assert "pick" in shown.address(), "the finest unit is told about, not entered"
        shown.page.reload()
        shown.wait(LEVELS[-1])
        while trail.count() > 1:
            before = trail.count()
            with shown.someone.acting():
                trail.nth(before - 2).click()
            assert trail.count() < before
        shown.wait("district")
        assert not {"unit", "pick", "level"} & set(shown.address())


@pytest.mark.parametrize("level", ["district", "compound", "micro_grid"])
def test_as_many_units_are_drawn_as_the_page_counts(level, city, address, home) -> None:
    count = len(map_values.rows(city | {"level": level}))
    with opened(home, address, level=level) as shown:
        shown.wait(level)
        assert int(shown.said("drawn")) == count


def test_a_unit_has_the_colour_of_its_value_in_the_legend(city, address, home) -> None:
    rows = store.query("map_values", **city | {"level": "district"}).set_index("unit_name")
    goal = profile.load(settings.place_dir(city["place"]) / "place.toml").targets["ontime_close_rate"]
    scale = maps.scale(rows["value"], "ontime_close_rate", goal, "light")
    with opened(home, address) as shown:
        shown.wait("district")
        x, y = shown.find_unit()
        name = shown.page.locator(".grid-map .tip strong").inner_text()
        value = shown.page.locator(".grid-map .tip b").inner_text()
        shown.page.mouse.move(*shown.at(0.02, 0.5))
        shown.page.locator(".grid-map .tip[hidden]").wait_for(state="attached")
        picture = Image.open(io.BytesIO(shown.page.screenshot())).convert("RGB")
        found = [picture.getpixel((int(x) + dx, int(y) + dy)) for dx in range(-12, 13, 3) for dy in range(-12, 13, 3)]
        expected = tuple(maps.rgb(scale.colours_of(rows.loc[[name]])[0]))
        assert value == text.number(rows.loc[name, "value"], "share")
        assert max(set(found), key=found.count) == pytest.approx(expected, abs=2)


def test_nearer_shows_the_next_level_unless_it_is_pinned(address, home) -> None:
    for pinned, expected in (({}, "subdistrict"), ({"pinned": "1"}, "district")):
        with opened(home, address, **pinned) as shown:
            shown.wait("district")
            nearer = shown.page.locator(".grid-map .tools button").first
            for _time in range(2 if pinned else 4):
                if shown.page.locator('.grid-map[data-level="district"]').count():  # a busy machine may lose a click
                    nearer.click()
                    shown.page.wait_for_timeout(700)
            shown.page.wait_for_function("location.search.includes('at=')")
            shown.wait(expected)
            assert len(shown.address()["at"][0].split(",")) == 3


def test_search_by_keyboard_leads_to_a_community(city, address, home) -> None:
    community = store.query("map_values", **city | {"level": "community"}).iloc[0]
    with opened(home, address) as shown:
        shown.wait("district")
        shown.page.locator(".grid-map .finder input").fill(community["unit_code"])
        shown.page.locator(".grid-map .finder [data-code]").first.wait_for()
        with shown.someone.acting():
            shown.page.keyboard.press("Enter")
        assert shown.address()["unit"] == [community["unit_code"]]
        assert community["unit_name"] in shown.someone.rows()


def test_a_bar_of_the_list_leads_into_its_unit_by_hand_and_by_keyboard(address, home) -> None:
    with opened(home, address) as shown:
        shown.wait("district")
        bars = shown.page.locator(".units button")
        for act, following in (("click", "subdistrict"), ("Enter", "community")):
            name = bars.nth(1).locator(".name").evaluate("name => name.firstChild.textContent")
            with shown.someone.acting():
                bars.nth(1).focus()
                bars.nth(1).click() if act == "click" else shown.page.keyboard.press(act)
            shown.wait(following)
            assert shown.page.locator(".st-key-trail button").last.inner_text().endswith(name)
            assert bars.first.evaluate("bar => bar.getRootNode().activeElement === bar"), "the hand stays in the list"


def test_a_bar_of_the_finest_level_is_told_about(address, home) -> None:
    with opened(home, address, level="micro_grid") as shown:
        shown.wait("micro_grid")
        with shown.someone.acting():
            shown.page.locator(".units button").first.click()
        assert "pick" in shown.address() and "unit" not in shown.address()


def test_two_maps_have_one_camera(address, home) -> None:
    with opened(home, address, view="compare", level="subdistrict") as shown:
        shown.wait("subdistrict")
        assert shown.page.locator(".grid-map canvas").count() == 2
        views = "() => [...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.grid-map')).find(Boolean)"
        assert shown.page.evaluate(f"{views} !== undefined")
        assert shown.said("ready").count("|") == 1


def test_the_time_bar_runs_and_comes_back(address, home) -> None:
    with opened(home, address, step="quarter") as shown:
        shown.wait("district")
        now = shown.said("ready")
        with text.speaking("zh"):
            quarter = text.period(date(2024, 7, 1), date(2024, 9, 1))
        shown.page.locator(".grid-map .time input").press("ArrowLeft")
        shown.page.wait_for_function(
            "([now, root]) => root.dataset.ready !== now", arg=[now, shown.root.element_handle()]
        )
        assert shown.page.locator(".grid-map .time span").inner_text() == quarter
        shown.page.locator(".grid-map .time button").last.click()
        shown.page.wait_for_function(
            "([now, root]) => root.dataset.ready === now", arg=[now, shown.root.element_handle()]
        )


@pytest.mark.parametrize("view", ["change", "fit", "table", "extruded", "density"])  # the others have tests above
def test_every_view_and_layer_is_drawn_without_a_complaint(view, address, home) -> None:
    choices = {"view": view} if view in map_options.VIEWS else {view: "1"}
    with opened(home, address, venues="micro_station,canteen", **choices) as shown:
        if view == "table":
            assert shown.page.locator('[data-testid="stDataFrame"]').count()
        else:
            shown.wait("compound" if view == "fit" else "district")
            assert int(shown.said("drawn")) > 0


def test_without_webgl_the_same_numbers_are_a_table(address, browser) -> None:
    with reader(browser, address) as someone:
        someone.page.add_init_script(
            """const given = HTMLCanvasElement.prototype.getContext;
            HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
              return kind.startsWith("webgl") ? null : given.call(this, kind, ...more);
            };"""
        )
        someone.open("grid_map")
        shown = Map(someone)
        shown.page.locator(".grid-map .no-graphics button").focus()
        with someone.acting():
            shown.page.keyboard.press("Enter")
        assert shown.address()["view"] == ["table"]
        assert shown.page.locator('[data-testid="stDataFrame"]').count()


@pytest.mark.parametrize("shape", ["svg", "png"])
def test_the_view_is_saved_as_a_picture(shape, address, home, tmp_path) -> None:
    with opened(home, address) as shown:
        shown.wait("district")
        with shown.page.expect_download() as saving:
            shown.page.locator(".grid-map .tools button", has_text=shape.upper()).click()
        saving.value.save_as(tmp_path / "picture")
        content = (tmp_path / "picture").read_bytes()
        assert saving.value.suggested_filename.endswith(f".{shape}")
        if shape == "svg":
            assert content.startswith(b"<") and chinese("Synthetic sample data").encode() in content
        else:
            picture = Image.open(io.BytesIO(content)).convert("RGB")
            assert picture.width > 2000 and len(picture.resize((60, 40)).getcolors(2400)) > 10


def test_hostile_names_do_nothing_on_the_map(address, home) -> None:
    with opened(home, address, place="试点市", level="compound") as shown:
        shown.wait("compound")
        shown.find_unit()
        told = shown.page.locator(".grid-map .tip strong").inner_text()
        assert any(name in told for name in places.HOSTILE)
        for words in ("<", "img", "'"):
            shown.page.locator(".grid-map .finder input").fill(words)
            shown.page.wait_for_timeout(300)
        assert any(name in shown.page.locator(".units").inner_text() for name in places.HOSTILE)
        assert shown.page.evaluate("window.hacked === undefined")


class Tiles(BaseHTTPRequestHandler):
    """A base map of this machine: every tile is the same red pixel."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        picture = io.BytesIO()
        Image.new("RGB", (1, 1), (255, 0, 0)).save(picture, "PNG")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(picture.getvalue())

    def log_message(self, *_given: object) -> None:
        """Nothing: tests are quiet."""


def test_a_base_map_of_the_network_is_drawn_with_its_credit(browser, tmp_path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Tiles) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png"
        base = f'\n[base_map]\nurl = "{url}"\nattribution = "底图：测试"\napproval_number = "审图号 X"\nmax_zoom = 18\n'
        tiny.write_place(tmp_path / "data")
        with (tmp_path / "data" / tiny.PLACE / "place.toml").open("a", encoding="utf-8") as file:
            file.write(base)
        places.publish(tmp_path, tiny.tables())
        with (
            serving.server(tmp_path / "data", tmp_path / "log") as (address, _process),
            opened(browser, address) as shown,
        ):
            shown.wait("district")
            assert shown.page.locator(".grid-map .credit").inner_text() == "底图：测试 · 审图号 X"
            corner = shown.at(0.6, 0.12)
            picture = Image.open(io.BytesIO(shown.page.screenshot())).convert("RGB")
            assert picture.getpixel(tuple(map(int, corner))) == pytest.approx((255, 0, 0), abs=3)
        server.shutdown()
    assert Tiles.asked and all(path.endswith(".png") and path.count("/") == 3 for path in Tiles.asked)
