"""What readers do, in a real browser on a real server: links, filters, pages, languages, two at once."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import settings, text
from tests import browsing, navigation, serving
from tests.browsing import reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browsing.chromium() is None and not os.environ.get("CI"), reason="Chromium is not installed"),
]
PAGES = navigation.listed()
DEFAULT = next(iter(PAGES))  # stands at the bare address


def chinese(message: str) -> str:
    with text.speaking("zh"):
        return text._(message)


@pytest.fixture(scope="module")
def districts(data: Path) -> dict[str, str]:
    """English -> Chinese name of every district."""
    from dashboard import editions, store

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(data))
        where = {"place": settings.DEFAULT_PLACE, "edition": editions.current(settings.DEFAULT_PLACE)}
        english, chinese = (store.query("districts", **where, language=code)["district_name"] for code in ("en", "zh"))
        return dict(zip(english, chinese, strict=True))


def test_a_link_opens_its_page_with_its_filters_on_a_server_nobody_used_yet(data, browser, districts, tmp_path) -> None:
    district = list(districts)[1]
    with (
        serving.server(data, tmp_path / "server.log") as (address, _process),
        reader(browser, address) as someone,
    ):
        someone.open("compound_types", language="English", districts=district, compound_types="Old", period="2023")
        assert someone.title() == PAGES["compound_types"]
        titles = []
        for group in range(someone.groups().count()):
            with someone.opened_group(group) as links:
                titles += [entry.splitlines()[-1] for entry in links.all_inner_texts()]
        assert titles == list(PAGES.values())
        assert someone.filters("districts") == [district]
        assert someone.filters("compound_types") == ["Old"]
        assert "2023" in someone.rows()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_drawn_without_complaint_on_a_telephone_and_a_wide_screen(name, address, home) -> None:
    with reader(home, address, width=390, height=844) as someone:
        someone.open("" if name == DEFAULT else name)
        assert someone.title() == chinese(PAGES[name])
        assert someone.page.locator("[class*=st-key-card-]").count() >= 1
        measure = (
            "() => [document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
        )
        assert max(someone.page.evaluate(measure)) <= 390
        wide = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
            .filter(e => e.getBoundingClientRect().right > 391 && getComputedStyle(e).visibility !== 'hidden')
            .filter(e => ![...ancestors(e)].some(a => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(a).overflowX)))
            .map(e => e.className.toString().slice(0, 60))"""
        ancestors = "function* ancestors(e) { while ((e = e.parentElement) && e.dataset.testid !== 'stMain') yield e; }"
        assert not someone.page.evaluate(f"() => {{ {ancestors} return ({wide})(); }}")
        someone.page.set_viewport_size({"width": 1440, "height": 900})
        someone.settle()
        assert max(someone.page.evaluate(measure)) <= 1440


def test_a_filter_changes_the_numbers_and_the_address(address, home, districts) -> None:
    district = next(iter(districts.values()))
    with reader(home, address) as someone:
        someone.open("")
        before = someone.numbers()
        someone.choose("districts", district)
        assert someone.filters("districts") == [district]
        assert someone.numbers() != before
        assert parse_qs(urlsplit(someone.page.url).query)["districts"] == [district]


def test_filters_survive_a_change_of_page_and_a_reload(address, home, districts) -> None:
    district = list(districts.values())[1]
    with reader(home, address) as someone:
        someone.open("", compound_types="老旧型")
        someone.choose("districts", district)
        someone.visit(chinese(PAGES["fortress_index"]))
        assert (someone.filters("districts"), someone.filters("compound_types")) == ([district], ["老旧型"])
        someone.page.reload()
        someone.settle()
        assert someone.title() == chinese(PAGES["fortress_index"])
        assert (someone.filters("districts"), someone.filters("compound_types")) == ([district], ["老旧型"])


