"""An edition is whole or not there: refusals, kills, two publishers, the command line, templates."""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dashboard import contract, editions, publishing, settings, store
from dashboard.__main__ import main
from dashboard.publishing import restatements
from tests import tiny


def quiet(message: str, fraction: float) -> None:
    """Progress for nobody."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny place's extracts as CSV."""
    folder = tmp_path_factory.mktemp("source")
    tiny.write_csv(folder, tiny.tables())
    return folder


@pytest.fixture(scope="module")
def other_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with another number of households."""
    tables = tiny.tables()
    tables["compounds"][0]["households"] = 101
    folder = tmp_path_factory.mktemp("other")
    tiny.write_csv(folder, tables)
    return folder


@pytest.fixture(scope="module")
def bad_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with one error."""
    tables = tiny.tables()
    tables["compounds"][0]["households"] = -1
    folder = tmp_path_factory.mktemp("bad")
    tiny.write_csv(folder, tables)
    return folder


@pytest.fixture(scope="module", autouse=True)
def live(tmp_path_factory: pytest.TempPathFactory, source: Path) -> Iterator[str]:
    """The tiny place with one edition published; its identity."""
    data = tmp_path_factory.mktemp("editions")
    tiny.write_place(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(data))
        yield publishing.publish(source, tiny.PLACE, quiet).edition


@pytest.fixture(scope="module")
def late_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, but what a branch had assessed three years ago, and what a member did in a closed month, is different."""
    tables = tiny.tables()
    first = next(row for row in tables["branch_assessments"] if row["numerator"])
    first["numerator"] = 0.0
    event = next(row for row in tables["member_events"] if row["item_code"] == "R1")
    event["points"] += 1.0
    folder = tmp_path_factory.mktemp("late")
    tiny.write_csv(folder, tables)
    return folder


def restated(source: Path) -> dict[str, tuple[int, str]]:
    """Table -> rows stated anew and the edition they were in, as publishing warns of them."""
    found = publishing.publish(source, tiny.PLACE, quiet).findings
    return {f.table: (f.count, f.details["edition"]) for f in found if "stated anew" in f.rule}


def snapshot(folder: Path) -> dict[str, str]:
    """Fingerprint of every file below a folder."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def whole(edition: str) -> bool:
    """Whether an edition has everything that its `edition.json` counts."""
    folder = editions.path(tiny.PLACE, edition)
    facts = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
    for kind, counts in (("extracts", facts["rows"]), ("marts", facts["mart_rows"])):
        for name, count in counts.items():
            assert duckdb.execute(f"select count(*) from '{folder / kind / name}.parquet'").fetchall() == [(count,)]
    return bool(facts["mart_rows"])


def test_an_edition_says_what_it_is(live: str) -> None:
    facts = editions.facts(tiny.PLACE, live)
    assert facts["edition"] == live == editions.current(tiny.PLACE)
    assert live.startswith("2024-12-31-")
    assert facts["is_synthetic"] is True
    assert facts["rows"] == {name: len(rows) for name, rows in tiny.tables().items()} == facts["rows"]
    assert facts["missing_tables"] == []
    assert [(w["rule"], w["count"]) for w in facts["warnings"]] == [
        ("The branch has more or fewer full members than the norm", 1),
        ("The district has fewer grid workers than micro-grids", 1),
        ("Figures of the report are not what the data give", 3),  # R2, R4 and R5
    ]
    assert {file["file"] for file in facts["files"]} == {f"{name}.csv" for name in tiny.tables()}
    assert whole(live)


def test_every_row_is_stamped_with_its_district(live: str) -> None:
    folder = editions.path(tiny.PLACE, live)

    def districts(file: str) -> dict[str | None, int]:
        rows = duckdb.execute(f"select district_code, count(*) from '{folder / file}.parquet' group by all").fetchall()
        return dict(rows)

    expected = {
        "regions": {None: 1, tiny.WEST: 4, tiny.EAST: 3},
        "compounds": {tiny.WEST: 4, tiny.EAST: 2},
        "grids": {tiny.WEST: 6, tiny.EAST: 3},
        "party_orgs": {None: 1, tiny.WEST: 8, tiny.EAST: 7},
        "members": {tiny.WEST: 28, tiny.EAST: 12},
        "member_events": {tiny.WEST: 78},
        "issues": {tiny.WEST: 40, tiny.EAST: 20},
        "notices": {tiny.WEST: 3, tiny.EAST: 2},
        "redemptions": {tiny.WEST: 2},
    }
    assert {name: districts(f"extracts/{name}") for name in expected} == expected
    for file in (folder / "marts").glob("*.parquet"):
        assert "district_code" in duckdb.sql(f"select * from '{file}' limit 0").columns, file.name


