"""Files as clerks send them: encodings, Chinese titles, several files per table, and files that are broken."""

import csv
import json
import os
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dashboard import editions, publishing, settings
from dashboard.publishing.findings import Finding
from tests import tiny

CONTRACT = {r["name"]: r for r in json.loads(settings.CONTRACT.read_text(encoding="utf-8"))["resources"]}
EXPECTED_WARNINGS = {
    "The branch has more or fewer full members than the norm",  # B6 has two members
    "The district has fewer grid workers than micro-grids",  # the west: 3 for 4
    "Districts have no rows: {names}",  # one has no events of members
}


def quiet(message: str, fraction: float) -> None:
    """Progress for nobody."""


@pytest.fixture(autouse=True)
def place(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny place's profile and rules, nothing published."""
    data = tmp_path_factory.mktemp("publishing")
    tiny.write_place(data)
    monkeypatch.setenv("DASHBOARD_DATA", str(data))
    return data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny place's core extracts, and redemptions, as CSV."""
    tables = tiny.tables()
    tiny.write_csv(tmp_path, {name: tables[name] for name in tables if CONTRACT[name]["core"] or name == "redemptions"})
    return tmp_path


def check(folder: Path) -> list[tuple]:
    """Findings about a folder as (severity, rule, table, file, row), without the one the tiny place has."""
    found = publishing.check(folder, tiny.PLACE, quiet)
    return [told(finding) for finding in found if finding.rule not in EXPECTED_WARNINGS]


def told(finding: Finding) -> tuple:
    place = finding.places[0] if finding.places else None
    return finding.severity, finding.rule, finding.table, place and place.file, place and place.row


def rewrite(file: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Change a file's bytes."""
    return lambda folder: (folder / file).write_bytes(change((folder / file).read_bytes()))


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace the first occurrence of a text that is there."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return rewrite(file, change)


def chinese(table: str, rows: list[dict], form: str) -> tuple[list[str], list[list]]:
    """Titles and cells as a Chinese office writes them: labels for codes, 是 and 否, its own date forms."""
    fields = {field["name"]: field for field in CONTRACT[table]["schema"]["fields"]}
    names = list(rows[0])
    return [fields[name]["title"] for name in names], [[_cell(fields[n], row[n], form) for n in names] for row in rows]


def _cell(field: dict, value: object, form: str) -> object:
    labels = {c["value"]: c["label"] for c in field.get("categories", [])}
    if value in labels:
        return labels[value]
    if isinstance(value, bool):
        return "是" if value else "否"
    if form == "workbook" or value is None:
        return value
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日 {value:%H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%Y%m%d}" if value.day % 2 else f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, int | float) and value >= 1000:
        return f"{value:,}"
    return value


def write_office(folder: Path, tables: dict[str, list[dict]]) -> None:
    """Write GB18030 text files and workbooks with Chinese names; compounds come district by district."""
    workbooks = ("regions", "grids", "members", "branch_assessments", "facilities", "compounds", "member_events")
    for name, rows in tables.items():
        title = CONTRACT[name]["title"]
        if name not in workbooks:
            titles, cells = chinese(name, rows, "text")
            with open(folder / f"{title}.csv", "w", encoding="gb18030", newline="") as file:
                csv.writer(file).writerows([titles, *cells])
            continue
        book = openpyxl.Workbook()
        if name == "compounds":
            parts = {"西区": rows[:4], "东区": rows[4:]}
            book.remove(book.active)
        else:
            parts = {title: rows}
            book.remove(book.active)
        for sheet_name, part in parts.items():
            sheet = book.create_sheet(sheet_name)
            titles, cells = chinese(name, part, "workbook")
            for line in (titles, *cells):
                sheet.append(line)
        book.save(folder / f"{title}.xlsx")


def test_office_files_give_the_same_edition_as_plain_ones(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    tiny.write_csv(folder, tiny.tables())
    plain = publishing.publish(folder, tiny.PLACE, quiet)
    office = tmp_path_factory.mktemp("office")
    write_office(office, tiny.tables())
    parquet = tmp_path_factory.mktemp("parquet")
    tiny.write_parquet(parquet, tiny.tables())
    for source in (office, parquet):
        outcome = publishing.publish(source, tiny.PLACE, quiet)
        assert outcome.edition == plain.edition, [told(finding) for finding in outcome.findings]
        assert not outcome.is_new


def test_the_order_of_rows_and_their_split_into_files_do_not_count(folder: Path) -> None:
    plain = publishing.publish(folder, tiny.PLACE, quiet).edition
    for file in list(folder.glob("*.csv")):
        head, *rows = file.read_text(encoding="utf-8").splitlines()
        random.Random(1).shuffle(rows)
        file.unlink()
        for part, lines in (("西区", rows[::2]), ("东区", rows[1::2])):
            (folder / part).mkdir(exist_ok=True)
            (folder / part / f"{file.stem}_{part}.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    assert publishing.publish(folder, tiny.PLACE, quiet).edition == plain


def test_codes_stay_text_and_blanks_stay_unreported(folder: Path) -> None:
    replace("members.csv", "M01,", "0001,")(folder)
    replace("redemptions.csv", "M01,", "0001,")(folder)
    rewrite("member_events.csv", lambda content: content.replace(b"M01,", b"0001,"))(folder)
    outcome = publishing.publish(folder, tiny.PLACE, quiet)
    extract = editions.path(tiny.PLACE, outcome.edition) / "extracts" / "members.parquet"
    rows = duckdb.execute(f"select member_id, is_exempt, unit_id from '{extract}' order by 1 limit 1").fetchall()
    assert rows == [("0001", False, None)]


def as_text(change: Callable[[str], str | bytes]) -> Callable[[bytes], bytes]:
    """A change of a file's text."""

    def changed(content: bytes) -> bytes:
        result = change(content.decode())
        return result if isinstance(result, bytes) else result.encode()

    return changed


def quoted(content: str) -> str:
    return "\r\n".join('"' + line.replace(",", '","') + '"' for line in content.splitlines())


UNUSUAL = {
    "byte order mark": ("regions", lambda c: c.encode("utf-8-sig")),
    "UTF-16": ("members", lambda c: c.encode("utf-16")),
    "GB18030": ("party_orgs", lambda c: c.encode("gb18030")),
    "old Mac line ends": ("org_compounds", lambda c: c.replace("\r\n", "\r")),
    "mixed line ends": ("compound_grids", lambda c: c.replace("\r\n", "\n", 3)),
    "tabs": ("branch_assessments", lambda c: c.replace(",", "\t")),
    "semicolons and quotes": ("branch_vetoes", lambda c: quoted(c).replace('","', '";"')),
    "everything quoted": ("member_events", quoted),
    "blank rows": ("issues", lambda c: c.replace("C2-08", "\r\n , ,,\r\nC2-08", 1)),
    "a row of commas": ("compounds", lambda c: c.replace("C2,", "," * c.splitlines()[0].count(",") + "\r\nC2,", 1)),
    "padding": ("redemptions", lambda c: c.replace(",goods", ",\u3000goods ").replace("M01", "\tM01")),
    "a newline in a cell": ("grids", lambda c: c.replace("grid_code,level,kind", '"Grid\ncode",level,"Grid kind"')),
    "a header alone, of an optional table": ("notices", lambda c: c.splitlines()[0]),
}


def test_unusual_but_readable_files_are_read_like_plain_ones(folder: Path) -> None:
    tiny.write_csv(folder, {name: tiny.tables()[name] for name in ("notices", "branch_vetoes")})
    for table, change in UNUSUAL.values():
        content = (folder / f"{table}.csv").read_bytes()
        changed = as_text(change)(content)
        assert changed != content
        (folder / f"{table}.csv").write_bytes(changed)
    outcome = publishing.publish(folder, tiny.PLACE, quiet)
    found = [(f.rule, f.count) for f in outcome.findings if f.rule not in EXPECTED_WARNINGS]
    assert found == [("Blanks and invisible signs around values were taken away", count) for count in (1, 2)]
    expected = {name: len(rows) for name, rows in tiny.tables().items() if (folder / f"{name}.csv").exists()}
    assert editions.facts(tiny.PLACE, outcome.edition)["rows"] == expected | {"notices": 0}


def test_a_column_that_identifies_a_person_is_refused_by_its_title(folder: Path) -> None:
    titles = ["身份证号", "手机号码", "联系电话", "姓名", "家庭住址", "ID card", "Phone number", "full_name"]
    with_titles = as_text(lambda c: "\n".join(f"{line},{','.join(titles)}" for line in c.splitlines()))
    rewrite("members.csv", with_titles)(folder)
    found = [f for f in publishing.check(folder, tiny.PLACE, quiet) if f.rule not in EXPECTED_WARNINGS]
    assert {(f.severity, f.rule, f.column) for f in found} == {("error", IDENTIFIES, title) for title in titles}


def save_workbook(file: str, change: Callable[[bytes], bytes] = lambda content: content) -> Callable[[Path], None]:
    """Move members to a workbook beside two empty sheets, then change its bytes."""

    def save(folder: Path) -> None:
        book = openpyxl.Workbook()
        with open(folder / "members.csv", encoding="utf-8", newline="") as source:
            for row in csv.reader(source):
                book.active.append(row)
        book.create_sheet("Sheet2")
        (folder / "members.csv").unlink()
        book.save(folder / file)
        (folder / file).write_bytes(change((folder / file).read_bytes()))

    return save


def number_codes(folder: Path) -> None:
    """Grid codes as numbers: Excel keeps fifteen digits of seventeen."""
    book = openpyxl.Workbook()
    with open(folder / "grids.csv", encoding="utf-8", newline="") as source:
        head, *rows = csv.reader(source)
    book.active.append(head)
    for code, *rest in rows:
        book.active.append([float(code), *rest])
    (folder / "grids.csv").unlink()
    book.save(folder / "grids.xlsx")


def zip_without_workbook(folder: Path) -> None:
    with zipfile.ZipFile(folder / "党员.xlsx", "w") as archive:
        archive.writestr("readme.txt", "nothing")


def damaged_parquet(folder: Path) -> None:
    """Overwrite the middle of a Parquet file."""
    tiny.write_parquet(folder / "x", {"issues": tiny.tables()["issues"]})
    content = (folder / "x" / "issues.parquet").read_bytes()
    (folder / "x" / "issues.parquet").write_bytes(content[:2000] + random.Random(2).randbytes(300) + content[2300:])
    (folder / "issues.csv").unlink()


def half_parquet(folder: Path) -> None:
    """Cut a Parquet file off."""
    tiny.write_parquet(folder / "x", {"issues": tiny.tables()["issues"]})
    os.truncate(folder / "x" / "issues.parquet", 3000)
    (folder / "issues.csv").unlink()


IDENTIFIES = "The column identifies a person"
BROKEN = "The file is damaged or incomplete"
QUOTES = "The quotes do not match, or the file ends in the middle of a row"
WORKBOOK = "The workbook is damaged or incomplete"
CELLS = "The row has more or fewer cells than the header"
NEITHER = "The text is neither UTF-8 nor GB18030"

UNREADABLE = {
    "empty file": (rewrite("issues.csv", lambda c: b""), "error", "The file is empty", "issues", "issues.csv", None),
    "blank file": (rewrite("issues.csv", lambda c: b"\n \n"), "error", "The file is empty", "issues", "issues.csv", None),
    "header alone": (
        rewrite("issues.csv", lambda c: c.splitlines()[0]), "error", "A core table has no rows", "issues", "issues.csv", None,
    ),
    "no file": (lambda f: (f / "issues.csv").unlink(), "error", "A core table is missing", "issues", None, None),
    "NUL bytes": (
        replace("issues.csv", "hotline", "hot\0line"), "error", "The file is damaged: it contains NUL bytes", "issues", "issues.csv", 2,
    ),
    "open quote": (replace("issues.csv", "hotline", '"hotline'), "error", QUOTES, "issues", "issues.csv", 2),
    "a cell too many": (replace("issues.csv", "hotline", "hot,line"), "error", CELLS, "issues", "issues.csv", 2),
    "a cell too few": (replace("issues.csv", "hotline,", ""), "error", CELLS, "issues", "issues.csv", 2),
    "cut off text": (rewrite("issues.csv", lambda c: b"".join(c.splitlines(True)[:9])[:-30]), "error", CELLS, "issues", "issues.csv", 9),
    "cut off character": (
        rewrite("issues.csv", lambda c: c[: c.rindex("物".encode()) + 1]), "error",
        "The file is cut off: it ends in the middle of a character", "issues", "issues.csv", 61,
    ),
    "huge cell": (
        replace("issues.csv", "hotline", "x" * 6_000_000), "error",
        "A cell is too long: a quote is probably not closed", "issues", "issues.csv", 2,
    ),
    "another encoding": (
        rewrite("issues.csv", lambda c: c.replace(b"hotline", b"\xff\xff", 1)), "error", NEITHER, "issues", "issues.csv", 2,
    ),
    "noise": (
        rewrite("issues.csv", lambda c: random.Random(1).randbytes(5000)), "error", NEITHER, "issues", "issues.csv", 1,
    ),
    "half a Parquet file": (half_parquet, "error", BROKEN, "issues", "x/issues.parquet", None),
    "damaged Parquet file": (damaged_parquet, "error", BROKEN, "issues", "x/issues.parquet", None),
    "half a workbook": (save_workbook("党员.xlsx", lambda c: c[: len(c) // 2]), "error", WORKBOOK, "members", "党员.xlsx", None),
    "damaged workbook": (
        save_workbook("党员.xlsx", lambda c: c[:300] + bytes(b ^ 90 for b in c[300:900]) + c[900:]), "error",
        WORKBOOK, "members", "党员.xlsx", None,
    ),
    "no workbook": (zip_without_workbook, "error", WORKBOOK, "members", "党员.xlsx", None),
    "codes as numbers": (
        number_codes, "error", "Excel stored the code as a number and rounded it", "grids", "grids.xlsx", 3,
    ),
    "old workbook": (
        lambda f: (f / "居民诉求.et").write_bytes(b"x"), "error", "The file has an old or foreign format", "issues", "居民诉求.et", None,
    ),
    "a document": (lambda f: (f / "a.docx").write_bytes(b"x"), "warning", "The file was left out", None, "a.docx", None),
    "unknown table": (lambda f: (f / "a.csv").write_text("a\n1"), "warning", "The file belongs to no table", None, "a.csv", None),
    "column twice": (
        replace("compound_grids.csv", "is_aligned", "grid_code"), "error", "The column appears twice", "compound_grids", "compound_grids.csv", 1,
    ),
    "unknown column": (
        replace("members.csv", "emergency_post", "备注"), "warning", "The column is unknown and was left out", "members", "members.csv", 1,
    ),
    "missing column": (
        replace("redemptions.csv", "points", "备注"), "error", "A required column is missing", "redemptions", "redemptions.csv", 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_broken_file_is_one_finding(case: tuple, folder: Path) -> None:
    change, *expected = case
    change(folder)
    found = check(folder)
    unknown = "The column is unknown and was left out"  # a replaced title leaves its own column unknown
    assert [f for f in found if f[1] != unknown or expected[1] == unknown] == [tuple(expected)]


def test_a_workbook_of_an_earlier_sheet_and_a_blank_one_is_read(folder: Path) -> None:
    save_workbook("党员.xlsx")(folder)
    assert check(folder) == []


def test_a_row_number_counts_blank_rows_as_a_spreadsheet_does(folder: Path) -> None:
    rewrite("members.csv", lambda c: c.replace(b"M05", b"\r\n\r\nM05", 1).replace(b"floating", b"flying", 2))(folder)
    (finding,) = [f for f in publishing.check(folder, tiny.PLACE, quiet) if f.rule not in EXPECTED_WARNINGS]
    assert [place.row for place in finding.places] == [2, 8]


def test_no_source_folder_is_a_finding(tmp_path: Path) -> None:
    assert check(tmp_path / "nothing")[0][:2] == ("error", "The source folder does not exist")
    (tmp_path / "empty").mkdir()
    assert check(tmp_path / "empty")[0][:2] == ("error", "The source folder is empty")