def test_filters_survive_a_change_of_language(address, home, districts) -> None:
    english, district = list(districts.items())[1]
    with reader(home, address) as someone:
        someone.open("", districts=district, compound_types="老旧型", period="2023年")
        numbers = [tile.splitlines()[1] for tile in someone.numbers()]
        with someone.acting():
            someone.page.locator(".st-key-language").get_by_text("English").click()
        assert someone.title() == PAGES["overview"]
        assert (someone.filters("districts"), someone.filters("compound_types")) == ([english], ["Old"])
        assert [tile.splitlines()[1] for tile in someone.numbers()] == numbers
        assert parse_qs(urlsplit(someone.page.url).query)["period"] == ["2023"]


def test_a_copied_link_shows_a_second_reader_the_same(address, browser, home, districts) -> None:
    district = list(districts.values())[2]
    with reader(home, address) as first:
        first.open("", period="2024年第三季度")
        first.choose("districts", district)
        first.page.locator(".st-key-share button").first.click()
        link = first.page.locator('[data-testid="stCode"]').inner_text().strip()
        first.page.keyboard.press("Escape")
        first.settle()
        with reader(browser, address) as second:
            second.go(link)
            assert second.filters("districts") == [district]
            assert second.numbers() == first.numbers()
            assert "edition" in parse_qs(urlsplit(link).query)


def test_a_presenter_saves_a_briefing_presents_it_and_another_opens_its_link(address, browser, home, tmp_path) -> None:
    with reader(home, address) as first:
        first.open("briefing", period="2024年第三季度")
        with first.acting():
            first.page.locator(".st-key-briefing-move-1 button").click()
        first.page.locator(".st-key-briefing-save button").first.click()
        first.page.get_by_label("名称", exact=True).fill("三季度例会")
        with first.acting():
            box = first.page.locator('[data-testid="stPopoverBody"]')
            box.locator('[data-testid="stFormSubmitButton"] button').click()
        first.page.keyboard.press("Escape")
        first.page.locator(".st-key-briefing-files button").first.click()
        with first.page.expect_download() as download:
            first.page.locator(".st-key-briefing-pptx button").click()
        download.value.save_as(tmp_path / "deck.pptx")
        assert (tmp_path / "deck.pptx").read_bytes()[:2] == b"PK"
        first.page.keyboard.press("Escape")
        order = first.page.locator('[data-testid="stRadio"]').inner_text()
        first.page.locator(".st-key-briefing-present button").click()
        first.page.locator(".presenter[data-ready]").wait_for()
        first.page.keyboard.press("End")
        assert first.page.locator(".presenter").get_attribute("data-section") == "due"
        first.page.keyboard.press("q")
        first.page.locator(".st-key-briefing-present").wait_for()
        asked = parse_qs(urlsplit(first.page.url).query)
        assert (asked["briefing"], asked["section"]) == (["三季度例会"], ["due"])
    with reader(browser, address) as second:
        second.open("briefing", briefing="三季度例会")
        assert second.page.locator('[data-testid="stRadio"]').inner_text() == order
        assert "2024年第三季度" in second.page.locator('[data-testid="stMain"]').inner_text()


def test_two_readers_at_once_keep_their_own_choices(address, browser, home, districts) -> None:
    (_, one), (two, _) = list(districts.items())[:2]
    with reader(home, address) as first, reader(browser, address) as second:
        first.open(districts=one)
        second.open(districts=two, language="English")
        numbers = first.numbers(), second.numbers()
        first.visit(chinese(PAGES["compound_types"]))
        second.visit(PAGES["compound_types"])
        first.visit(chinese(PAGES["overview"]))
        second.visit(PAGES["overview"])
        assert (first.filters("districts"), second.filters("districts")) == ([one], [two])
        assert (first.numbers(), second.numbers()) == numbers
        assert numbers[0] != numbers[1]


def test_hostile_names_do_nothing_on_any_page(address, home) -> None:
    with reader(home, address) as someone:
        someone.open(place="试点市", language="English")
        for title in PAGES.values():
            if someone.title() != title:
                someone.visit(title)
            assert someone.page.evaluate("window.hacked === undefined")
            assert not someone.page.locator('a[href^="javascript:"]').count()
