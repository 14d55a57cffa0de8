"""The public notice: which days, which lines, who is listed, and the sheet that is hung out."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from dashboard import downloads, editions, notices, text, ui
from tests import questions, tiny
from tests.scoring_rows import PROFILE

RULE = {"starts_after_days": 10, "window_days": 5, "contact_zh": "示例办公室", "contact_en": "Example office"}
PLACE = replace(PROFILE, public_notice=RULE)
Q4 = date(2024, 10, 1)


def ranking(*rows: tuple) -> pd.DataFrame:
    """Branches as (rank, name, stars); the other columns of the official ranking are the same for all."""
    return pd.DataFrame(
        [
            {"rank": rank, "branch_name": name, "district_name": "西区", "stars": stars, "total": 80.5}
            | {"year_change": -1.25, "rank_low": 1, "rank_high": 9, "org_id": name, "missing_share": 0.0}
            for rank, name, stars in rows
        ]
    )


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        (date(2024, 1, 1), date(2024, 4, 10), date(2024, 4, 14)),
        (date(2024, 4, 1), date(2024, 7, 10), date(2024, 7, 14)),
        (date(2024, 7, 1), date(2024, 10, 10), date(2024, 10, 14)),
        (Q4, date(2025, 1, 10), date(2025, 1, 14)),
    ],
)
def test_objections_are_taken_for_five_days_from_the_tenth_after_the_quarter(quarter, first, last) -> None:
    assert notices.window(PLACE, quarter) == (first, last)


def test_a_place_without_a_rule_says_that_none_is_reported() -> None:
    assert notices.window(PROFILE, Q4) is None
    with text.speaking("en"):
        assert notices.lines(PROFILE, Q4, "stars")[-2:] == [("Objections taken", "—"), ("Contact", "—")]


def test_the_lines_name_rules_window_and_contact_in_the_readers_language() -> None:
    with text.speaking("zh"):
        said = dict(notices.lines(PLACE, Q4, "评星", "办法"))
    assert said == {
        "公示内容": "评星",
        "季度": "2024年第四季度",
        "评价规则": "办法",
        "异议受理期": "2025年1月10日至2025年1月14日",
        "受理方式": "示例办公室",
    }


def test_a_part_of_the_place_and_a_quarter_not_over_are_said() -> None:
    with text.speaking("en"):
        said = dict(notices.lines(replace(PLACE, as_of=date(2024, 12, 30)), Q4, "stars", part="West"))
        whole = dict(notices.lines(PLACE, Q4, "stars"))
    assert said["Part of the place"] == "West" and said["State"].startswith("provisional")
    assert not {"Part of the place", "State"} & whole.keys()


def test_a_list_of_two_columns_keeps_its_lines() -> None:
    members = pd.DataFrame({"masked_name": ["赵*"], "stars": [5]})
    with text.speaking("zh"):
        lines = notices.lines(PLACE, Q4, "评星")
        content = downloads.to_notice("公示", lines, members, [], PLACE)
    sheet = openpyxl.load_workbook(BytesIO(content))["公示"]
    assert [sheet.cell(row, 2).value for row in range(2, 2 + len(lines))] == [value for _label, value in lines]


def test_only_branches_with_a_rank_are_listed_in_their_order() -> None:
    listed = notices.branches(ranking((1, "甲", 5), (2, "乙", 4), (None, "丙", 0)))
    assert list(listed["branch_name"]) == ["甲", "乙"]
    assert list(listed) == notices.BRANCH_COLUMNS
    assert listed["rank_high"].tolist() == [9, 9], "an official rank stands beside the ranks that chance leaves open"


def test_the_preview_shows_three_from_each_end_and_nobody_twice() -> None:
    many = ranking(*[(number, str(number), 3) for number in range(1, 9)])
    assert list(notices.ends(many)["branch_name"]) == ["1", "2", "3", "6", "7", "8"]
    few = ranking(*[(number, str(number), 3) for number in range(1, 5)])
    assert list(notices.ends(few)["branch_name"]) == ["1", "2", "3", "4"]


def test_the_sheet_has_heading_lines_list_and_where_it_comes_from() -> None:
    listed = notices.branches(ranking((1, "=甲", 5), (2, "乙", 4)))
    with text.speaking("zh"):
        lines = notices.lines(PLACE, Q4, "评星", "办法")
        content = downloads.to_notice("试点公示", lines, listed, [("数据版本", "2024-12-31-x")], PLACE)
    book = openpyxl.load_workbook(BytesIO(content))
    sheet, about = book["公示"], book["说明"]
    assert sheet["A1"].value == "试点公示" and sheet["B5"].value == "2025年1月10日至2025年1月14日"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=len(lines) + 3)]
    assert rows[0][:4] == ["名次", "支部", "区县", "星级"]
    assert [row[:4] for row in rows[1:]] == [[1, "=甲", "西区", 5], [2, "乙", "西区", 4]]
    assert sheet.cell(len(lines) + 4, 2).data_type == "s", "a name is no formula"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows
    assert about["B1"].value == "2024-12-31-x"


def test_the_button_writes_the_file_when_it_is_asked_for(tiny_data, monkeypatch) -> None:
    buttons = []
    monkeypatch.setattr(ui.st, "download_button", lambda *given, **options: buttons.append(given))
    source = ("fortress_ranking", questions.shared(editions.current(tiny.PLACE)))
    with text.speaking("en"):
        ui.notice_button("Notice", [("State", "final")], notices.branches(ranking((1, "A", 5))), source, "notice")
    [(label, content)] = buttons
    about = openpyxl.load_workbook(BytesIO(content()))["About"]
    said = {row[0].value: row[1].value for row in about.iter_rows()}
    assert label == "Public notice (XLSX)" and said["Query"] == "fortress_ranking" and said["Rows"] == "1"
