"""Storylines: read, changed, saved by two presenters at once, and what another edition would change in them."""

import multiprocessing
import shutil
from dataclasses import replace

import pytest

from dashboard import text
from dashboard.reports import changes, saved, storylines
from dashboard.reports.model import Cell
from dashboard.reports.storylines import Pin, StorylineError
from tests import tiny
from tests.briefings import briefing

LINE = """
title = {zh = "汇报", en = "Report"}

[[chapters]]
heading = {zh = "一", en = "One"}
sections = ["headlines", "district_map"]

[[chapters]]
heading = {zh = "二", en = "Two"}
sections = ["problems"]

[sections.headlines]
heading = {zh = "改过的标题"}
notes = {zh = "先说结论"}
is_hidden = true
"""


@pytest.fixture
def line() -> storylines.Storyline:
    return storylines.parse(tiny.PLACE, LINE)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    tiny.write_place(tmp_path)
    return tmp_path / tiny.PLACE


def codes(line: storylines.Storyline) -> list[list[str]]:
    return [[each.code for each in sections] for _heading, sections in line.chapters]


def test_a_storyline_changes_the_sections_that_it_names_and_leaves_the_library_alone(line) -> None:
    first = line.sections[0]
    assert (first.heading["zh"], first.is_hidden, first.notes["zh"]) == ("改过的标题", True, "先说结论")
    assert first.heading["en"] == storylines.section("headlines").heading["en"]
    assert storylines.section("headlines").heading["zh"] != "改过的标题"


def test_what_is_written_is_read_again(line) -> None:
    pinned = replace(line, name="一月例会", pin=Pin("2024-12-31-00000000", "2024Q4", ("990101000000",), ("old",)))
    told = replace(pinned.sections[1], sentences=({"zh": "无数字。", "en": "No number."},), figures=())
    changed = pinned.with_section(told)
    assert storylines.parse(tiny.PLACE, storylines.written(changed)) == changed


def test_only_what_differs_from_the_library_is_written(line) -> None:
    assert "sentences" not in storylines.written(line)


@pytest.mark.parametrize(
    ("code", "step", "after"),
    [
        ("district_map", -1, [["district_map", "headlines"], ["problems"]]),
        ("district_map", 1, [["headlines"], ["district_map", "problems"]]),
        ("problems", -1, [["headlines", "district_map", "problems"]]),
        ("headlines", -1, [["headlines", "district_map"], ["problems"]]),
        ("problems", 1, [["headlines", "district_map"], ["problems"]]),
    ],
)
def test_a_section_moves_one_place_and_over_the_border_of_a_chapter(line, code: str, step: int, after: list) -> None:
    assert codes(line.moved(code, step)) == after


def test_a_section_of_the_library_is_added_behind_another_and_only_once(line) -> None:
    added = line.with_added("workforce", "headlines")
    assert codes(added) == [["headlines", "workforce", "district_map"], ["problems"]]
    with pytest.raises(StorylineError):
        added.with_added("workforce", "problems")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('title = {zh = "汇报", en = "Report"}', "", "title"),
        ("headlines", "no_such_section", "no_such_section"),
        ("headlines", "../headlines", "../headlines"),
        ('"district_map"', '"headlines"', "headlines"),
        ("is_hidden = true", 'sentences = [{zh = "共5件"}]', "共5件"),
        ("is_hidden = true", "is_hidden = ", "line"),
    ],
)
def test_a_faulty_storyline_says_what_is_wrong(before: str, after: str, said: str) -> None:
    with text.speaking("zh"), pytest.raises(StorylineError, match=said.replace(".", "[.]")):
        storylines.parse(tiny.PLACE, LINE.replace(before, after, 1))


def test_a_briefing_is_saved_opened_listed_and_removed(place, line) -> None:
    named = replace(line, name="一月例会/甲")
    state = saved.save(named, saved.NEW)
    assert saved.names(tiny.PLACE) == ["一月例会/甲"]
    found = saved.read(tiny.PLACE, "一月例会/甲")
    assert (found.line, found.state) == (named, state)
    saved.remove(tiny.PLACE, "一月例会/甲", state)
    assert saved.names(tiny.PLACE) == []


