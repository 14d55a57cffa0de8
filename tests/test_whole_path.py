"""A clerk's folder of Chinese CSV and XLSX files, all the way to the numbers on the pages."""

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from dashboard import contract, profile, publishing, settings
from tests import tiny
from tests.opening import cells, opened, troubles, words

QUARTER = pd.Period("2024Q4")


def in_chinese(table: contract.Table, records: list[dict], known: profile.Profile) -> list[list]:
    """Header and rows as a clerk would send them: titles, words for codes, 是 and 否."""
    columns = list(records[0])
    spoken = {name: {code: pair[0] for code, pair in table.fields[name].categories.items()} for name in columns}
    for name in columns:
        if table.fields[name].profile_list:
            spoken[name] = known.labels(table.fields[name].profile_list, "zh")
    yes_no = {True: "是", False: "否"}
    rows = [
        [
            yes_no[value] if isinstance(value, bool) else spoken[name].get(value, value)
            for name, value in record.items()
        ]
        for record in records
    ]
    return [[table.fields[name].title for name in columns], *rows]


def write_folder(folder: Path, rows: dict[str, list[dict]], known: profile.Profile) -> None:
    """Every other table as GB18030 text, the rest as workbooks, without any of the product's own writers."""
    for number, (name, records) in enumerate(rows.items()):
        table = contract.load().tables[name]
        lines = in_chinese(table, records, known)
        if number % 2:
            book = openpyxl.Workbook()
            for line in lines:
                book.active.append(line)
            book.active.title = table.title
            book.save(folder / f"{table.title}.xlsx")
        else:
            with open(folder / f"{table.title}.csv", "w", encoding="gb18030", newline="") as file:
                csv.writer(file).writerows(lines)


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> Iterator[dict[str, pd.DataFrame]]:
    """The rows as pandas sees them, while the pages read what was published from the clerk's files."""
    data, source = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("clerk")
    tiny.write_place(data)
    rows = tiny.tables()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(data))
        write_folder(source, rows, profile.load(settings.place_dir(tiny.PLACE) / "place.toml"))
        outcome = publishing.publish(source, tiny.PLACE, lambda message, fraction: None)
        assert outcome.edition, [publishing.lines(finding, "en") for finding in outcome.findings]
        yield {name: pd.DataFrame(records) for name, records in rows.items()}


def ontime_rates(sent: dict[str, pd.DataFrame]) -> dict[str, float]:
    """Closed by the due date ÷ due to close in the quarter, for the city (key "") and by district code."""
    issues = sent["issues"].assign(due_at=lambda frame: pd.to_datetime(frame["due_at"]))
    due = issues[(issues["due_at"].dt.to_period("Q") == QUARTER) & (issues["status"] != "void")]
    is_ontime = pd.to_datetime(due["closed_at"]) <= due["due_at"]
    places = sent["compounds"].set_index("compound_id")["community_code"].str[:6] + "000000"
    return {"": is_ontime.mean(), **is_ontime.groupby(due["compound_id"].map(places)).mean()}


def test_the_overview_shows_the_rate_that_pandas_finds(sent) -> None:
    app = opened("overview")
    assert not troubles(app)
    assert f"{ontime_rates(sent)['']:.1%}" in [tile.value for tile in app.metric]


def test_the_map_shows_the_rate_of_every_district(sent) -> None:
    app = opened("grid_map", metric="ontime_close_rate")
    assert not troubles(app)
    shown = " ".join(words(app))
    for code, rate in ontime_rates(sent).items():
        assert not code or f"{rate:.1%}" in shown


def test_the_types_show_their_numbers_of_issues(sent) -> None:
    app = opened("compound_types")
    assert not troubles(app)
    issues = sent["issues"].merge(sent["compounds"][["compound_id", "compound_type"]])
    in_quarter = pd.to_datetime(issues["reported_at"]).dt.to_period("Q") == QUARTER
    expected = issues[in_quarter].groupby("compound_type").size()
    volumes = next(frame.value for frame in app.dataframe if "reported_issues" in frame.value)
    assert sorted(volumes["reported_issues"].dropna().astype(int)) == sorted(expected)


def test_a_branch_shows_the_assessed_numbers_of_its_quarter(sent) -> None:
    rows = sent["branch_assessments"]
    row = rows[pd.to_datetime(rows["quarter"]).dt.to_period("Q") == QUARTER].query("item_code == 'A1'").iloc[0]
    app = opened("fortress_index", view="branch", branch=row["org_id"])
    assert not troubles(app)
    items = next(frame.value for frame in app.dataframe if {"item_code", "numerator", "weight"} <= {*frame.value})
    item = items[items["item_code"] == "A1"].iloc[0]
    assert (item["numerator"], item["denominator"]) == (row["numerator"], row["denominator"])


def mean_score(sent: dict[str, pd.DataFrame], month: str) -> float:
    """Mean monthly pioneer score of the members who are ranked, worked out act by act."""
    acts = sent["member_events"].query("is_verified")
    acts = acts[pd.to_datetime(acts["occurred_date"]).dt.strftime("%Y-%m") == month]
    scores = []
    for member in sent["members"].query("not is_exempt")["member_id"]:
        mine = acts[acts["member_id"] == member].groupby("item_code")["points"].sum()
        kinds = mine.groupby(mine.index.str[0]).sum()
        starts = {"T": 1.0, "O": 1.0, "D": 1.0, "R": 0.6}
        aspects = [min(1, max(0, start + kinds.get(kind, 0) / 15)) for kind, start in starts.items()]
        bonus, lost = min(20, max(0, kinds.get("G", 0))), min(20, abs(kinds.get("X", 0)))
        scores.append(0 if "V" in kinds else 60 * sum(aspects) / 4 + bonus + 20 - lost)
    return sum(scores) / len(scores)


def test_the_pioneer_page_shows_the_mean_score_that_pandas_finds(sent) -> None:
    app = opened("pioneer_index")
    assert not troubles(app)
    assert f"{mean_score(sent, '2024-12'):.1f}" in " ".join(words(app))


def test_the_pioneer_page_of_forty_members_gives_no_small_count(sent) -> None:
    app = opened("pioneer_index")
    assert len(sent["members"]) < 50 and str(len(sent["members"])) not in cells(app)
