"""The page of briefings: order, change, follow-up, and what a newer edition does to a saved briefing."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard import editions, followups, text
from dashboard.reports import changes, content, findings, saved, storylines
from tests import places, tiny
from tests.opening import opened, troubles, words

LATER = date(2099, 12, 31)


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> tuple:
    """Two editions of the tiny place: in the newer one the second issue of C5 in December was closed on time."""
    folder = tmp_path_factory.mktemp("briefed")
    older = places.publish(folder, tiny.tables())
    rows = tiny.tables()
    issues = [
        row | {"closed_at": row["due_at"], "status": "closed", "outcome": "resolved"}
        if row["issue_id"] == "C5-12-2" and "outcome" in row
        else row | ({"closed_at": row["due_at"], "status": "closed"} if row["issue_id"] == "C5-12-2" else {})
        for row in rows["issues"]
    ]
    newer = places.publish(folder, rows | {"issues": issues})
    assert older != newer
    return folder / "data", older, newer


@pytest.fixture
def place(published, monkeypatch):
    data, older, newer = published
    monkeypatch.setenv("DASHBOARD_DATA", str(data))
    yield data / tiny.PLACE, older, newer
    for file in (data / tiny.PLACE).glob("follow-ups.sqlite*"):
        file.unlink()
    for file in (data / tiny.PLACE / "briefings").glob("*.toml"):
        file.unlink()


def told(edition: str, language: str = "zh"):
    return content.choice(tiny.PLACE, edition, "2024Q4", language)


def pinned(edition: str) -> storylines.Storyline:
    line = storylines.of_place(tiny.PLACE)
    return replace(line, name="例会", pin=storylines.Pin(edition, "2024Q4"))


def sections(app) -> list[str]:
    return app.radio[0].options


def test_a_section_is_moved_and_hidden_for_this_reader_until_it_is_discarded(place) -> None:
    app = opened("briefing", "zh")
    before = sections(app)
    app.button("briefing-move-1").click().run()
    assert not troubles(app)
    assert [each.split(". ")[-1] for each in sections(app)[:2]] == [each.split(". ")[-1] for each in before[1::-1]]
    app.button("briefing-hide").click().run()
    assert "已隐藏" in " ".join(words(app))
    next(each for each in app.button if each.label == "放弃改动").click().run()
    assert sections(app) == before


def test_a_sentence_of_ones_own_may_hold_no_number(place) -> None:
    app = opened("briefing", "zh", section="district_map")
    own = next(each for each in app.text_area if each.label.startswith("自拟一句"))
    own.set_value("共有5个区县。")
    next(each for each in app.button if each.label == "应用").click().run()
    assert any("共有5个区县" in each for each in troubles(app))
    app = opened("briefing", "zh", section="district_map")
    next(each for each in app.text_area if each.label.startswith("自拟一句")).set_value("下一步逐件销号。")
    next(each for each in app.button if each.label == "应用").click().run()
    assert not troubles(app)
    assert any("下一步逐件销号" in each for each in words(app))


def test_a_saved_briefing_keeps_its_edition_and_says_that_a_newer_one_is_there(place) -> None:
    _folder, older, newer = place
    saved.save(pinned(older), saved.NEW)
    app = opened("briefing", "zh", briefing="例会")
    shown = " ".join(words(app))
    assert not troubles(app)
    assert older in shown and newer in " ".join(box.value for box in app.warning)


def test_a_briefing_that_is_not_there_is_a_sentence_and_a_way_on(place) -> None:
    app = opened("briefing", "zh", briefing="没有这份")
    assert troubles(app) == ["没有名为“没有这份”的已存汇报。"]
    app.button[-1].click().run()
    assert not troubles(app)
    assert opened("present", "zh", briefing="没有这份").error


def test_an_edition_that_is_gone_is_a_sentence(place) -> None:
    saved.save(pinned("2020-01-01-00000000"), saved.NEW)
    (said,) = troubles(opened("briefing", "zh", briefing="例会"))
    assert "2020-01-01-00000000" in said and "Traceback" not in said


def test_the_numbers_that_the_newer_edition_changes_are_listed_one_by_one(place) -> None:
    _folder, older, newer = place
    line = pinned(older)
    with text.speaking("zh"):
        found = changes.compare(content.fill(line, told(older)), content.fill(line, told(newer)))
    rates = [each for each in found if "按期结案率" in each.subject]
    assert rates and all(each.before != each.now for each in found)
    saved.save(line, saved.NEW)
    app = opened("briefing", "zh", briefing="例会", view="changes")
    assert not troubles(app)
    (table,) = app.dataframe
    assert len(table.value) == len(found)
    assert list(table.value.columns[-2:]) == [older, newer]


def test_a_finding_is_listed_in_the_next_briefing_with_its_new_value(place) -> None:
    _folder, older, newer = place
    briefing = content.fill(storylines.of_place(tiny.PLACE), told(older))
    section, figure = next(
        (section, figure) for section, figure in briefing.figures if figure.form == "bar" and section.code == "district_map"
    )
    row = next(at for at in range(len(figure.table.rows)) if "东区" in findings.words(figure, at))
    marked = findings.mark(briefing, section, figure, row, 1, "东区按期结案率")
    assert marked.districts == (tiny.EAST,)
    number = followups.add(tiny.PLACE, marked, "东区专班", LATER, "逐件销号")
    (finding,) = findings.standing(told(newer))
    assert (finding.number, finding.owner, finding.status, finding.is_overdue) == (number, "东区专班", "open", False)
    assert finding.then.shown == figure.table.rows[row][1].shown != finding.now.shown
    followups.change(tiny.PLACE, number, 1, status="done")
    assert [each.status for each in findings.standing(told(newer))] == ["done"]


def test_a_reader_of_one_district_sees_no_finding_about_another(place, monkeypatch) -> None:
    _folder, older, _newer = place
    briefing = content.fill(storylines.of_place(tiny.PLACE), told(older))
    section = briefing.sections[0]
    followups.add(tiny.PLACE, findings.mark(briefing, section, None, 0, 0, "全市事项"), "专班", LATER)
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    assert findings.standing(told(older)) == ()
    assert not troubles(opened("briefing", "zh", view="follow_up"))


def test_a_finding_is_marked_and_brought_up_to_date_on_the_page(place) -> None:
    app = opened("briefing", "zh", view="follow_up", section="district_map")
    assert not troubles(app)
    next(each for each in app.text_input if each.label == "责任单位").set_value("东区专班")
    next(each for each in app.button if each.label == "标记").click().run()
    assert not troubles(app)
    (kept,) = followups.all_findings(tiny.PLACE)
    assert (kept.state.owner, kept.mark.section_code) == ("东区专班", "district_map")
    assert kept.mark.subject in " ".join(words(app)) or kept.mark.subject in str(app.dataframe[0].value)
    status = next(each for each in app.selectbox if each.label == "办理状态")
    status.set_value("done")
    next(each for each in app.button if each.label == "更新").click().run()
    assert followups.all_findings(tiny.PLACE)[0].state.status == "done"


def test_a_finding_without_an_owner_is_refused_in_words(place) -> None:
    app = opened("briefing", "zh", view="follow_up")
    next(each for each in app.button if each.label == "标记").click().run()
    assert len(troubles(app)) == 1
    assert followups.all_findings(tiny.PLACE) == []


def test_a_damaged_store_of_findings_is_a_sentence_and_the_briefing_is_told_all_the_same(place) -> None:
    folder, _older, _newer = place
    (folder / "follow-ups.sqlite").write_bytes(b"no database" * 100)
    app = opened("briefing", "zh", view="follow_up")
    assert app.error and not app.exception
    assert not opened("briefing", "zh").exception


def test_the_briefing_of_one_edition_is_worked_out_once(place, monkeypatch) -> None:
    _folder, _older, newer = place
    opened("briefing", "zh")
    monkeypatch.setattr(content, "fill", lambda *_: pytest.fail("filled again"))
    assert not troubles(opened("briefing", "zh", edition=newer))
    assert editions.current(tiny.PLACE) == newer


def test_a_briefing_that_somebody_saved_meanwhile_is_not_deleted_and_the_reader_is_told(place, monkeypatch) -> None:
    home, older, _newer = place
    saved.save(pinned(older), saved.NEW)
    file = next((home / "briefings").glob("*.toml"))
    app = opened("briefing", "zh", briefing="例会")
    app.session_state["briefing-save"] = True
    app.run()
    before = file.read_text(encoding="utf-8")
    remove = saved.remove

    def late(*given: str) -> None:
        file.write_text(before + "\n# by somebody else\n", encoding="utf-8")
        remove(*given)

    monkeypatch.setattr(saved, "remove", late)
    app.button("briefing-delete").click().run()
    assert any("已被他人保存过" in each for each in troubles(app)) and file.exists()
    monkeypatch.setattr(saved, "remove", remove)
    app.button("briefing-delete").click().run()
    assert not file.exists() and not troubles(app)
