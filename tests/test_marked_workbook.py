"""The workbook with marked cells: a clerk repairs what is marked, sends it back, and it is published."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell

from dashboard import contract, editions, publishing
from dashboard.publishing import deliveries, marked
from tests import tiny
from tests.test_publishing_files import chinese, quiet

RED, YELLOW = "F6B9B3", "FBE3A6"
# What a clerk knows to be right: table -> (row of the extract, column) -> value.
BROKEN = {
    "compounds": {(0, "households"): ("约100", "100"), (1, "residents"): ("-5", "250"), (2, "built_year"): ("很久以前", "1990")},
    "issues": {(3, "tier"): ("巨大", "小事"), (5, "reported_at"): ("3月5日", "2024-11-05 08:00"), (7, "compound_id"): ("C9", "C1")},
    "members": {(2, "category"): ("老党员", None), (4, "org_id"): ("B99", "B1")},
}


def broken() -> tuple[dict[str, list[dict]], dict[str, dict[tuple[int, str], object]]]:
    """The tiny place's extracts with wrong cells, and what stood there."""
    tables, right = tiny.tables(), {}
    for table, cells in BROKEN.items():
        for (row, column), (wrong, _right) in cells.items():
            right.setdefault(table, {})[row, column] = tables[table][row][column]
            tables[table][row][column] = wrong
    return tables, right


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny place, nothing published."""
    tiny.write_place(tmp_path / "data")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    return tmp_path


def as_workbooks(folder: Path, tables: dict[str, list[dict]]) -> None:
    """Chinese workbooks with a title row; the rows of a table that stands in BROKEN, the others as CSV."""
    tiny.write_csv(folder, {name: rows for name, rows in tables.items() if name not in BROKEN})
    for name in BROKEN:
        titles, cells = chinese(name, tables[name], "workbook")
        book = openpyxl.Workbook()
        book.active.title = contract.load().tables[name].title
        book.active.append([f"{contract.load().tables[name].title}（2024年）"])
        for line in (titles, *cells):
            book.active.append([str(cell) if isinstance(cell, str) else cell for cell in line])
        book.save(folder / f"{contract.load().tables[name].title}.xlsx")


def has(cell: Cell, colour: str) -> bool:
    """Whether a cell is filled with a colour."""
    return str(cell.fill.fgColor.rgb).endswith(colour)


def repair(file: Path, table: str, right: dict[tuple[int, str], object]) -> int:
    """Put right values into the red cells, found by their colour alone; returns how many there were."""
    fields = contract.load().tables[table].fields
    titles = {title: name for name, field in fields.items() for title in (name, field.title)}
    book, repaired = openpyxl.load_workbook(file), 0
    for sheet in book.worksheets[1:]:
        header = next(r for r in range(1, 5) if sum(sheet.cell(r, c).value in titles for c in range(1, 9)) > 2)
        for line in sheet.iter_rows(min_row=header + 1):
            for cell in line:
                key = cell.row - header - 1, titles.get(sheet.cell(header, cell.column).value)
                if has(cell, RED):
                    assert cell.comment.text, "every marked cell says why"
                    repaired += key in right  # what is only wrong beside another wrong cell is right by then
                    cell.value = right.get(key, cell.value)
    book.save(file)
    return repaired


@pytest.mark.parametrize("form", ["csv", "workbook"])
def test_what_is_repaired_in_the_marked_workbook_is_published_at_the_second_try(form: str, place: Path) -> None:
    tables, right = broken()
    source = deliveries.home(tiny.PLACE) / "十二月"
    source.mkdir(parents=True)
    (tiny.write_csv if form == "csv" else as_workbooks)(source, tables)
    first = publishing.prepare(source, tiny.PLACE, quiet)
    assert first.edition is None
    files = marked.write(source, first.recognised, first.findings, place / "marked", "zh")
    names = {f"{table if form == 'csv' else contract.load().tables[table].title}.xlsx": table for table in BROKEN}
    assert set(names) <= {file.name for file in files}
    for file in files:
        table = names.get(file.name)
        if table:
            assert repair(file, table, right[table]) == len(BROKEN[table])
        with open(file, "rb") as content:
            deliveries.add(tiny.PLACE, "十二月", [(file.name, content)])
    second = publishing.publish(source, tiny.PLACE, quiet)
    assert second.edition, [publishing.lines(f, "zh") for f in second.findings if f.blocks]
    tiny.write_csv(place / "plain", tiny.tables())
    shutil.rmtree(editions.home(tiny.PLACE))
    assert publishing.publish(place / "plain", tiny.PLACE, quiet).edition == second.edition, "nothing else was changed"


def test_the_first_sheet_lists_every_finding_with_a_way_to_its_cell(place: Path) -> None:
    tables, _right = broken()
    tiny.write_csv(place / "source", tables)
    found = publishing.prepare(place / "source", tiny.PLACE, quiet)
    files = {f.name: f for f in marked.write(place / "source", found.recognised, found.findings, place / "m", "zh")}
    book = openpyxl.load_workbook(files["compounds.xlsx"])
    assert book.sheetnames == ["问题清单", "compounds"]
    rows = list(book["问题清单"].iter_rows(values_only=True))
    assert rows[0] == ("级别", "代码", "表与列", "问题", "怎样处理", "所在行", "位置")
    assert [(row[1], row[5]) for row in rows[1:]] == [("V01", 4), ("V05", 3), ("V15", 2), ("D16", 3)]
    assert book["问题清单"]["G2"].hyperlink.location.endswith("F4")
    assert book["compounds"]["A2"].value == "C1" and not has(book["compounds"]["A2"], RED)
    english = marked.write(place / "source", found.recognised, found.findings, place / "e", "en")
    assert openpyxl.load_workbook(next(f for f in english if f.name == "compounds.xlsx")).sheetnames[0] == "List of findings"


def test_warnings_are_yellow_and_a_clean_delivery_has_no_workbook(place: Path) -> None:
    tiny.write_csv(place / "source", tiny.tables())
    found = publishing.prepare(place / "source", tiny.PLACE, quiet)
    files = {f.name: f for f in marked.write(place / "source", found.recognised, found.findings, place / "m", "zh")}
    assert set(files) == {"party_orgs.xlsx", "regions.xlsx", "report_claims.xlsx"}, "the warnings of the tiny place"
    sheet = openpyxl.load_workbook(files["party_orgs.xlsx"])["party_orgs"]
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if has(cell, YELLOW)] != []
    only_errors = [finding for finding in found.findings if finding.blocks]
    assert marked.write(place / "source", found.recognised, only_errors, place / "n", "zh") == []


def test_of_a_large_file_only_the_rows_concerned_are_written(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked, "LARGE", 100)
    tables, _right = broken()
    tiny.write_csv(place / "source", tables)
    found = publishing.prepare(place / "source", tiny.PLACE, quiet)
    files = {f.name: f for f in marked.write(place / "source", found.recognised, found.findings, place / "m", "zh")}
    sheet = openpyxl.load_workbook(files["问题行_issues.xlsx"]).worksheets[1]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["1", "5", "7", "9"]
    (place / "again").mkdir()
    shutil.copy(files["问题行_issues.xlsx"], place / "again")
    codes = [finding.code for finding in publishing.check(place / "again", tiny.PLACE, quiet)]
    assert "F05" in codes or "F30" in codes, "the list of rows is taken for no extract"


def test_marks_survive_hostile_sheet_names_and_merged_cells(place: Path) -> None:
    tables, _right = broken()
    source = place / "source"
    source.mkdir()
    as_workbooks(source, tables)
    file = source / "小区.xlsx"
    book = openpyxl.load_workbook(file)
    book.active.title = "小区_a'b & <c>"
    book.active.merge_cells("F4:F5")
    book.save(file)
    found = publishing.prepare(source, tiny.PLACE, quiet)
    files = marked.write(source, found.recognised, found.findings, place / "m", "zh")
    assert "小区.xlsx" in {each.name for each in files}
