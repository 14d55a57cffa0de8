"""The steward's list of editions: compared, kept for good, made live again, removed, each only on purpose."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import change_views, edition_views, editions, store, text
from tests import places, tiny
from tests.opening import cells, opened, troubles, words

OLD, NEW = "2024-11-30-aaaaaaaa", "2024-12-31-bbbbbbbb"
STEWARD = "数据科"


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folder of the editions of a place that has two; in the newer one a compound has gone. A steward looks at it."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    monkeypatch.setenv("DASHBOARD_STEWARD", STEWARD)
    place = places.with_editions(tmp_path, (OLD, NEW), STEWARD)
    file = place / "editions" / NEW / "extracts" / "compounds.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"create table it as from '{file}' where compound_id <> 'C6'")
        connection.execute(f"copy it to '{file}' (format parquet)")
    facts = place / "editions" / NEW / "edition.json"
    facts.write_text(facts.read_text(encoding="utf-8").replace('"digests"', '"others"'), encoding="utf-8")
    yield place
    edition_views._rows.clear()
    edition_views._figures.clear()
    store._answers.clear()
    store._database.cache_clear()


def shown(language: str = "en") -> AppTest:
    app = opened("publish", language, view="editions")
    assert not troubles(app)
    return app


@pytest.fixture
def english() -> Iterator[None]:
    """The language in which a test asks the widgets for their words."""
    with text.speaking("en"):
        yield


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_editions_are_listed_with_who_published_them_and_compared(language: str, two: Path) -> None:
    with text.speaking(language):
        app = shown(language)
        table = app.dataframe[0].value
        assert list(table.iloc[:, 0]) == [NEW, OLD] and list(table[text._("By")]) == [STEWARD, STEWARD]
        assert table[text._("State")][0] == f"● {text._('live')}" and table[text._("State")][1] == ""
        assert {"zh": "张表中有 1 张不同", "en": "1 of "}[language] in " ".join(words(app))
        assert {"zh": "小区", "en": "Residential compounds"}[language] in cells(app)


def test_an_edition_is_kept_for_good_only_with_a_reason(two: Path, english: None) -> None:
    app = shown()
    app.button("edition-pin").click().run()
    assert not editions.pins(tiny.PLACE) and "Say why" in " ".join(words(app))
    app.text_input("edition-reason").input("[a](b) **c**")
    app.button("edition-pin").click().run()
    assert not troubles(app)
    pin = editions.pins(tiny.PLACE)[NEW]
    assert (pin.reason, pin.by) == ("[a](b) **c**", STEWARD)
    assert any(r"\[a\]\(b\)" in caption.value for caption in app.caption), "a reason is shown as text"
    app.button("edition-unpin").click().run()
    assert not editions.pins(tiny.PLACE) and not troubles(app)


def test_rolling_back_names_what_becomes_live_and_asks_first(two: Path, english: None) -> None:
    app = shown()
    app.selectbox(f"edition-chosen-{tiny.PLACE}").select(OLD).run()
    app.button("edition-back").click().run()
    assert editions.current(tiny.PLACE) == NEW
    assert any(NEW in each.value and "which is kept" in each.value for each in app.markdown)
    assert app.button("edition-back-now").label == "Make it live again" and not troubles(app)


def test_old_editions_are_named_before_they_go(two: Path, english: None) -> None:
    for number in range(3):
        shutil.copytree(two / "editions" / OLD, two / "editions" / f"2024-0{number + 1}-28-aaaaaaaa")
    file = two / "place.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n[retention]\neditions = 3\n", encoding="utf-8")
    gone = ["2024-02-28-aaaaaaaa", "2024-01-28-aaaaaaaa"]
    app = shown()
    app.button("edition-old").click().run()
    assert any(all(name in each.value for name in gone) for each in app.markdown)
    assert len(editions.published(tiny.PLACE)) == 5
    assert app.button("edition-old-now").label == "Remove them" and not troubles(app)


def test_a_rule_that_is_no_number_is_told_where_it_counts(two: Path) -> None:
    file = two / "place.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\n[retention]\neditions = "x"\n', encoding="utf-8")
    app = opened("publish", "en", view="editions")
    assert not app.exception and "[retention] editions" in app.error[0].value


def test_the_table_that_is_ticked_is_told_by_column_district_and_key(two: Path, monkeypatch) -> None:
    """A tick needs a browser; what it draws does not."""
    drawn: list[str] = []
    monkeypatch.setattr(change_views.st, "markdown", drawn.append)
    monkeypatch.setattr(change_views.st, "caption", drawn.append)
    frames = []
    monkeypatch.setattr(change_views.st, "dataframe", lambda frame, **_options: frames.append(frame))
    (table,) = [each for each in edition_views._rows(tiny.PLACE, OLD, NEW) if each["removed"]]
    with text.speaking("en"):
        change_views._one_table(table, {tiny.EAST: "East"})
    assert drawn[-1] == r"Removed, for example: C6"
    assert frames[0].to_numpy().tolist() == [["East", 0, 1, 0]]


def test_a_place_with_one_edition_has_nothing_to_compare(two: Path) -> None:
    shutil.rmtree(two / "editions" / OLD)
    assert "There is one edition only." in [caption.value for caption in shown().caption]
