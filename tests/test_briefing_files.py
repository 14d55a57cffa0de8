"""One briefing on the screen, on slides, on paper and in a workbook: every number is the same, to the displayed digit."""

import json
import re
from collections import defaultdict
from functools import cache
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pptx
import pytest
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard import __main__ as commands
from dashboard import access, editions, text
from dashboard.reports import content, files, screen, storylines
from dashboard.reports.model import Briefing
from tests import places, tiny
from tests.spreadsheets import shown

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@cache
def told(_reader: access.Reader, language: str) -> Briefing:
    """What the reader of this moment is told; given, so that each is told once."""
    chosen = content.choice(tiny.PLACE, editions.current(tiny.PLACE), "", language)
    return content.fill(storylines.of_place(tiny.PLACE), chosen)


@pytest.fixture(scope="module", params=text.LANGUAGES)
def briefing(request, tiny_data) -> Briefing:
    return told(access.reader(), request.param)


def expected(briefing: Briefing) -> dict[str, set[str]]:
    """Heading of each section -> all numbers of its sentences and figures, as written."""
    found = defaultdict(set)
    for section in briefing.sections:
        found[section.heading] |= {n.shown for sentence in section.sentences for n in sentence.numbers}
        for figure in section.figures:
            for row in figure.table.rows:
                found[section.heading] |= {
                    cell.shown
                    for column, cell in zip(figure.table.columns, row, strict=True)
                    if column.is_number and cell.value is not None
                }
    return found


_written: dict[tuple[int, str], bytes] = {}


def written(briefing: Briefing, suffix: str) -> bytes:
    """A briefing that `told` keeps, as a file that several tests read."""
    key = id(briefing), suffix
    if key not in _written:
        _written[key] = files.write(briefing, suffix)
    return _written[key]


def on_screen(briefing: Briefing) -> dict[str, str]:
    with text.speaking(briefing.language):
        views = screen.views(briefing)["views"]
    return {view["heading"]: unescape(json.dumps(view, ensure_ascii=False)) for view in views}


def workbook_words(blob: bytes) -> list[str]:
    """What a spreadsheet program shows of the workbook inside a chart."""
    sheet = openpyxl.load_workbook(BytesIO(blob)).active
    return [shown(cell) for row in sheet.iter_rows() for cell in row]


def on_slides(briefing: Briefing) -> dict[str, str]:
    found = defaultdict(list)
    more = re.compile(r"（续）$| \(cont\.\)$")
    for slide in pptx.Presentation(BytesIO(written(briefing, "pptx"))).slides:
        title = more.sub("", slide.shapes.title.text_frame.text) if slide.shapes.title else ""
        stack = list(slide.shapes)
        while stack:
            shape = stack.pop()
            if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                stack += list(shape.shapes)
            elif shape.has_chart:
                found[title] += workbook_words(shape.chart.part.chart_workbook.xlsx_part.blob)
            elif shape.has_table:
                found[title] += [cell.text for row in shape.table.rows for cell in row.cells]
            elif shape.has_text_frame:
                found[title].append(shape.text_frame.text)
    return {title: "\n".join(words) for title, words in found.items()}


def on_paper(briefing: Briefing) -> dict[str, str]:
    with ZipFile(BytesIO(written(briefing, "docx"))) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
        links = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        targets = {link.get("Id"): link.get("Target").lstrip("/").removeprefix("word/") for link in links}
        found, headings, heading = defaultdict(list), {section.heading for section in briefing.sections}, ""
        for element in body:
            words = "".join(each.text or "" for each in element.iter(f"{W}t"))
            heading = words.strip() if words.strip() in headings else heading
            found[heading] += ["".join(t.text or "" for t in each.iter(f"{W}t")) for each in element.iter(f"{W}p")]
            for chart in element.iter(f"{C}chart"):
                name = targets[chart.get(f"{R}id")].rpartition("/")[2]
                inner = etree.fromstring(package.read(f"word/charts/_rels/{name}.rels"))
                book = next(link.get("Target") for link in inner if link.get("Target").endswith(".xlsx"))
                found[heading] += workbook_words(package.read(f"word/embeddings/{book.rpartition('/')[2]}"))
    return {title: "\n".join(words) for title, words in found.items()}