def test_only_tables_about_people_name_people(live: str) -> None:
    people = {name for name, table in contract.load().tables.items() if table.people} | store.PEOPLE_MARTS
    for file in editions.path(tiny.PLACE, live).rglob("*.parquet"):
        columns = set(duckdb.sql(f"select * from '{file}' limit 0").columns)
        assert file.stem in people or not columns & {"member_id", "masked_name"}, file.stem


def test_an_error_leaves_the_live_edition_byte_for_byte(bad_source: Path, live: str) -> None:
    before = snapshot(editions.home(tiny.PLACE))
    outcome = publishing.publish(bad_source, tiny.PLACE, quiet)
    assert outcome.edition is None
    assert any(finding.blocks for finding in outcome.findings)
    assert snapshot(editions.home(tiny.PLACE)) == before
    assert editions.current(tiny.PLACE) == live


def test_the_same_content_is_the_same_edition_and_becomes_live_again(
    source: Path, other_source: Path, live: str
) -> None:
    other = publishing.publish(other_source, tiny.PLACE, quiet)
    assert other.is_new and other.edition != live == publishing.publish(source, tiny.PLACE, quiet).edition
    assert editions.current(tiny.PLACE) == live
    before = snapshot(editions.path(tiny.PLACE, live))
    again = publishing.publish(source, tiny.PLACE, quiet)
    assert (again.edition, again.is_new) == (live, False)
    assert snapshot(editions.path(tiny.PLACE, live)) == before


def test_other_rules_make_another_edition(source: Path, live: str) -> None:
    rules = settings.place_dir(tiny.PLACE) / "rules" / "fortress.toml"
    content = rules.read_text(encoding="utf-8")
    rules.write_text(content.replace("members_per_bonus_unit = 10", "members_per_bonus_unit = 5"), encoding="utf-8")
    try:
        assert publishing.publish(source, tiny.PLACE, quiet).edition != live
    finally:
        rules.write_text(content, encoding="utf-8")
        publishing.publish(source, tiny.PLACE, quiet)


KILLED = """
import os, signal, sys
from pathlib import Path
from dashboard import editions, publishing

at = sys.argv[2]
def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)
if at == "before rename":
    editions.os.rename = die
if at == "before switch":
    editions.os.replace = die
publishing.publish(Path(sys.argv[1]), "tiny", lambda message, fraction: None)
"""


@pytest.mark.parametrize("moment", ["before rename", "before switch"])  # random moments: test_publishing_faults
def test_a_kill_leaves_a_whole_edition_live(moment: str, tmp_path: Path, live: str) -> None:
    tables = tiny.tables()
    tables["compounds"][0]["households"] = 200 + len(moment)
    tables["compounds"][1]["households"] = sum(map(ord, moment))
    tiny.write_csv(tmp_path, tables)
    before = snapshot(editions.path(tiny.PLACE, live))
    command = [sys.executable, "-c", KILLED, str(tmp_path), moment]
    assert subprocess.run(command, cwd=settings.ROOT, check=False, capture_output=True).returncode == -9
    assert editions.current(tiny.PLACE) == live
    assert snapshot(editions.path(tiny.PLACE, live)) == before
    assert all(whole(edition) for edition in editions.published(tiny.PLACE))


def test_the_next_publisher_clears_what_a_killed_one_left(source: Path) -> None:
    left = editions.home(tiny.PLACE) / ".building-left"
    left.mkdir(exist_ok=True)
    (left / "half.parquet").write_bytes(b"half")
    publishing.publish(source, tiny.PLACE, quiet)
    assert not list(editions.home(tiny.PLACE).glob(editions.BUILDING + "*"))


def test_a_second_publisher_waits_and_is_told(source: Path, live: str) -> None:
    messages, outcomes = [], []
    waiting = threading.Event()

    def progress(message: str, fraction: float) -> None:
        messages.append(message)
        waiting.set()

    def second() -> None:
        outcomes.append(publishing.publish(source, tiny.PLACE, progress))

    with editions.lock(tiny.PLACE):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(30)
        assert messages == ["另有人正在发布，等待其完成"]
        assert not outcomes
    thread.join(120)
    assert outcomes[0].edition == live


def test_a_place_without_optional_tables_is_published_and_says_so(tmp_path: Path) -> None:
    core = {name: rows for name, rows in tiny.tables().items() if contract.load().tables[name].core}
    tiny.write_csv(tmp_path, core)
    outcome = publishing.publish(tmp_path, tiny.PLACE, quiet)
    facts = editions.facts(tiny.PLACE, outcome.edition)
    assert facts["missing_tables"] == [name for name in contract.load().tables if name not in core]
    assert list(store.missing_tables(tiny.PLACE, outcome.edition)) == facts["missing_tables"]


