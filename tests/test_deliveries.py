"""Deliveries of a place: taken whole, checked in a process of their own, published or discarded."""

import io
import os
import signal
import time
from pathlib import Path

import pytest

from dashboard import access, editions, publishing, text
from dashboard.publishing import deliveries
from tests import tiny
from tests.opening import opened, troubles, words

STEWARD = "数据科"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny place with one edition."""
    data, source = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("source")
    tiny.write_place(data)
    tiny.write_csv(source, tiny.tables())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(data))
        publishing.publish(source, tiny.PLACE, lambda message, fraction: None, by=STEWARD)
    return data


@pytest.fixture
def place(published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place's folder, for a steward; deliveries of other tests are gone."""
    monkeypatch.setenv("DASHBOARD_DATA", str(published))
    monkeypatch.setenv("DASHBOARD_STEWARD", STEWARD)
    for each in deliveries.listed(tiny.PLACE):
        deliveries.remove(tiny.PLACE, each.name)
    return published / tiny.PLACE


def delivered(place: Path, name: str, **changed: object) -> str:
    """A delivery of the tiny place whose first compound is changed."""
    tables = tiny.tables()
    tables["compounds"][0] |= changed
    tiny.write_csv(place / "incoming" / name, tables)
    return name


def checked(name: str, seconds: float = 60) -> deliveries.State:
    """State of a delivery when its check has ended."""
    deliveries.begin(tiny.PLACE, name, STEWARD, "zh")
    end = time.monotonic() + seconds
    while (state := deliveries.state(tiny.PLACE, name)).status == deliveries.RUNNING and time.monotonic() < end:
        time.sleep(0.05)
    return state


def test_uploaded_files_become_a_delivery_whole_or_not_at_all(place: Path) -> None:
    files = [("区划.csv", io.BytesIO(b"a")), ("../../.hidden.csv", io.BytesIO(b"b"))]
    name = deliveries.receive(tiny.PLACE, files)
    assert sorted(file.name for file in deliveries.path(tiny.PLACE, name).iterdir()) == ["hidden.csv", "区划.csv"]
    (each,) = deliveries.listed(tiny.PLACE)
    assert (each.name, each.file_count, each.size_bytes) == (name, 2, 2)

    class Broken(io.BytesIO):
        def read(self, size: int = -1) -> bytes:
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        deliveries.receive(tiny.PLACE, [("a.csv", io.BytesIO(b"a")), ("b.csv", Broken())])
    assert [each.name for each in deliveries.listed(tiny.PLACE)] == [name]
    assert not [f for f in (place / "incoming").iterdir() if f.name.startswith(".upload")]


@pytest.mark.parametrize("name", ["", ".", "..", "../editions", ".checks", "/etc", "a/b"])
def test_only_a_folder_below_incoming_is_a_delivery(name: str, place: Path) -> None:
    delivered(place, "a")
    (place / "incoming" / "a" / "b").mkdir()
    with pytest.raises(deliveries.DeliveryError):
        deliveries.path(tiny.PLACE, name)


def test_a_delivery_is_checked_compared_and_published(place: Path) -> None:
    live = editions.current(tiny.PLACE)
    name = delivered(place, "十二月", households=102)
    state = checked(name)
    assert (state.status, state.replaces, state.is_new) == (deliveries.READY, live, True), state.message
    assert editions.candidates(tiny.PLACE) == [state.edition] and editions.current(tiny.PLACE) == live
    assert {each["file"] for each in state.recognised} == {f"{table}.csv" for table in tiny.tables()}
    changed = {each["table"]: each["changed"] for each in state.tables if each["changed"]}
    assert changed == {"compounds": 1}
    publishing.commit(tiny.PLACE, state.edition, state.replaces, STEWARD)
    assert editions.current(tiny.PLACE) == state.edition and not editions.candidates(tiny.PLACE)