def in_sheets(briefing: Briefing) -> dict[str, str]:
    book = openpyxl.load_workbook(BytesIO(written(briefing, "xlsx")))
    told = "\n".join(shown(cell) for row in book.worksheets[1].iter_rows() for cell in row)
    sheets = iter([sheet for sheet in book.worksheets if re.match(r"\d\d ", sheet.title)])
    found = {}
    for section in briefing.sections:
        cells = [cell for _figure in section.figures for row in next(sheets).iter_rows() for cell in row]
        found[section.heading] = "\n".join([told, *map(shown, cells)])
    return found


@pytest.mark.parametrize("read", [on_screen, on_slides, on_paper, in_sheets])
def test_every_number_is_the_same_on_screen_slides_paper_and_sheets(briefing: Briefing, read) -> None:
    found = read(briefing)
    numbers = expected(briefing)
    assert sum(map(len, numbers.values())) > 150
    missing = {title: {n for n in each if n not in found.get(title, "")} for title, each in numbers.items()}
    assert not {title: each for title, each in missing.items() if each}


@pytest.mark.parametrize("read", [on_screen, on_slides, on_paper, in_sheets])
def test_every_output_says_its_edition_and_that_the_data_are_synthetic(briefing: Briefing, read) -> None:
    if read is on_screen:
        with text.speaking(briefing.language):
            said = json.dumps(screen.views(briefing), ensure_ascii=False)
    elif read is in_sheets:
        book = openpyxl.load_workbook(BytesIO(written(briefing, "xlsx")))
        said = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    else:
        said = "\n".join(read(briefing).values())
    assert briefing.edition in said and briefing.label in said


@pytest.mark.parametrize("read", [on_screen, on_slides, on_paper, in_sheets])
def test_a_limited_reader_gets_no_word_of_another_district_and_nobody_a_member(read, tiny_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    said = "\n".join(read(told(access.reader(), "zh")).values())
    assert "西区" in said
    assert not [name for name in places.EAST_NAMES if name in said]
    assert not re.search(r"[张李王赵]\*+|\bM\d\d\b", said)


def test_a_file_about_members_is_logged(tiny_data, tmp_path) -> None:
    log = tiny_data / tiny.PLACE / "exports.log"
    before = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    commands.main(["report", "--place", tiny.PLACE, "--format", "xlsx", "--out", str(tmp_path / "r.xlsx")])
    (line,) = log.read_text(encoding="utf-8").splitlines()[len(before) :]
    assert json.loads(line)["format"] == "xlsx" and "pioneer_categories" in json.loads(line)["query"]


@pytest.mark.parametrize("suffix", list(files.FORMATS))
def test_the_command_line_writes_each_file(suffix: str, tiny_data, tmp_path) -> None:
    out = tmp_path / "new" / f"report.{suffix}"
    words = ["report", "--place", tiny.PLACE, "--format", suffix, "--language", "en", "--out", str(out)]
    assert commands.main(words) == 0
    with ZipFile(out) as package:
        assert package.testzip() is None
    assert [each.name for each in out.parent.iterdir()] == [out.name]


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--briefing", "no such"], "no such"),
        (["--edition", "2020-01-01-00000000"], "2020-01-01-00000000"),
        (["--period", "1999Q1"], "1999Q1"),
    ],
)
def test_what_cannot_be_written_is_one_sentence_and_leaves_the_old_file(extra, said, tiny_data, tmp_path, capsys) -> None:
    out = tmp_path / "report.pptx"
    out.write_text("the old one")
    assert commands.main(["report", "--place", tiny.PLACE, *extra, "--out", str(out)]) == 1
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error and len(error.splitlines()) == 1
    assert out.read_text() == "the old one"
