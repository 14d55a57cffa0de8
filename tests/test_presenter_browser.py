"""Presenter mode in a real browser, driven by the keyboard alone: nothing is asked for between two views."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import Popen

import pytest
from playwright.sync_api import BrowserContext, Page

from dashboard import settings
from tests import browsing, serving
from tests.browsing import Reader, reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browsing.chromium() is None and not os.environ.get("CI"), reason="Chromium is not installed"),
]

APP = """
import streamlit as st
from dashboard import presenter_routes
app = st.App("dashboard/script.py", routes=presenter_routes.ROUTES)
"""
SCRIPT = """
import streamlit as st
names = ("start", "overview", "present", "briefing")
st.navigation([st.Page(f"../pages/{name}.py", url_path=name) for name in names]).run()
"""
PRESENT = """
from dataclasses import replace
import streamlit as st
from dashboard import presenter
from tests import briefings
st.header("present")
told = briefings.briefing(st.query_params.get("language", "zh"))
if "long" in st.query_params:
    name = briefings.word("石榴园高新技术产业开发区 <b>and a very long name in Latin letters</b>")
    def longer(figure):
        table = replace(figure.table, rows=tuple((name, *row[1:]) for row in figure.table.rows * 12))
        chart = figure.chart and replace(figure.chart, categories=(name.shown,) * 3)
        return replace(figure, title=figure.title * 4, table=table, chart=chart, tiles=figure.tiles * 4)
    told = replace(told, title=told.title * 3, sections=tuple(
        replace(s, heading=s.heading * 12, sentences=s.sentences * 14, figures=tuple(map(longer, s.figures)))
        for s in told.sections
    ))