def test_a_delivery_with_an_error_is_refused_and_its_marked_workbook_waits(place: Path) -> None:
    live = editions.current(tiny.PLACE)
    state = checked(delivered(place, "坏", households=-1))
    assert state.status == deliveries.REFUSED and state.edition is None
    assert editions.current(tiny.PLACE) == live and not editions.candidates(tiny.PLACE)
    assert state.workbooks == ["compounds.xlsx", "party_orgs.xlsx", "regions.xlsx"], "one error, two warnings"
    assert (deliveries.check_folder(tiny.PLACE, "坏") / "marked" / "compounds.xlsx").stat().st_size > 5000


def test_a_check_that_is_killed_has_stopped_and_leaves_nothing_but_itself(place: Path) -> None:
    live = editions.current(tiny.PLACE)
    name = delivered(place, "断电", households=103)
    deliveries.begin(tiny.PLACE, name, STEWARD, "zh")
    assert deliveries.state(tiny.PLACE, name).status == deliveries.RUNNING
    process = int((deliveries.check_folder(tiny.PLACE, name) / "process").read_text())
    deliveries.begin(tiny.PLACE, name, STEWARD, "zh")  # a second click starts nothing
    assert int((deliveries.check_folder(tiny.PLACE, name) / "process").read_text()) == process
    deliveries.stop(tiny.PLACE, name)
    os.waitpid(process, 0)
    assert deliveries.state(tiny.PLACE, name).status == deliveries.STOPPED
    assert editions.current(tiny.PLACE) == live
    assert checked(name).status == deliveries.READY
    assert signal.SIGKILL


def test_a_fault_of_the_installation_is_told_in_words(place: Path) -> None:
    name = delivered(place, "规则")
    rules = place / "rules" / "fortress.toml"
    content = rules.read_text(encoding="utf-8")
    rules.write_text("broken", encoding="utf-8")
    try:
        state = checked(name)
    finally:
        rules.write_text(content, encoding="utf-8")
    assert state.status == deliveries.FAILED and state.message.startswith("本地配置或评价规则有误"), state.message


def test_a_candidate_that_was_compared_with_an_older_edition_is_not_published(place: Path) -> None:
    first = checked(delivered(place, "甲", households=104))
    second = checked(delivered(place, "乙", households=105))
    publishing.commit(tiny.PLACE, second.edition, second.replaces, STEWARD)
    assert not editions.candidates(tiny.PLACE), "what was compared with another edition went"
    with pytest.raises((publishing.OutdatedCandidate, editions.EditionError)):
        publishing.commit(tiny.PLACE, first.edition, first.replaces, STEWARD)
    assert editions.current(tiny.PLACE) == second.edition


def test_only_a_steward_with_every_district_sees_the_page(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    delivered(place, "甲")
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    assert access.steward() is None
    monkeypatch.delenv("DASHBOARD_DISTRICTS")
    monkeypatch.delenv("DASHBOARD_STEWARD")
    app = opened("publish")
    assert not troubles(app) and "只有数据管理员可以发布" in " ".join(words(app)) and not app.button


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_leads_from_a_delivery_to_a_live_edition(language: str, place: Path) -> None:
    households = 106 if language == "zh" else 107
    name = delivered(place, "[甲](b) **c** :red[d]", households=households)
    with text.speaking(language):  # in which the test asks the widgets for their words
        app = opened("publish", language)
        assert not troubles(app)
        app.button("delivery-check").click().run()
        end = time.monotonic() + 60
        while deliveries.state(tiny.PLACE, name).status == deliveries.RUNNING and time.monotonic() < end:
            time.sleep(0.1)
        app.run()
        assert not troubles(app)
        state = deliveries.state(tiny.PLACE, name)
        assert state.status == deliveries.READY
        for part in ("files", "changes", "findings"):
            app.session_state["delivery-part"] = part
            app.run()
            assert not troubles(app), part
        app.button("delivery-publish").click().run()
        assert app.button("delivery-publish-now").label == {"zh": "发布", "en": "Publish"}[language] and not troubles(app)
        assert editions.current(tiny.PLACE) != state.edition, "nothing is published before it is confirmed"
