"""A file that leaves the dashboard says where it comes from, opens safely and keeps its types."""

import csv
import json
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest

from dashboard import catalogue, downloads, editions, exports, store, text
from tests import questions, tiny

HOSTILE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    '=HYPERLINK("file:///etc")',
]


@pytest.fixture
def chosen(tiny_data) -> dict:
    return questions.shared(editions.current(tiny.PLACE), districts=[tiny.WEST], compound_types=["old"])


@pytest.fixture
def profile(chosen):
    return store.place_profile(chosen["place"], chosen["edition"])


@pytest.fixture
def rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "district_name": ["西区", "=1+1", 'a,b\n"c"'],
            "compound_type": ["old", "residential", "unknown_code"],
            "month": pd.to_datetime(["2024-10-01", "2024-11-01", "2024-12-01"]),
            "households": [1200, 0, 7],
            "ontime_close_rate": [0.75823, 0.0, None],
            "is_pilot": [True, False, True],
            "member_count": ["<5", "12", "*"],
        }
    )


def read_csv(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Lines about the file, then header and rows."""
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    about = [line[0] for line in lines if line and line[0].startswith("# ")]
    return about, lines[len(about) :]


def read_xlsx(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_both_files_carry_edition_filters_scope_definitions_and_the_synthetic_label(
    language, rows, chosen, profile, monkeypatch
) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    definition = catalogue.COLUMNS["ontime_close_rate"].definition
    district = {"zh": "西区", "en": "West District"}[language]
    with text.speaking(language):
        facts = exports.facts("On time", rows, "districts", chosen | {"language": language})
        expected = {
            text._("Edition"): chosen["edition"],
            text._("Place"): profile.name(language),
            text._("Period"): text.period(chosen["start_month"], chosen["end_month"]),
            text._("Districts"): district,
            text._("Compound types"): profile.label("compound_types", "old", language),
            text._("Scope of the reader"): district,
            text._("Query"): "districts",
            text._("Rows"): "3",
            text._("Data"): text._("Synthetic sample data, no real place or person"),
            catalogue.title("ontime_close_rate"): text._(definition),
        }
        said, _ = read_csv(downloads.to_csv(rows, facts, profile))
        about = read_xlsx(downloads.to_xlsx(rows, facts, profile)).worksheets[1]
    told = {row[0].value: row[1].value for row in about.iter_rows()}
    for label, value in expected.items():
        assert f"# {label}: {value}" in said
        assert told[label] == value
    moment = datetime.strptime(
        told[{"zh": text.chinese().gettext("Time"), "en": "Time"}[language]], "%Y-%m-%d %H:%M:%S"
    )
    assert abs((datetime.now() - moment).total_seconds()) < 60


def test_without_filters_and_scope_the_file_says_all(rows, chosen) -> None:
    with text.speaking("en"):
        told = dict(exports.facts("On time", rows, "districts", chosen | {"districts": [], "compound_types": []}))
    assert (told["Districts"], told["Compound types"], told["Scope of the reader"]) == ("All", "All", "All districts")


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_headers_and_codes_are_words_of_the_readers_language(language, rows, profile) -> None:
    with text.speaking(language):
        _, (header, first, *_rest) = read_csv(downloads.to_csv(rows, [], profile))
        sheet = read_xlsx(downloads.to_xlsx(rows, [], profile)).worksheets[0]
        titles = [catalogue.title(name) for name in rows]
    assert header == titles == [cell.value for cell in sheet[1]]
    assert first[1] == profile.label("compound_types", "old", language) == sheet["B2"].value


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_of_a_csv_file_can_run_as_a_formula(cell, profile) -> None:
    frame = pd.DataFrame({"district_name": [cell], cell: ["x"]})
    _, (header, row) = read_csv(downloads.to_csv(frame, [], profile))
    assert row[0] == "'" + cell
    assert header[1] == "'" + cell


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_line_about_a_csv_file_can_run_as_a_formula(cell, rows, profile) -> None:
    about, _ = read_csv(downloads.to_csv(rows, [("Figure", cell), (cell, "x")], profile))
    assert len(about) == 2


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(cell, profile) -> None:
    frame = pd.DataFrame({"district_name": [cell, "http://127.0.0.1/"], cell: ["x", "y"]})
    book = read_xlsx(downloads.to_xlsx(frame, [("Figure", cell)], profile))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert not [c.coordinate for c in row if c.data_type == "f" or c.hyperlink]
    assert book.worksheets[0]["A2"].data_type in ("s", "inlineStr")


def test_cells_of_a_workbook_are_typed(rows, profile) -> None:
    sheet = read_xlsx(downloads.to_xlsx(rows, [], profile)).worksheets[0]
    name, kind, month, households, rate, pilot, members = (cell for cell in sheet[2])
    assert (name.value, name.data_type) == ("西区", "s")
    assert kind.data_type == "s"
    assert month.value == datetime(2024, 10, 1) and month.is_date and month.number_format == "yyyy-mm"
    assert households.value == 1200 and households.number_format == "#,##0"
    assert rate.value == pytest.approx(0.75823) and rate.number_format == "0.0%"
    assert pilot.value is True and pilot.data_type == "b"
    assert (members.value, members.data_type) == ("<5", "s")


def test_a_reported_zero_and_nothing_reported_stay_different(rows, profile) -> None:
    sheet = read_xlsx(downloads.to_xlsx(rows, [], profile)).worksheets[0]
    assert (sheet["E3"].value, sheet["E4"].value) == (0, None)
    _, lines = read_csv(downloads.to_csv(rows, [], profile))
    assert [line[4] for line in lines[2:]] == ["0.0", ""]


def test_small_cells_leave_as_they_are_shown(rows, profile) -> None:
    _, lines = read_csv(downloads.to_csv(rows, [], profile))
    assert [line[6] for line in lines[1:]] == ["<5", "12", "*"]


def test_text_of_any_shape_survives_the_round_trip(rows, profile) -> None:
    _, lines = read_csv(downloads.to_csv(rows, [], profile))
    assert lines[3][0] == 'a,b\n"c"'
    sheet = read_xlsx(downloads.to_xlsx(rows, [], profile)).worksheets[0]
    assert sheet["A4"].value == 'a,b\n"c"'


def test_a_text_too_long_for_a_cell_is_cut_and_not_lost(profile) -> None:
    frame = pd.DataFrame({"district_name": ["长" * 40_000]})
    sheet = read_xlsx(downloads.to_xlsx(frame, [], profile)).worksheets[0]
    assert sheet["A2"].value and sheet["A2"].value.startswith("长" * 1000)


def test_an_empty_answer_is_a_file_with_headers(rows, profile) -> None:
    empty = rows.head(0)
    _, lines = read_csv(downloads.to_csv(empty, [], profile))
    assert len(lines) == 1 and len(lines[0]) == 7
    assert read_xlsx(downloads.to_xlsx(empty, [], profile)).worksheets[0].max_row == 1


def test_a_csv_file_opens_in_excel_with_chinese_text(rows, profile) -> None:
    assert downloads.to_csv(rows, [], profile).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("value", [date(2024, 10, 1), pd.Timestamp("2024-10-01")])
def test_dates_of_any_type_become_dates(value, profile) -> None:
    frame = pd.DataFrame({"month": pd.Series([value, None], dtype=object)})
    sheet = read_xlsx(downloads.to_xlsx(frame, [], profile)).worksheets[0]
    assert sheet["A2"].is_date and sheet["A3"].value is None


def test_a_file_about_people_is_logged_and_no_other(chosen, tiny_data, monkeypatch) -> None:
    log = tiny_data / tiny.PLACE / "exports.log"
    before = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
    exports.log("districts", chosen, 2)
    about_people = store.Query("people", "", {}, "select masked_name from member_quarters")
    monkeypatch.setattr(store, "describe", lambda name: about_people)
    exports.log("people", chosen, 3)
    (line,) = log.read_text(encoding="utf-8").splitlines()[len(before) :]
    told = json.loads(line)
    assert (told["query"], told["rows"], told["edition"]) == ("people", 3, chosen["edition"])
    assert told["districts"] == [tiny.WEST]
