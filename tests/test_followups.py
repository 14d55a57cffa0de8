"""Findings of meetings are kept whatever happens, and shown only to those who may see what they are about."""

import multiprocessing
import os
import signal
import sqlite3
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from dashboard import contract, followup_store, followups, text
from dashboard.followups import ChangedMeanwhile, FollowUpError, Mark

PLACE = "tiny"
WEST, EAST = "990101000000", "990102000000"
MARK = Mark(
    "closing",
    "诉求办理",
    "西区按期结案率",
    "2024-12-31-00000000",
    "2024年第四季度",
    figure="ontime_by_district",
    metric="按期结案率",
    query="overview_districts",
    parameters={"start_month": date(2024, 10, 1), "districts": [], "at": datetime(2024, 12, 31, 8, 30)},
    row={"district_code": WEST},
    column="value",
    value=0.7,
    kind="share",
)
DEADLINE = date(2025, 3, 31)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of an empty place."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    monkeypatch.delenv("DASHBOARD_DISTRICTS", raising=False)
    (tmp_path / PLACE).mkdir()
    return tmp_path / PLACE


def add(**given) -> int:
    return followups.add(PLACE, **{"mark": MARK, "owner": "西区专班", "deadline": DEADLINE, **given})


def apart(*jobs) -> list[int]:
    """Run functions at once, each in a process of its own; their exit codes."""
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=job) for job in jobs]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    return [worker.exitcode for worker in workers]


def test_a_finding_comes_back_as_it_was_marked(folder) -> None:
    number = add(note="逐件销号。\n每周一报。", by="秘书处")
    (found,) = followups.all_findings(PLACE)
    assert (found.number, found.mark) == (number, MARK)
    state = found.state
    assert (state.version, state.status, state.owner, state.deadline) == (1, "open", "西区专班", DEADLINE)
    assert (state.note, state.changed_by, state.changed_at) == ("逐件销号。\n每周一报。", "秘书处", found.marked_at)
    assert {file.name for file in folder.iterdir()} == {followup_store.FILE}


def test_a_place_without_findings_has_no_file_and_gets_none_by_reading(folder) -> None:
    assert followups.all_findings(PLACE) == followups.open_findings(PLACE) == followups.history(PLACE, 1) == []
    assert not list(folder.iterdir())


def test_the_nearest_deadline_comes_first(folder) -> None:
    late, soon = add(deadline=date(2025, 6, 1)), add(deadline=date(2025, 1, 1))
    assert [finding.number for finding in followups.all_findings(PLACE)] == [soon, late]


def test_a_change_keeps_the_rest_and_every_earlier_state(folder) -> None:
    number = add(note="先")
    assert followups.change(PLACE, number, 1, status="in_hand", by="甲") == 2
    assert followups.change(PLACE, number, 2, deadline=date(2025, 4, 30), note="") == 3
    told = [(s.version, s.status, s.deadline, s.note, s.changed_by) for s in followups.history(PLACE, number)]
    assert told == [
        (1, "open", DEADLINE, "先", ""),
        (2, "in_hand", DEADLINE, "先", "甲"),
        (3, "in_hand", date(2025, 4, 30), "", ""),
    ]
    assert followups.all_findings(PLACE)[0].state.version == 3


def test_only_what_is_left_to_do_is_open_and_can_be_overdue(folder) -> None:
    for status in followups.STATUSES:
        followups.change(PLACE, add(), 1, status=status)
    assert {finding.state.status for finding in followups.open_findings(PLACE)} == {"open", "in_hand"}
    overdue = {f.state.status for f in followups.all_findings(PLACE) if f.is_overdue(date(2025, 4, 1))}
    assert overdue == {"open", "in_hand"}
    assert not any(finding.is_overdue(DEADLINE) for finding in followups.all_findings(PLACE)), (
        "the last day still counts"
    )


def test_a_finding_that_changed_meanwhile_is_not_overwritten(folder) -> None:
    number = add()
    followups.change(PLACE, number, 1, note="甲")
    with pytest.raises(ChangedMeanwhile):
        followups.change(PLACE, number, 1, note="乙")
    assert followups.all_findings(PLACE)[0].state.note == "甲"


