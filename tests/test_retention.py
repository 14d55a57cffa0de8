"""How many editions a place keeps: what may go, what never goes, and that nothing half is ever left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import edition_commands, editions, profile, publishing, retention, settings, store
from dashboard.__main__ import main
from tests import places, tiny

NAMES = [f"2024-{month:02}-28-{month:08x}" for month in range(1, 7)]  # six months, the oldest first


@pytest.fixture
def six(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folder of a place with an edition of each of six months, all published in turn by the data office."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    place = places.with_editions(tmp_path, NAMES, "Data office")
    yield place
    store._answers.clear()
    store._database.cache_clear()


def brief(place: Path, name: str, content: str) -> None:
    (place / "briefings").mkdir(exist_ok=True)
    (place / "briefings" / f"{name}.toml").write_text(content, encoding="utf-8")


def keep(place: Path, rule: str) -> None:
    """Give the place a rule."""
    file = place / "place.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n[retention]\n{rule}\n", encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """Exit code and lines of the command about editions, in English."""
    code = main(["editions", "--place", tiny.PLACE, "--language", "en", *arguments])
    return code, capsys.readouterr().out.splitlines()


def test_the_oldest_beyond_the_number_may_go_but_for_the_live_one_and_the_one_before_it(six: Path) -> None:
    assert retention.removable(tiny.PLACE, 3) == [NAMES[2], NAMES[1], NAMES[0]]
    assert retention.removable(tiny.PLACE, 1) == [NAMES[3], NAMES[2], NAMES[1], NAMES[0]], "the one before stays"
    editions.roll_back(tiny.PLACE, NAMES[0])
    assert retention.removable(tiny.PLACE, 3) == [NAMES[2], NAMES[1]]
    assert retention.removable(tiny.PLACE, 0) == [NAMES[4], NAMES[3], NAMES[2], NAMES[1]], "the newest stays"


def test_editions_that_are_kept_for_good_or_told_from_never_go(six: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editions.pin(tiny.PLACE, NAMES[0], "year's end", "Data office")
    brief(six, "monthly", f'[pin]\nedition = "{NAMES[1]}"\n')
    brief(six, "broken", f'[pin\nedition = "{NAMES[2]}"')
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)  # whoever removes may not be allowed to open them
    assert retention.cited(tiny.PLACE) == {NAMES[1], NAMES[2]}
    assert retention.removable(tiny.PLACE, 1) == [NAMES[3]]
    assert retention.remove(tiny.PLACE, NAMES) == [NAMES[3]]
    assert sorted(editions.published(tiny.PLACE)) == [NAMES[i] for i in (0, 1, 2, 4, 5)]
    editions.unpin(tiny.PLACE, NAMES[0])
    assert retention.removable(tiny.PLACE, 1) == [NAMES[0]]


def test_what_is_removed_is_gone_as_a_whole_and_remembered(six: Path) -> None:
    assert retention.remove(tiny.PLACE, [NAMES[0]], "Data office") == [NAMES[0]]
    assert not [file for file in (six / "editions").rglob("*") if NAMES[0] in file.name]
    assert (editions.history(tiny.PLACE)[-1].edition, editions.history(tiny.PLACE)[-1].what) == (NAMES[0], "removed")
    assert editions.history(tiny.PLACE)[-1].by == "Data office"
    with pytest.raises(editions.EditionError):
        editions.path(tiny.PLACE, NAMES[0])


def test_a_kill_while_removing_leaves_no_half_edition_and_the_next_publisher_clears_it(
    six: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_folder, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(editions.shutil, "rmtree", lambda folder, **_o: killed(folder) if folder.exists() else None)
        retention.remove(tiny.PLACE, [NAMES[0]])
    left = list((six / "editions").glob(f"{editions.BUILDING}*"))
    assert len(left) == 1 and (left[0] / "edition.json").is_file()
    assert NAMES[0] not in editions.published(tiny.PLACE) and NAMES[0] not in editions.candidates(tiny.PLACE)
    with editions.lock(tiny.PLACE), editions.building(tiny.PLACE):
        assert not left[0].exists()


def test_the_live_edition_cannot_be_removed_at_all(six: Path) -> None:
    with editions.lock(tiny.PLACE), pytest.raises(editions.EditionError):
        editions.remove(tiny.PLACE, NAMES[-1])


def test_a_query_on_an_edition_that_is_removed_under_its_reader_says_so(six: Path) -> None:
    asked = {"place": tiny.PLACE, "edition": NAMES[0], "language": "en"}
    assert len(store.query("districts", **asked)) == 2
    retention.remove(tiny.PLACE, [NAMES[0]])
    with pytest.raises(editions.EditionError):
        store.query("periods", place=tiny.PLACE, edition=NAMES[0])


def test_files_that_vanish_while_a_query_runs_are_told_as_a_removed_edition(six: Path, monkeypatch) -> None:
    """The folder is found, the database is open, and then the edition is removed."""
    store.query("districts", place=tiny.PLACE, edition=NAMES[0], language="en")
    found, opened = editions.path(tiny.PLACE, NAMES[0]), store._open

    def removed_just_after(*given):
        connection = opened(*given)
        if found.exists():
            retention.remove(tiny.PLACE, [NAMES[0]])
        return connection

    monkeypatch.setattr(store, "_open", removed_just_after)
    monkeypatch.setattr(store, "describe", lambda _name: store.Query("any", "", {}, "from regions"))
    with pytest.raises(editions.EditionError):
        store.query("any", place=tiny.PLACE, edition=NAMES[0])


def test_a_candidate_that_is_published_while_a_query_runs_is_read_where_it_is_now(six: Path, monkeypatch) -> None:
    home = six / "editions"
    (home / NAMES[0]).rename(home / f"{editions.CANDIDATE}{NAMES[0]}")
    opened = store._open

    def published_just_after(*given):
        connection = opened(*given)
        if (home / f"{editions.CANDIDATE}{NAMES[0]}").exists():
            editions.commit(tiny.PLACE, NAMES[0])
        return connection

    monkeypatch.setattr(store, "_open", published_just_after)
    monkeypatch.setattr(store, "describe", lambda _name: store.Query("any", "", {}, "from regions"))
    assert len(store.query("any", place=tiny.PLACE, edition=NAMES[0])) == len(tiny.tables()["regions"])


def test_old_editions_go_after_publishing_where_the_place_says_so(six: Path, tmp_path: Path, capsys) -> None:
    keep(six, "editions = 3")
    source = tmp_path / "source"
    tiny.write_csv(source, tiny.tables())
    assert main(["publish", str(source), "--place", tiny.PLACE, "--by", "Data office", "--language", "en"]) == 0
    live = editions.current(tiny.PLACE)
    assert live not in NAMES
    assert editions.published(tiny.PLACE) == [live, NAMES[5], NAMES[4]]
    assert f"Removed, as place.toml says: {NAMES[0]}" in capsys.readouterr().out
    assert [deed.by for deed in editions.history(tiny.PLACE)[-5:]] == ["Data office"] * 5


def test_without_a_rule_all_editions_are_kept(six: Path) -> None:
    assert retention.limit(tiny.PLACE) is None
    with editions.lock(tiny.PLACE):
        assert retention.follow(tiny.PLACE) == []
    assert len(editions.published(tiny.PLACE)) == 6


@pytest.mark.parametrize(
    "rule", ["editions = 0", "editions = -1", 'editions = "3"', "editions = true", "editions = 2.5"]
)
def test_a_rule_that_is_no_number_is_told_before_anything_is_published(rule: str, six: Path, tmp_path: Path) -> None:
    keep(six, rule)
    with pytest.raises(profile.ProfileError, match="retention"):
        retention.limit(tiny.PLACE)
    with pytest.raises(profile.ProfileError, match="retention"):
        publishing.publish(tmp_path, tiny.PLACE, lambda message, fraction: None)
    with editions.lock(tiny.PLACE):
        assert retention.follow(tiny.PLACE) == [], "a rule that breaks later removes nothing"


def test_a_changed_rule_counts_at_once(six: Path) -> None:
    keep(six, "editions = 3")
    assert retention.limit(tiny.PLACE) == 3
    file = settings.place_dir(tiny.PLACE) / "place.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("editions = 3", "editions = 24"), encoding="utf-8")
    assert retention.limit(tiny.PLACE) == 24


def test_lines_of_the_history_that_name_nobody_stay_readable(six: Path) -> None:
    log = six / "editions" / "history.log"
    log.write_text(f"2024-01-31T08:00:00\t{NAMES[0]}\tpublished\nhalf a li", encoding="utf-8")
    assert editions.history(tiny.PLACE) == [editions.Deed("2024-01-31T08:00:00", NAMES[0], "published", "")]
    editions.roll_back(tiny.PLACE, NAMES[1], "two\tlines\nof a name")
    assert editions.history(tiny.PLACE)[-1].by == "two lines of a name"
    log.unlink()
    assert editions.history(tiny.PLACE) == []


def test_pins_say_who_and_why_and_are_whole_at_any_moment(six: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editions.pin(tiny.PLACE, NAMES[0], " year's\nend ", "Data office")
    pin = editions.pins(tiny.PLACE)[NAMES[0]]
    assert (pin.reason, pin.by) == ("year's end", "Data office") and pin.moment.startswith("20")

    def killed(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(editions.os, "replace", killed)
        editions.unpin(tiny.PLACE, NAMES[0])
    assert editions.pins(tiny.PLACE) == {NAMES[0]: pin}
    with pytest.raises(editions.EditionError):
        editions.pin(tiny.PLACE, "2020-01-01-00000000", "why", "who")


def test_the_command_lists_who_published_what_and_what_is_kept(six: Path, capsys) -> None:
    assert told(capsys, "--pin", NAMES[0]) == (1, ["Say why with `--reason`, for whoever comes after you."])
    assert told(capsys, "--pin", NAMES[0], "--reason", "year's end", "--by", "A") == (0, [f"Kept for good: {NAMES[0]}"])
    brief(six, "monthly", f'edition = "{NAMES[1]}"')
    code, lines = told(capsys)
    assert code == 0 and len(lines) == 6
    assert lines[0].startswith(f"* {NAMES[5]}  published ") and "  by Data office  " in lines[0]
    assert lines[5].startswith(f"  {NAMES[0]}") and lines[5].endswith(" MB  kept: year's end")
    assert lines[4].endswith("cited by a briefing") and not lines[1].startswith("*")
    assert told(capsys, "--unpin", NAMES[0]) == (0, [f"No longer kept for good: {NAMES[0]}"])
    assert not editions.pins(tiny.PLACE)


def test_the_command_removes_only_when_told_twice(six: Path, capsys) -> None:
    code, lines = told(capsys, "--prune")
    assert code == 1 and "--keep" in lines[0]
    code, lines = told(capsys, "--prune", "--keep", "4")
    assert code == 0 and [line.split()[0] for line in lines[:-1]] == [NAMES[1], NAMES[0]] and "--yes" in lines[-1]
    assert len(editions.published(tiny.PLACE)) == 6
    assert told(capsys, "--prune", "--keep", "4", "--yes") == (0, [f"Removed: {NAMES[1]}", f"Removed: {NAMES[0]}"])
    assert told(capsys, "--prune", "--keep", "4", "--yes")[1] == ["Nothing to be removed beyond the newest 4."]
    keep(six, "editions = 3")
    assert told(capsys, "--prune", "--yes") == (0, [f"Removed: {NAMES[2]}"])


@pytest.mark.parametrize(
    "given", [["--prune", "--keep", "0"], ["--prune", "--keep", "x"], ["--pin", "a", "--unpin", "a"]]
)
def test_the_command_refuses_what_makes_no_sense(given: list[str], six: Path, capsys) -> None:
    with pytest.raises(SystemExit):
        told(capsys, *given)
    assert len(editions.published(tiny.PLACE)) == 6


def test_the_command_rolls_back_and_says_what_was_done_by_whom(six: Path, capsys) -> None:
    assert told(capsys, "--roll-back", NAMES[2], "--by", "A") == (0, [f"Live again: {NAMES[2]}"])
    assert editions.current(tiny.PLACE) == NAMES[2]
    code, lines = told(capsys, "--history")
    assert code == 0 and len(lines) == 7
    assert lines[0].endswith(f"  {NAMES[0]}  published  Data office") and lines[6].endswith(
        f"  {NAMES[2]}  rolled back  A"
    )
    assert told(capsys, "--roll-back", "2020-01-01-00000000")[0] == 1


def test_the_command_tells_what_differs(six: Path, capsys) -> None:
    assert told(capsys, "--diff", NAMES[0], NAMES[1]) == (0, ["Nothing differs."])
    (six / "editions" / NAMES[1] / "extracts" / "notices.parquet").unlink()
    code, lines = told(capsys, "--diff", NAMES[0], NAMES[1])
    count = len(tiny.tables()["notices"])
    assert code == 0 and lines == [f"Public notices  {count} → 0  added 0, removed {count}, changed 0"]
    assert told(capsys, "--diff", NAMES[0], "x")[0] == 1


def test_the_command_knows_only_places_with_a_profile(six: Path, capsys) -> None:
    assert main(["editions", "--place", "nowhere"]) == 1
    assert "没有这个地方" in capsys.readouterr().out and not settings.place_dir("nowhere").exists()


def test_a_system_without_a_name_for_its_user_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr(publishing.commands.getpass, "getuser", unknown)
    assert edition_commands.user() == ""
