"""A reader is told which edition is on screen when it is not the live one, when the live one changes, when it is gone."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import editions, store, text
from dashboard.profile import place_name
from tests import navigation, places, tiny
from tests.opening import opened, troubles

PAGES = navigation.every()
WORDS = {"zh": "您正在查看数据版本 {}；最新版本为 {}。", "en": "You are reading edition {}; a newer one, {}, is live."}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Folder of the tiny place with two editions, the older and the live one."""
    folder = tmp_path_factory.mktemp("two")
    older = places.publish(folder, places.west_alone(tiny.tables()))
    return folder / "data", older, places.publish(folder, tiny.tables())


@pytest.fixture
def two(made: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The older and the live edition; whatever a test made live, the newer one is again afterwards."""
    data, older, newer = made
    monkeypatch.setenv("DASHBOARD_DATA", str(data))
    editions.roll_back(tiny.PLACE, newer)
    return older, newer


@pytest.fixture
def english() -> Iterator[None]:
    """The language in which a test asks the widgets for their words."""
    with text.speaking("en"):
        yield


def notices(app: AppTest) -> list[str]:
    """Sentences about the edition above the page."""
    return [box.value for box in app.warning if box.icon == ":material/update:"]


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_tells_a_reader_of_an_older_edition_that_a_newer_one_is_live(page, language, two) -> None:
    assert notices(opened(page, language, edition=two[0])) == [WORDS[language].format(*two)]


def test_a_reader_of_the_live_edition_is_told_nothing(two) -> None:
    assert not notices(opened("overview", "zh"))
    assert not notices(opened("overview", "zh", edition=two[1]))


def test_a_button_leads_to_the_newer_one_and_leaves_page_and_filters(english, two) -> None:
    app = opened("issues", "en", edition=two[0], period="2024 Q3", districts="West District")
    before = app.session_state["chosen"]
    assert before["edition"] == two[0] and before["districts"] == [tiny.WEST]
    app.button("edition-notice-act").click().run()
    after = app.session_state["chosen"]
    assert not notices(app) and not troubles(app)
    assert after == before | {"edition": two[1]}
    assert app.header[0].value == "Issues"


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("edition", ["2020-01-01-0123abcd", "<b>nonsense</b>"])
def test_a_link_to_an_edition_that_is_not_there_says_so_until_it_is_closed(edition, language, two) -> None:
    with text.speaking(language):
        app = opened("overview", language, edition=edition)
        (said,) = notices(app)
        assert two[1] in said and ("2020-01-01-0123abcd" in said) == edition.startswith("2020") and "<" not in said
        assert app.session_state["chosen"]["edition"] == two[1]
        app.run()
        assert notices(app) == [said]
        app.button("edition-notice-act").click().run()
        assert not notices(app) and not troubles(app)


def test_an_edition_that_is_removed_under_its_reader_is_told_at_the_next_click(english, two) -> None:
    older, newer = two
    app = opened("overview", "en", edition=older)
    hidden = editions.home(tiny.PLACE) / ".building-hidden"
    editions.path(tiny.PLACE, older).rename(hidden)
    try:
        app.run()
        assert notices(app) == [f"The edition {older} does not exist (any more). You are reading {newer}."]
        assert app.session_state["chosen"]["edition"] == newer and not troubles(app)
        store._answers.clear()
        with pytest.raises(editions.EditionError):
            store.query("districts", place=tiny.PLACE, edition=older, language="en")
    finally:
        hidden.rename(editions.home(tiny.PLACE) / older)


def test_an_edition_that_goes_in_the_middle_of_a_run_ends_in_a_sentence(two, monkeypatch) -> None:
    def gone(*_names, **_parameters):
        raise editions.EditionError("gone")

    monkeypatch.setattr(store, "queries", gone)
    app = opened("overview", "en", edition=two[0])
    assert not app.exception
    assert [box.value for box in app.error] == [
        "This edition was removed while you were reading it. Choose another one on the left."
    ]


def test_an_open_page_tells_that_another_edition_went_live_and_leads_back(english, two) -> None:
    older, newer = two
    editions.roll_back(tiny.PLACE, older)
    app = opened("overview", "en")
    assert app.session_state["chosen"]["edition"] == older and not notices(app)
    editions.roll_back(tiny.PLACE, newer)
    app.run()
    assert notices(app) == [
        f"While you were reading {older}, {newer} became the live edition; this page now shows {newer}."
    ]
    app.run()
    assert notices(app), "it stays until somebody closes it"
    (back,) = [button for button in app.button if button.label == "Back to the one before"]
    back.click().run()
    assert app.session_state["chosen"]["edition"] == older
    assert notices(app) == [WORDS["en"].format(older, newer)]
    app.button("edition-notice-act").click().run()
    assert app.session_state["chosen"]["edition"] == newer and not notices(app)


def test_an_edition_that_was_rolled_back_is_not_called_older(two) -> None:
    older, newer = two
    editions.roll_back(tiny.PLACE, older)
    assert notices(opened("overview", "en", edition=newer)) == [
        f"You are reading edition {newer}; the live one is {older}."
    ]


def test_a_steward_who_looks_at_a_candidate_is_told_that_it_is_not_published(two, monkeypatch) -> None:
    older, newer = two
    folder = editions.home(tiny.PLACE)
    (folder / older).rename(folder / f"{editions.CANDIDATE}{older}")
    try:
        assert "does not exist" in notices(opened("overview", "en", edition=older))[0]
        monkeypatch.setenv("DASHBOARD_STEWARD", "Data office")
        app = opened("overview", "en", edition=older)
        assert notices(app) == [f"You are reading edition {older}, which is not published yet; {newer} is live."]
    finally:
        (folder / f"{editions.CANDIDATE}{older}").rename(folder / older)


def test_another_place_is_opened_without_a_word_about_the_edition_of_the_one_before(english, two, made) -> None:
    """The address still names the other place's edition when the filters are drawn."""
    other = made[0] / "other"
    shutil.copytree(made[0] / tiny.PLACE, other)
    shutil.rmtree(other / "editions" / two[0])
    profile = other / "place.toml"
    profile.write_text(
        re.sub("^en = .*", 'en = "Other"', profile.read_text(encoding="utf-8"), count=1, flags=re.M), encoding="utf-8"
    )
    try:
        app = opened("overview", "en", place=place_name(tiny.PLACE, "en"), edition=two[0])
        assert app.session_state["chosen"]["edition"] == two[0]
        app.selectbox("place").select("other").run()
        assert app.session_state["chosen"]["place"] == "other" and not notices(app) and not troubles(app)
    finally:
        shutil.rmtree(other)