def test_two_processes_that_add_at_once_lose_nothing(folder) -> None:
    def job() -> None:
        for _ in range(50):
            add(by=str(os.getpid()))

    assert apart(job, job) == [0, 0]
    found = followups.all_findings(PLACE)
    assert len({finding.number for finding in found}) == 100
    writers = [finding.state.changed_by for finding in found]
    assert sorted(writers.count(writer) for writer in set(writers)) == [50, 50]


def test_of_two_processes_that_change_the_same_state_one_is_refused_each_time(folder) -> None:
    number = add()

    def job() -> None:
        done = 0
        while done < 20:
            version = followups.all_findings(PLACE)[0].state.version
            try:
                followups.change(PLACE, number, version, note=f"{version}")
                done += 1
            except ChangedMeanwhile:
                pass

    assert apart(job, job) == [0, 0]
    assert [state.version for state in followups.history(PLACE, number)] == list(range(1, 42))


@pytest.mark.parametrize("first", [True, False], ids=["while the file is made", "while it is written"])
def test_a_process_killed_half_way_leaves_what_was_kept_before(first, folder) -> None:
    if not first:
        add(note="先")

    def job() -> None:
        with followup_store.changing(PLACE) as store:
            store.execute("pragma cache_size = 1")  # so that pages reach the file before the end
            for _ in range(200):
                followup_store.append_finding(store, "2025-01-01T00:00:00", f'"{"x" * 5000}"', "[]")
            os.kill(os.getpid(), signal.SIGKILL)

    assert apart(job) == [-signal.SIGKILL]
    assert (folder / f"{followup_store.FILE}-journal").stat().st_size, "killed before anything reached the disk"
    assert [finding.state.note for finding in followups.all_findings(PLACE)] == ([] if first else ["先"])
    add(note="后")
    assert followups.all_findings(PLACE)[-1].state.note == "后"


