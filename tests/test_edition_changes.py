"""What differs between two editions: rows by key, column and district; headline figures before and after."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboard import edition_changes, editions, store
from dashboard.publishing import row_changes
from tests import places, tiny

BEFORE, AFTER = "2024-12-31-aaaaaaaa", "2024-12-31-bbbbbbbb"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the tiny place with one edition."""
    folder = tmp_path_factory.mktemp("one")
    places.publish(folder, tiny.tables())
    return folder / "data"


@pytest.fixture
def two(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folder of the editions of a place that has the same edition twice, under two names, for a test to change."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    home = tmp_path / tiny.PLACE / "editions"
    home.mkdir(parents=True)
    (made,) = [folder for folder in (published / tiny.PLACE / "editions").iterdir() if folder.is_dir()]
    for name in (BEFORE, AFTER):
        shutil.copytree(made, home / name)
        store.place_profile.cache_clear()
    yield home
    store._answers.clear()
    store._database.cache_clear()


def rewrite(home: Path, edition: str, table: str, selection: str) -> None:
    """Replace an extract by a selection from itself (`from it`), as an edition whose digests are not known."""
    file = home / edition / "extracts" / f"{table}.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"create table it as from '{file}'")
        connection.execute(f"copy ({selection}) to '{file}' (format parquet)")
    forget_digests(home, edition)


def forget_digests(home: Path, edition: str) -> None:
    file = home / edition / "edition.json"
    facts = json.loads(file.read_text(encoding="utf-8"))
    facts.pop("digests", None)
    file.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def differing(before: str = BEFORE, after: str = AFTER) -> dict[str, dict[str, Any]]:
    """Records of the extracts that differ, by table."""
    records = row_changes.rows(tiny.PLACE, before, after).to_dict("records")
    return {each["table"]: each for each in records if any(each[kind] for kind in row_changes.KINDS)}


def test_what_came_went_and_changed_is_told_by_column_district_and_key(two: Path) -> None:
    rewrite(
        two,
        AFTER,
        "compounds",
        "select * replace (if(compound_id = 'C1', households + 1, households) as households, "
        "if(compound_id in ('C1', 'C5'), residents + 1, residents) as residents) from it where compound_id <> 'C6' "
        "union all select * replace ('C9' as compound_id) from it where compound_id = 'C2'",
    )
    (each,) = differing().values()
    assert (each["table"], each["before"], each["after"]) == ("compounds", 6, 6)
    assert (each["added"], each["removed"], each["changed"]) == (1, 1, 2)
    assert list(each["columns"].items()) == [("residents", 2), ("households", 1)], "most changed first"
    assert each["districts"] == [
        {"district": tiny.WEST, "added": 1, "removed": 0, "changed": 1},
        {"district": tiny.EAST, "added": 0, "removed": 1, "changed": 1},
    ]
    assert each["keys"] == {"added": ["C9"], "removed": ["C6"], "changed": ["C1", "C5"]}


def test_the_same_edition_differs_in_nothing_with_and_without_digests(two: Path) -> None:
    rows = row_changes.rows(tiny.PLACE, BEFORE, AFTER)
    assert set(rows["table"]) == set(tiny.tables()) and not differing()
    forget_digests(two, BEFORE)
    assert not differing()


def test_extracts_with_the_same_digest_are_not_read(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_arguments):
        raise AssertionError("an extract was read")

    monkeypatch.setattr(row_changes, "_compared", read)
    assert not differing()


def test_rows_about_people_are_counted_and_never_named(two: Path) -> None:
    rewrite(two, AFTER, "members", "select * replace (joined_year + 1 as joined_year) from it limit 30")
    (each,) = differing().values()
    assert (each["table"], each["removed"], each["changed"]) == ("members", 10, 30)
    assert each["keys"] == {"added": [], "removed": [], "changed": []}


def test_keys_of_several_columns_stand_together_and_only_a_few_are_named(two: Path) -> None:
    rewrite(two, AFTER, "org_compounds", "from it limit 1")
    each = differing()["org_compounds"]
    assert each["removed"] > row_changes.SAMPLE == len(each["keys"]["removed"])
    assert all(" / " in key for key in each["keys"]["removed"])


def test_a_column_that_an_older_contract_lacked_is_named_and_not_compared(two: Path) -> None:
    rewrite(two, BEFORE, "compounds", "select * exclude (built_year) from it")
    assert not differing()
    rows = row_changes.rows(tiny.PLACE, BEFORE, AFTER).set_index("table")
    assert rows.loc["compounds", "one_sided"] == ["built_year"] and rows.loc["units", "one_sided"] == []


def test_a_column_that_had_another_type_is_compared_by_its_values(two: Path) -> None:
    rewrite(two, BEFORE, "compounds", "select * replace (cast(households as double) as households) from it")
    assert not differing()


def test_a_key_that_an_older_contract_lacked_leaves_the_rows_uncompared(two: Path) -> None:
    rewrite(two, BEFORE, "org_compounds", "select * exclude (compound_id) from it")
    assert not differing()
    rows = row_changes.rows(tiny.PLACE, BEFORE, AFTER).set_index("table")
    assert rows.loc["org_compounds", "one_sided"] == ["compound_id"]


def test_not_applicable_in_the_place_of_not_reported_is_a_change(two: Path) -> None:
    rest = "select columns(lambda name: name <> 'not_applicable')"
    rewrite(two, BEFORE, "compounds", f"{rest} from it")
    rewrite(two, AFTER, "compounds", f"{rest}, if(compound_id = 'C1', ['built_year'], null) as not_applicable from it")
    (each,) = differing().values()
    assert (each["changed"], each["columns"]) == (1, {"not_applicable": 1}) and not each["one_sided"]


@pytest.mark.parametrize(("edition", "kind"), [(BEFORE, "added"), (AFTER, "removed")])
def test_an_extract_that_only_one_edition_has_came_or_went_as_a_whole(edition: str, kind: str, two: Path) -> None:
    (two / edition / "extracts" / "notices.parquet").unlink()
    (each,) = differing().values()
    count = len(tiny.tables()["notices"])
    assert each["table"] == "notices" and each[kind] == count == each["before"] + each["after"]
    assert sum(line[kind] for line in each["districts"]) == count


def test_a_candidate_is_compared_before_it_is_live(two: Path) -> None:
    rewrite(two, AFTER, "compounds", "from it limit 5")
    (two / AFTER).rename(two / f"{editions.CANDIDATE}{AFTER}")
    assert differing()["compounds"]["removed"] == 1
    assert not edition_changes.figures(tiny.PLACE, BEFORE, AFTER, "en")["is_jump"].any()


def test_an_edition_that_is_not_there_is_not_compared(two: Path) -> None:
    with pytest.raises(editions.EditionError):
        row_changes.rows(tiny.PLACE, BEFORE, "2024-12-31-cccccccc")


def test_titles_of_columns_are_in_the_language_of_the_reader(two: Path) -> None:
    assert row_changes.titles("compounds", ["households", "not_applicable", "gone"]) == ["户数", "不适用标记", "gone"]


def figures() -> pd.DataFrame:
    """Headline figures of both editions by metric and district, in English."""
    found = edition_changes.figures(tiny.PLACE, BEFORE, AFTER, "en")
    return found.assign(district=found["district"].fillna("all")).set_index(["metric", "district"])


def shift_rate(home: Path, edition: str, district: str, change: float) -> None:
    """Make more (or less) of a district's closing rate."""
    file = home / edition / "marts" / "metric_months.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"create table it as from '{file}'")
        connection.execute(
            "update it set numerator = numerator + ? * denominator where metric = 'close_rate' and district_code = ?",
            [change, district],
        )
        connection.execute(f"copy it to '{file}' (format parquet)")


def test_headline_figures_stand_side_by_side_with_their_change(two: Path) -> None:
    shift_rate(two, AFTER, tiny.WEST, -0.05)
    found = figures()
    west, east, whole = (found.loc[("close_rate", name)] for name in ("West District", "East District", "all"))
    assert west["change"] == pytest.approx(-0.05) == west["after"] - west["before"]
    assert east["change"] == 0 and -0.05 < whole["change"] < 0
    same = found[found.index.get_level_values("metric") != "close_rate"]
    assert (same["before"] == same["after"]).all() and not same["is_jump"].any()
    assert list(found.index.get_level_values("district"))[:2] == ["all", "all"], "the whole place comes first"


def test_a_figure_that_is_no_longer_reported_stands_beside_nothing_and_is_surprising(two: Path) -> None:
    file = two / AFTER / "marts" / "metric_months.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"create table it as from '{file}' where metric <> 'close_rate'")
        connection.execute(f"copy it to '{file}' (format parquet)")
    found = figures()
    gone = found.loc["close_rate"]
    assert set(gone.index) == {"all", "West District", "East District"}
    assert gone["after"].isna().all() and gone["before"].notna().all() and gone["is_jump"].all()
    assert not found[found.index.get_level_values("metric") != "close_rate"]["is_jump"].any()


def test_an_edition_of_another_make_leaves_the_figures_before_empty(two: Path) -> None:
    (two / BEFORE / "marts" / "metric_months.parquet").unlink()
    found = figures()
    assert found["before"].isna().all() and found["after"].notna().any() and not found["is_jump"].any()