sections = (replace(s, figures=tuple(replace(f, page="overview") for f in s.figures)) for s in told.sections)
presenter.draw(replace(told, sections=tuple(sections)))
"""
CUT_OFF = """() => [...document.querySelectorAll(".presenter .slide, .presenter .box")]
  .filter(box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
  .map(box => `${box.closest(".slide").textContent.slice(0, 60)} ${box.className}`)"""
STAGE_IS = """([width, height]) => {
  const box = document.querySelector(".presenter .stage").getBoundingClientRect();
  return Math.round(box.width) === width && Math.round(box.height) === height;
}"""
# Letters of charts that reach beyond the chart, in shares of it.
OUTSIDE = """() => [...document.querySelectorAll(".presenter .js-plotly-plot")].flatMap(plot => {
  const frame = plot.getBoundingClientRect();
  return [...plot.querySelectorAll("text")].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1);
  }).map(text => text.textContent);
})"""
SECTIONS = ["", "tiles", "map", "bar", "column", "line", "stacked", "doughnut", "scatter", "table", "findings"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Popen]]:
    """A server that presents the briefing of `tests/briefings.py`: its address and its process."""
    folder = tmp_path_factory.mktemp("meeting")
    for name in ("dashboard", "pages"):
        (folder / name).mkdir()
    (folder / "app.py").write_text(APP, encoding="utf-8")
    (folder / "dashboard" / "script.py").write_text(SCRIPT, encoding="utf-8")
    (folder / "pages" / "present.py").write_text(PRESENT, encoding="utf-8")
    for name in ("start", "overview", "briefing"):
        page = f"import streamlit as st\nst.header('{name}')\nst.json(dict(st.query_params))"
        (folder / "pages" / f"{name}.py").write_text(page, encoding="utf-8")
    app, log = folder / "app.py", folder / "server.log"
    with serving.server(folder, log, app=app, PYTHONPATH=str(settings.ROOT)) as running:
        yield running


@pytest.fixture
def meeting(server: tuple[str, Popen]) -> str:
    return server[0]


@contextmanager
def presenting(
    home: BrowserContext, address: str, width: int = 1280, height: int = 720, **choices: str
) -> Iterator[Reader]:
    """A presenter at a window of their own, once everything is drawn."""
    with reader(home, address, width, height) as someone:
        someone.open("present", **choices)
        someone.page.locator(".presenter[data-ready]").wait_for()
        yield someone


def section(page: Page) -> str:
    return page.locator(".presenter").get_attribute("data-section")


def heading(page: Page) -> str:
    return page.locator(".presenter .cell.now h2").inner_text()


def press(page: Page, *keys: str) -> str:
    """Press keys one after another; the section shown then."""
    for key in keys:
        page.keyboard.press(key)
    return section(page)


def is_open(page: Page, panel: str) -> bool:
    return panel in page.locator(".presenter").get_attribute("class").split()


def test_keys_move_through_all_views_and_nothing_is_asked_for(home: BrowserContext, meeting: str) -> None:
    with presenting(home, meeting) as someone:
        page, asked = someone.page, []
        # Chromium itself asks for the icon again whenever the address changes.
        page.on("request", lambda request: asked.append(request.url) if "favicon" not in request.url else None)
        runs = page.evaluate("window.__watch.runs")
        assert section(page) == ""
        assert [press(page, "ArrowRight") for _ in SECTIONS] == [*SECTIONS[1:], "findings"]
        assert heading(page) == "问题整改进展"
        forward = [press(page, key) for key in ("Home", "ArrowDown", "PageDown", "Space", "Enter")]
        assert forward == ["", "tiles", "map", "bar", "column"]
        backward = [press(page, key) for key in ("ArrowLeft", "ArrowUp", "PageUp", "Backspace", "End")]
        assert backward == ["bar", "map", "tiles", "", "findings"]
        assert press(page, "7", "Enter") == "doughnut"
        assert press(page, "g", "1", "0", "Enter") == "findings"
        assert "section=findings" in page.url
        assert page.locator(".presenter .status").inner_text().startswith("10 / 10")
        assert page.locator(".presenter .progress").get_attribute("aria-valuenow") == "10"
        assert page.locator('.presenter [aria-live="polite"]').inner_text() == "10 / 10 问题整改进展"
        assert (asked, page.evaluate("window.__watch.runs")) == ([], runs)


def test_list_overview_blank_screen_help_and_notes_by_keyboard(home: BrowserContext, meeting: str) -> None:
    with presenting(home, meeting, section="bar") as someone:
        page = someone.page
        assert section(page) == "bar"
        press(page, "j")
        assert is_open(page, "list")
        assert page.locator('.list [aria-selected="true"]').inner_text().split() == ["3", "第2节"]
        assert "诉求办理" in page.locator("ol.list").inner_text()
        assert press(page, "ArrowDown", "ArrowDown", "Enter") == "line"
        assert not is_open(page, "list")

        press(page, "o")
        assert page.locator(".presenter .cell:visible").count() == len(SECTIONS)
        assert press(page, "ArrowDown", "ArrowLeft", "Enter") == "scatter"
        assert page.locator(".presenter .cell:visible").count() == 1

        for key, colour in (("b", "rgb(0, 0, 0)"), (".", "rgb(0, 0, 0)"), ("w", "rgb(255, 255, 255)")):
            press(page, key)
            seen = page.evaluate(
                "getComputedStyle(document.elementFromPoint(innerWidth / 2, innerHeight / 2)).backgroundColor"
            )
            assert seen == colour
            assert press(page, "ArrowRight") == "scatter"  # the first key only brings the view back
        press(page, "w", "w")
        assert page.locator(".presenter").get_attribute("data-blank") == ""

        press(page, "?")
        assert "PageDown" in page.locator(".stage .help").inner_text()
        press(page, "Escape", "n")
        assert "讲稿:先说结论。" in page.locator(".presenter .notes").inner_text()
        assert "下一页： 第8节" in page.locator(".presenter .notes").inner_text()
        press(page, "Escape")
        assert not page.locator(".presenter .notes").is_visible()
        with page.expect_popup() as opened:
            press(page, "s")
        notes = opened.value
        assert notes.locator("h1").inner_text() == "第7节"
        press(page, "ArrowRight")
        assert notes.locator("h1").inner_text() == "第8节"
        notes.keyboard.press("PageUp")
        assert section(page) == "scatter"
        assert "第8节" in notes.locator(".next").inner_text()
        notes.close()
        press(page, "f")
        page.wait_for_function("document.fullscreenElement?.className.includes('presenter')")
        press(page, "f")
        page.wait_for_function("!document.fullscreenElement")


def test_views_change_by_themselves_in_a_loop_until_a_key_is_pressed(home: BrowserContext, meeting: str) -> None:
    with presenting(home, meeting, section="findings", rotate="1", seconds="3") as someone:
        page = someone.page
        page.locator('.presenter[data-section=""]').wait_for(timeout=6_000)
        assert "3 s" in page.locator(".presenter .status").inner_text()
        assert press(page, "ArrowRight") == "tiles"
        assert "rotate" not in page.url
        assert "3 s" not in page.locator(".presenter .status").inner_text()
        press(page, "t")
        assert "rotate=1" in page.url


def test_a_figure_opens_on_its_page_and_the_way_back_leads_to_the_same_view(home: BrowserContext, meeting: str) -> None:
    with presenting(home, meeting, section="bar") as someone:
        page = someone.page
        press(page, "Tab", "Enter")
        inside = page.frame_locator(".visited iframe")
        inside.get_by_role("heading", name="overview").wait_for()
        assert "2024-12-31-00000000" in inside.locator('[data-testid="stJson"]').inner_text()
        assert "第2节" in page.locator(".way-back").inner_text()
        assert press(page, "ArrowRight", "Enter") == "bar"  # Enter presses the way back
        assert page.locator(".visited").count() == 0
        press(page, "d")
        inside.get_by_role("heading", name="overview").click()
        assert press(page, "Escape", "ArrowRight") == "column"
        assert page.locator(".visited").count() == 0
        press(page, "m")
        inside.get_by_role("heading", name="briefing").wait_for()
        assert '"follow_up"' in inside.locator('[data-testid="stJson"]').inner_text()
        press(page, "Escape", "Escape")
        assert page.locator(".presenter").is_visible()
        with someone.acting():
            press(page, "Escape")
        page.get_by_role("heading", name="briefing").wait_for()
        assert "section=column" in page.url
        assert page.locator(".presenter").count() == 0
        assert not page.evaluate("[...document.body.children].some(element => element.inert)")


@pytest.mark.parametrize(("language", "shade"), [("zh", "light"), ("en", "dark")])
def test_nothing_is_cut_off_however_long_it_is(home: BrowserContext, meeting: str, language: str, shade: str) -> None:
    with presenting(home, meeting, 1920, 1080, language=language, long="1") as someone:
        page = someone.page
        if page.locator(".presenter").get_attribute("data-shade") != shade:
            press(page, "l")
        for size in ((1920, 1080), (1280, 720)):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.wait_for_function(STAGE_IS, arg=size)
            assert page.evaluate(CUT_OFF) == []
            assert page.evaluate(OUTSIDE) == []
        assert page.locator(".of-table .more").first.text_content()


def test_a_stopped_server_is_not_noticed(home: BrowserContext, server: tuple[str, Popen]) -> None:
    """The last test of this file: the server is gone after it."""
    address, process = server
    page = home.new_page()
    page.goto(f"{address}/present")
    page.locator(".presenter[data-ready]").wait_for()
    process.kill()
    process.wait()
    assert [press(page, "ArrowRight") for _ in SECTIONS[1:]] == SECTIONS[1:]
    assert page.locator(".presenter .cell.now h2").is_visible()
    page.close()