def test_what_was_kept_cannot_be_changed_or_deleted_by_any_program(folder) -> None:
    add()
    with sqlite3.connect(folder / followup_store.FILE) as store:
        for statement in (
            "update states set note = ''",
            "delete from states",
            "update findings set mark = '{}'",
            "delete from findings",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                store.execute(statement)


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"owner": " \n"}, "A finding needs an owner: a unit or a post."),
        ({"owner": "\u202e\x00"}, "A finding needs an owner: a unit or a post."),
        ({"deadline": "2025-03-31"}, "A finding needs a deadline: a day."),
        ({"deadline": None}, "A finding needs a deadline: a day."),
        ({"mark": replace(MARK, subject="")}, "A finding needs a subject."),
        ({"mark": replace(MARK, row={"member_id": "x"})}, "A finding is about a figure, never about one person."),
        ({"mark": replace(MARK, column="masked_name")}, "A finding is about a figure, never about one person."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_the_readers_language(given, said, language, folder) -> None:
    with text.speaking(language):
        with pytest.raises(FollowUpError) as refused:
            add(**given)
        assert str(refused.value) == text._(said)
    assert not followups.all_findings(PLACE)


@pytest.mark.parametrize("field", ["owner", "note", "by", "subject", "section"])
def test_a_field_takes_as_many_letters_as_it_says_and_not_one_more(field, folder) -> None:
    def given(count: int) -> dict:
        words = "长" * count
        return {"mark": replace(MARK, **{field: words})} if field in ("subject", "section") else {field: words}

    add(**given(followups.LENGTHS[field]))
    with text.speaking("zh"), pytest.raises(FollowUpError, match=str(followups.LENGTHS[field])):
        add(**given(followups.LENGTHS[field] + 1))


def test_a_status_that_does_not_exist_is_refused(folder) -> None:
    with pytest.raises(FollowUpError):
        followups.change(PLACE, add(), 1, status="forgotten")


def test_every_status_has_words_in_both_languages(folder) -> None:
    number = add()
    for version, status in enumerate(followups.STATUSES, start=1):
        followups.change(PLACE, number, version, status=status)
        for language in text.LANGUAGES:
            with text.speaking(language):
                assert followups.all_findings(PLACE)[0].status_words == text._(followups.STATUSES[status])


HOSTILE = (
    "'); drop table states; --",
    '"}',
    "=1+1",
    "<script>x</script>",
    "\ud800\x00\u202eok",
    "%s ? :note",
    "𠮷\U0001f3d8",
)


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_is_text(said, folder) -> None:
    mark = replace(MARK, subject=f"s{said}", parameters={said: said}, row={"district_code": said}, value=said)
    number = add(mark=mark, owner=f"o{said}", note=said, by=said)
    plain = said.replace("\ud800\x00\u202e", "")
    (found,) = followups.all_findings(PLACE)
    assert (found.number, found.mark.subject, found.state.owner) == (number, f"s{plain}", f"o{plain}")
    assert (found.state.note, found.state.changed_by, found.mark.parameters) == (plain, plain, {said: said})


@pytest.mark.parametrize("value", [0, 0.0, 12.5, "<5", None, date(2024, 12, 1)])
def test_a_value_keeps_its_type_and_a_number_that_is_none_is_nothing(value, folder) -> None:
    add(mark=replace(MARK, value=value))
    add(mark=replace(MARK, value=float("nan")))
    assert [finding.mark.value for finding in followups.all_findings(PLACE)] == [value, None]


def test_a_reader_of_some_districts_sees_what_is_about_them_alone(folder, monkeypatch) -> None:
    whole, west = add(), add(mark=replace(MARK, districts=(WEST,)))
    east, both = add(mark=replace(MARK, districts=(EAST,))), add(mark=replace(MARK, districts=(WEST, EAST)))
    assert {finding.number for finding in followups.all_findings(PLACE)} == {whole, west, east, both}
    monkeypatch.setenv("DASHBOARD_DISTRICTS", WEST)
    assert [finding.number for finding in followups.all_findings(PLACE)] == [west]
    assert followups.history(PLACE, west) and not followups.history(PLACE, both)
    for hidden in (whole, east, both, 99):
        with pytest.raises(FollowUpError) as refused:
            followups.change(PLACE, hidden, 1, note="x")
        assert not isinstance(refused.value, ChangedMeanwhile)
    assert followups.change(PLACE, west, 1, note="x") == 2


@pytest.mark.parametrize("districts", [(), (EAST,), (WEST, EAST)])
def test_a_reader_of_some_districts_marks_for_these_alone(districts, folder, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", WEST)
    number = add(mark=replace(MARK, districts=districts))
    assert [finding.number for finding in followups.all_findings(PLACE)] == [number]
    monkeypatch.setenv("DASHBOARD_DISTRICTS", EAST)
    assert not followups.all_findings(PLACE)


def fails(said: str, action) -> None:
    with text.speaking("en"), pytest.raises(FollowUpError) as failed:
        action()
    assert said in str(failed.value)


def test_a_folder_that_cannot_be_written_is_said_so(folder) -> None:
    (folder / followup_store.FILE).mkdir()  # permissions would not stop the administrator
    fails("cannot be written", add)


def test_an_unknown_place_is_said_so(folder) -> None:
    fails("There is no place", lambda: followups.add("nowhere", MARK, "x", DEADLINE))
    assert not (folder.parent / "nowhere").exists()


def test_a_damaged_file_and_one_of_a_later_version_are_said_so_and_left_alone(folder) -> None:
    file = folder / followup_store.FILE
    file.write_bytes(b"no database at all" * 100)
    fails("damaged", lambda: followups.all_findings(PLACE))
    fails("damaged", add)
    assert file.read_bytes() == b"no database at all" * 100
    file.unlink()
    add()
    with sqlite3.connect(file) as store:
        store.execute(f"pragma user_version = {followup_store.VERSION + 1}")
    fails("later version", lambda: followups.all_findings(PLACE))
    fails("later version", add)


def test_who_waits_too_long_for_others_is_told_to_try_again(folder, monkeypatch) -> None:
    add()
    monkeypatch.setattr(followup_store, "PATIENCE_S", 0.05)
    with followup_store.changing(PLACE):
        fails("Try again", add)
        assert len(followups.all_findings(PLACE)) == 1, "reading goes on meanwhile"
    add()


def test_every_key_of_one_person_is_known() -> None:
    people = [table for table in contract.load().tables.values() if table.people]
    keys = {name for table in people for name in table.fields if name in ("member_id", "worker_id") or "name" in name}
    assert keys <= followups.PERSONAL