def test_whoever_opened_an_earlier_state_cannot_overwrite_what_was_saved_meanwhile(place, line) -> None:
    named = replace(line, name="例会")
    first = saved.save(named, saved.NEW)
    second = saved.save(replace(named, title={"zh": "甲的", "en": "A"}), first)
    for state in (first, saved.NEW):
        with pytest.raises(saved.SaveError):
            saved.save(replace(named, title={"zh": "乙的", "en": "B"}), state)
    assert saved.read(tiny.PLACE, "例会").state == second


def _try(name: str, barrier, done) -> None:
    line = replace(storylines.parse(tiny.PLACE, LINE), name="例会", title={"zh": name, "en": name})
    barrier.wait()
    try:
        saved.save(line, saved.NEW)
        done.put(name)
    except saved.SaveError:
        pass


def test_of_many_who_save_a_new_name_at_once_one_wins(place) -> None:
    context = multiprocessing.get_context("fork")
    barrier, done = context.Barrier(4), context.Queue()
    workers = [context.Process(target=_try, args=(f"presenter{n}", barrier, done)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    winner = done.get(timeout=5)
    assert done.empty() and saved.read(tiny.PLACE, "例会").line.title["zh"] == winner


@pytest.mark.parametrize("name", ["", "  ", "..", "长" * 27])
def test_a_name_that_no_file_can_have_is_refused(place, line, name: str) -> None:
    with pytest.raises(saved.SaveError):
        saved.save(replace(line, name=name), saved.NEW)


def test_a_name_never_leads_out_of_the_folder(place, line) -> None:
    saved.save(replace(line, name="../../etc"), saved.NEW)
    assert [file.name for file in (place / "briefings").glob("*.toml")] == ["..%2F..%2Fetc.toml"]
    assert saved.names(tiny.PLACE) == ["../../etc"]


def test_a_damaged_file_is_one_sentence(place, line) -> None:
    saved.save(replace(line, name="例会"), saved.NEW)
    next((place / "briefings").glob("*.toml")).write_bytes(b"\xff\xfe")
    with pytest.raises(saved.SaveError, match="例会"):
        saved.read(tiny.PLACE, "例会")


def test_a_limited_reader_sees_no_briefing_of_one_who_sees_more(place, line, monkeypatch) -> None:
    saved.save(replace(line, name="全市"), saved.NEW)
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    saved.save(replace(line, name="西区"), saved.NEW)
    assert saved.names(tiny.PLACE) == ["西区"]
    with pytest.raises(saved.SaveError):
        saved.read(tiny.PLACE, "全市")
    monkeypatch.setenv("DASHBOARD_DISTRICTS", f"{tiny.WEST},{tiny.EAST}")
    assert saved.names(tiny.PLACE) == ["西区"]
    monkeypatch.delenv("DASHBOARD_DISTRICTS")
    assert set(saved.names(tiny.PLACE)) == {"全市", "西区"}


def test_a_folder_that_cannot_be_made_is_one_sentence(place, line) -> None:
    (place / "briefings").write_text("a file in the way")
    with pytest.raises(saved.SaveError):
        saved.save(replace(line, name="例会"), saved.NEW)
    shutil.rmtree(place)


def test_every_number_that_another_edition_changes_is_listed_and_no_other() -> None:
    before = briefing()
    section = next(each for each in before.sections if each.code == "bar")
    (figure,) = section.figures
    rows = (tuple([figure.table.rows[0][0], Cell(0.9, "share", "90.0%"), figure.table.rows[0][2]]), *figure.table.rows[1:])
    number = replace(section.sentences[0].numbers[0], shown="80.0%")
    told = replace(section.sentences[0], text="按期结案率80.0%。", numbers=(number,))
    after = replace(section, figures=(replace(figure, table=replace(figure.table, rows=rows)),), sentences=(told,))
    now = replace(before, sections=tuple(after if each.code == "bar" else each for each in before.sections))
    with text.speaking("zh"):
        found = changes.compare(before, now)
        assert changes.compare(before, before) == []
    assert [(each.figure == figure.title, each.before, each.now) for each in found] == [
        (False, "75.7%", "80.0%"),
        (True, "81.2%", "90.0%"),
    ]
    assert "澜桥区" in found[1].subject and "按期结案率" in found[0].subject


def test_a_section_that_is_gone_is_listed_with_nothing_now() -> None:
    before = briefing()
    with text.speaking("zh"):
        found = changes.compare(before, replace(before, sections=before.sections[:-1]))
    assert found and {each.now for each in found} == {""}