def test_the_command_line_publishes_checks_lists_and_rolls_back(
    source: Path, bad_source: Path, live: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--place", tiny.PLACE]
    assert main(["publish", str(source), *place]) == 0
    assert f"当前版本为：{live}" in capsys.readouterr().out
    assert main(["check", str(bad_source), *place, "--language", "en"]) == 1
    told = capsys.readouterr().out
    assert "Error V05 · Residential compounds / Households · The value is too small" in told
    assert "compounds.csv · row 2 · value “-1”" in told
    assert "Errors: 1, warnings: 2, kinds of changes: 0" in told
    assert main(["publish", str(bad_source), *place]) == 1
    assert "未发布" in capsys.readouterr().out
    assert main(["editions", *place]) == 0
    assert f"* {live}" in capsys.readouterr().out
    assert main(["editions", *place, "--roll-back", live]) == 0
    assert main(["editions", *place, "--roll-back", "2020-01-01-00000000"]) == 1
    assert "没有这个版本" in capsys.readouterr().out
    assert main(["check", str(source), "--place", "nowhere"]) == 1
    assert "没有这个地方" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_filled_in_can_be_published(language: str, tmp_path: Path, live: str) -> None:
    assert main(["template", "--place", tiny.PLACE, "--out", str(tmp_path), "--language", language]) == 0
    for name, table in contract.load().tables.items():
        file = tmp_path / f"{table.title_en if language == 'en' else table.title}.xlsx"
        book = openpyxl.load_workbook(file)
        sheet = book.worksheets[0]
        titles = [cell.value for cell in sheet[1]]
        known = {getattr(f, "title_en" if language == "en" else "title"): f.name for f in table.fields.values()}
        for row in tiny.tables()[name]:
            sheet.append([row.get(known[title]) for title in titles])
        book.save(file)
    assert publishing.publish(tmp_path, tiny.PLACE, quiet).edition == live


def test_a_template_offers_the_allowed_values(tmp_path: Path) -> None:
    publishing.template(tmp_path, tiny.PLACE)
    sheet = openpyxl.load_workbook(tmp_path / "小区.xlsx").worksheets[0]
    assert sheet["E1"].value == "小区类型"
    (offered,) = [v for v in sheet.data_validations.dataValidation if "E2" in v.sqref]
    assert offered.formula1 == "'允许值'!$E$2:$E$5"


def test_scores_of_a_closed_quarter_that_change_are_a_restatement_of_the_live_edition(
    live: str, source: Path, other_source: Path, late_source: Path
) -> None:
    publishing.publish(source, tiny.PLACE, quiet)
    assert not restated(other_source), "other households change no score of the tiny place"
    publishing.publish(source, tiny.PLACE, quiet)
    before = snapshot(editions.path(tiny.PLACE, live))
    found = restated(late_source)
    assert found == {"party_orgs": (1, live), "members": (1, live)}
    assert snapshot(editions.path(tiny.PLACE, live)) == before, "what was published stays as it was"
    warnings = editions.facts(tiny.PLACE, editions.current(tiny.PLACE))["warnings"]
    assert {w["details"].get("edition") for w in warnings if "stated anew" in w["rule"]} == {live}
    publishing.publish(source, tiny.PLACE, quiet)


def test_the_running_quarter_of_the_live_edition_may_change_and_a_vanished_branch_is_noticed(live: str, tmp_path) -> None:
    folder = editions.path(tiny.PLACE, live) / "marts"
    connection = duckdb.connect()
    for mart in restatements.SCORES:
        connection.execute(f"create table {mart} as select * from '{folder / mart}.parquet'")
    assert not restatements.compare(connection, tiny.PLACE)
    last = connection.execute("select max(quarter) from branch_quarters where total is not null").fetchone()[0]
    assert f"{last:%Y-%m}" == "2024-10" and live.startswith("2024-12-31"), "its last quarter is just over"
    connection.execute("update branch_quarters set total = total + 1 where org_id = 'B1' and quarter = ?", [last])
    assert [f.count for f in restatements.compare(connection, tiny.PLACE)] == [1]
    early = live.replace("2024-12-31", "2024-12-30")
    (folder.parent.parent / early).symlink_to(folder.parent)
    editions.switch(tiny.PLACE, early, "for a test")
    try:
        assert not restatements.compare(connection, tiny.PLACE), "a day earlier that quarter was still running"
        scored = connection.execute("select count(*) from branch_quarters where org_id = 'B1' and total is not null")
        lost = scored.fetchone()[0] - 1
        connection.execute("delete from branch_quarters where org_id = 'B1'")
        assert [f.count for f in restatements.compare(connection, tiny.PLACE)] == [lost]
    finally:
        editions.switch(tiny.PLACE, live, "after a test")
        (folder.parent.parent / early).unlink()
