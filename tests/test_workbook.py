"""The workbook of a briefing holds its numbers as numbers, and shows every one as the screen does."""

import re
import time
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dashboard import text
from dashboard.reports import workbook, workbook_cells
from dashboard.reports.model import Briefing, Cell, Column, Figure, Table
from tests import briefings, office
from tests.spreadsheets import shown

TOP = workbook.HEAD + 1  # row of a figure's titles, as spreadsheets count
FIGURES = 3  # sheets before the first figure: cover, sentences, what was marked
HOSTILE = ("=1+1", "@SUM(A1)", "+1", "-1", "\t=1+1", "＝1+1", "<b>&amp;</b>", "https://host.invalid", "_x0041_", "12")


def read(briefing: Briefing) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook.write(briefing)))


def figure_sheet(figure: Figure, language: str = "zh") -> Worksheet:
    """Sheet of the only figure of a briefing."""
    plain = briefings.briefing(language)
    return read(replace(plain, sections=(replace(plain.sections[0], figures=(figure,)),))).worksheets[FIGURES]


def table_of(*cells: Cell) -> Figure:
    """A figure with a column of cells."""
    rows = tuple((briefings.word(f"第{at}行"), cell) for at, cell in enumerate(cells))
    columns = (Column("name", "名称", False), Column("value", "数值", True))
    return replace(briefings.figure("table"), table=Table(columns, rows))


def cell_of(value, kind: str) -> Cell:
    return Cell(value, kind, text.number(value, kind))


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_cell_of_every_figure_shows_what_the_model_shows(language) -> None:
    briefing = briefings.briefing(language)
    sheets = read(briefing).worksheets[FIGURES:]
    for (_section, figure), sheet in zip(briefing.figures, sheets, strict=False):
        titles = [sheet.cell(TOP, at + 1).value for at in range(len(figure.table.columns))]
        assert titles == [column.title for column in figure.table.columns]
        for row, cells in enumerate(figure.table.rows, start=TOP + 1):
            assert [shown(sheet.cell(row, at + 1)) for at in range(len(cells))] == [cell.shown for cell in cells]


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("share", (0.8123, 0.0625, 0.0005, 1.0, 0.0)),
        ("share_change", (0.015, -0.0123, 0.0004, -0.0004, 0.0)),
        ("score", (86.25, 100.0, 1234.56)),
        ("score_change", (3.14, -0.25, 0.04, 1234.5)),
        ("count", (0, 5, 1234567, 2.5)),
        ("count_change", (12, -1234, 0, 0.4)),
        ("decimal", (5, 2.35, 1234.5, 0.1)),
        ("total", (1.005, 86.125)),
        ("year", (1998.0, 2024)),
        ("date", (date(2024, 3, 5), datetime(2024, 3, 5, 8, 30))),
        ("month", (date(2024, 11, 1),)),
        ("quarter", (date(2024, 10, 1),)),
        ("half", (date(2024, 7, 1),)),
        ("moment", (datetime(2024, 3, 5, 8, 30),)),
    ],
)
def test_numbers_and_days_keep_their_type_and_show_the_digits_of_the_screen(kind, values, language) -> None:
    with text.speaking(language):
        cells = [cell_of(value, kind) for value in values]
    sheet = figure_sheet(table_of(*cells), language)
    for row, cell in enumerate(cells, start=TOP + 1):
        written = sheet.cell(row, 2)
        assert isinstance(written.value, int | float | datetime)
        assert shown(written) == cell.shown


def test_nothing_reported_zero_and_a_hidden_small_number_are_three_things() -> None:
    cells = (
        Cell(0, "count", "0"),
        Cell(None, "count", "—"),
        Cell("<5", "count", "<5"),
        Cell(float("nan"), "share", "—"),
    )
    sheet = figure_sheet(table_of(*cells))
    assert [sheet.cell(TOP + 1 + at, 2).value for at in range(4)] == [0, "—", "<5", "—"]


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_stays_text_everywhere(said) -> None:
    plain = briefings.briefing()
    figure = replace(table_of(Cell(said, "text", said)), title=said, note=said, unit=said)
    finding = replace(plain.findings[0], subject=said, owner=said, note=said)
    section = replace(plain.sections[0], heading=said, figures=(figure,))
    content = workbook.write(
        replace(plain, title=said, footer=said, label=said, sections=(section,), findings=(finding,))
    )
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert book.worksheets[FIGURES].cell(TOP + 1, 2).value == said
    assert {cell.hyperlink.target for cell in cells if cell.hyperlink} == {None}, "links lead to sheets only"


def test_characters_that_break_a_file_are_dropped_and_endless_text_is_cut() -> None:
    broken = "\x00a\x0b\ud800b\uffff\u202ec"
    briefing = briefings.briefing()
    figure = replace(table_of(briefings.word(broken), briefings.word("长" * 40_000)), title=broken, alt=broken)
    sheet = read(replace(briefing, title=broken, sections=(replace(briefing.sections[0], figures=(figure,)),)))
    values = sheet.worksheets[FIGURES]
    assert (sheet.worksheets[0]["A1"].value, values["A1"].value, values.cell(TOP + 1, 2).value) == ("abc",) * 3
    assert len(values.cell(TOP + 2, 2).value) == workbook_cells.MOST_LETTERS


def test_titles_stay_in_sight_filter_and_are_printed_on_every_page() -> None:
    for sheet in read(briefings.briefing()).worksheets[1:]:
        top = TOP if sheet["A1"].value.startswith("各区县") else 1
        assert sheet.freeze_panes == f"A{top + 1}", sheet.title
        assert sheet.auto_filter.ref.startswith(f"A{top}:"), sheet.title
        assert sheet.print_title_rows == f"${top}:${top}", sheet.title


def test_every_sheet_prints_on_a4_and_says_its_edition_and_that_data_are_synthetic() -> None:
    briefing = replace(briefings.briefing(), footer="A & B", label="合成 & 样例")
    for sheet in read(briefing).worksheets:
        assert int(sheet.page_setup.paperSize) == workbook_cells.A4
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.left.text == "A && B"
        assert sheet.oddHeader.right.text == "合成 && 样例"


def test_a_long_footer_is_cut_to_what_excel_takes() -> None:
    content = workbook.write(replace(briefings.briefing(), footer="很长" * 200 + "&"))
    with ZipFile(BytesIO(content)) as parts:
        footer = re.search("<oddFooter>(.*?)</oddFooter>", parts.read("xl/worksheets/sheet1.xml").decode())[1]
    assert footer.endswith("长") or footer.endswith("很")
    assert len(footer.replace("&amp;", "&")) <= workbook_cells.LONGEST_FOOTER


def test_sheet_names_are_different_and_allowed_whatever_the_titles_are() -> None:
    titles = ("'" * 40, "[a]:*?/\\", "长" * 40, "长" * 40, "\U0002a6a5" * 40, "", "History")
    figures = tuple(replace(briefings.figure("table"), title=title) for title in titles)
    briefing = briefings.briefing()
    names = workbook.sheet_names(replace(briefing, sections=(replace(briefing.sections[0], figures=figures),)))
    assert len({name.lower() for name in names}) == len(titles)
    assert all(len(name.encode("utf-16-le")) <= 62 and not re.search(r"[\[\]:*?/\\']", name) for name in names)
    assert read(replace(briefing, sections=(replace(briefing.sections[0], figures=figures),))).sheetnames[3:-2] == names


def charts(sheet: Worksheet) -> list:
    """The charts of a sheet with those drawn over them, as openpyxl reads them."""
    return [part for chart in sheet._charts for part in chart._charts]


def values_at(sheet: Worksheet, reference: str) -> list:
    """Values of the cells that a chart refers to; it has to refer to its own sheet."""
    name, _mark, cells = reference.rpartition("!")
    assert name.strip("'") == sheet.title
    return [cell.value for (cell,) in sheet[cells.replace("$", "")]]


@pytest.mark.parametrize("form", ["bar", "column", "line", "stacked", "doughnut", "scatter"])
def test_a_chart_is_native_and_fed_by_cells_of_its_sheet(form) -> None:
    figure = briefings.figure(form)
    sheet = figure_sheet(figure)
    drawn = [series for chart in charts(sheet) for series in chart.series]
    expected = [list(s.cells) for s in figure.chart.series]
    if form == "scatter":
        references = [drawn[0].xVal.numRef.f, drawn[0].yVal.numRef.f]
    else:
        references = [series.val.numRef.f for series in drawn]
        expected += [[figure.chart.target] * 3] if figure.chart.target else []
        assert values_at(sheet, drawn[0].cat.strRef.f) == list(figure.chart.categories)
    for reference, cells in zip(references, expected, strict=True):
        assert values_at(sheet, reference) == [cell.office_value for cell in cells], "not reported is a gap, not a word"


def test_a_chart_whose_numbers_are_not_in_the_table_brings_them_beside_it() -> None:
    figure = briefings.figure("column")
    sheet = figure_sheet(replace(figure, table=Table(figure.table.columns, figure.table.rows[:1])))
    (series, _target) = (series for chart in charts(sheet) for series in chart.series)
    assert values_at(sheet, series.cat.strRef.f) == list(figure.chart.categories)
    assert values_at(sheet, series.val.numRef.f) == [0.8123, 0.7, None]


def test_a_chart_keeps_clear_of_titles_and_filters_and_has_an_alternative_text() -> None:
    content = workbook.write(briefings.briefing())
    with ZipFile(BytesIO(content)) as parts:
        drawings = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/drawings/drawing")]
    assert len(drawings) == 6
    tops = [int(top) for drawing in drawings for top in re.findall("<xdr:from>.*?<xdr:row>(\\d+)<", drawing)]
    assert min(tops) > workbook.HEAD, "in the frozen row of titles a chart is cut, and printed on every page"
    assert all('editAs="absolute"' in drawing and 'descr="条形图"' in drawing for drawing in drawings)


def test_a_map_says_the_class_of_every_unit_and_tiles_say_their_judgement() -> None:
    sheet = figure_sheet(briefings.figure("map"))
    assert [sheet.cell(row, 4).value for row in range(TOP + 1, TOP + 4)] == ["75% 以上", "低于 75%", "未报"]
    assert [sheet.cell(row, 7).value for row in range(TOP + 1, TOP + 4)] == [1, 1, 1]
    sheet = figure_sheet(briefings.figure("tiles"))
    judged = [sheet.cell(row, 8).value for row in range(TOP + 1, TOP + 4)]
    assert judged == ["▲ 接近目标", "● 接近目标", "▲ 接近目标"]
    assert [shown(sheet.cell(row, 6)) for row in range(TOP + 1, TOP + 4)] == ["75.7%", "75.7%", "—"]


def test_the_cover_says_where_all_comes_from_and_leads_to_every_sheet() -> None:
    briefing = briefings.briefing()
    book = read(briefing)
    cover = book.worksheets[0]
    told = {row[0].value: row[1].value for row in cover.iter_rows()}
    assert told.items() >= dict(briefing.facts).items()
    assert briefing.label in told
    links = {cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in book.sheetnames[1:]}


def test_every_number_of_a_sentence_has_its_query_row_and_column() -> None:
    briefing = briefings.briefing()
    silent = replace(briefing.sections[0], sentences=(replace(briefing.sections[0].sentences[0], numbers=()),))
    rows = list(read(replace(briefing, sections=(*briefing.sections[:1], silent))).worksheets[1].values)
    sentence = briefing.sections[0].sentences[0].text
    assert rows[1][2:] == (sentence, "75.7%", 0.756742, "overview_metrics", "metric = ontime_close_rate", "value")
    assert rows[2][:4] == (2, silent.heading, sentence, None)


def test_what_was_marked_stands_with_its_number_then_and_now() -> None:
    briefing = briefings.briefing()
    late = replace(briefing.findings[0], is_overdue=True, now=None)
    sheet = read(replace(briefing, findings=(briefing.findings[0], late))).worksheets[2]
    first, second = list(sheet.iter_rows(min_row=2))
    assert [shown(cell) for cell in first][4] == "2025年3月31日"
    assert [shown(cell) for cell in first][7:9] == ["70.0%", "75.0%"]
    assert "逾期" in second[5].value
    assert second[8].value is None


def test_definitions_stand_once_and_every_figure_has_its_query_and_parameters() -> None:
    briefing = briefings.briefing()
    own = replace(briefings.SOURCE, parameters={**briefings.SOURCE.parameters, "metric": "满意率"})
    figure = replace(briefings.figure("table"), source=own)
    briefing = replace(briefing, sections=(*briefing.sections, replace(briefing.sections[0], figures=(figure,))))
    *_sheets, definitions, sources = read(briefing).worksheets
    assert list(definitions.values)[1:] == list(briefings.SOURCE.definitions)
    _titles, (*_empty, shared), *rows = sources.values
    assert shared == 'edition = "2024-12-31-00000000"; place = "tiny"'
    assert [row[1:3] for row in rows] == [(f.title, "overview_metrics") for _section, f in briefing.figures]
    assert [row[4] for row in rows[-2:]] == [None, 'metric = "满意率"']


def test_notes_for_the_presenter_stay_out() -> None:
    with ZipFile(BytesIO(workbook.write(briefings.briefing()))) as parts:
        assert not any("讲稿" in parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def test_an_empty_figure_and_an_empty_briefing_are_written() -> None:
    empty = replace(briefings.figure("bar"), table=Table(briefings.table().columns, ()), chart=None)
    with text.speaking("zh"):
        assert text._("Nothing is reported here.") in figure_sheet(empty)["A3"].value
    assert len(read(replace(briefings.briefing(), sections=(), findings=())).sheetnames) == 4


def test_a_hundred_thousand_rows_take_less_than_twenty_seconds() -> None:
    rows = tuple(
        (briefings.word(f"小区{at}"), briefings.share(at / 100_000), briefings.count(at)) for at in range(100_000)
    )
    briefing = briefings.briefing()
    figure = replace(briefings.figure("table"), table=Table(briefings.table().columns, rows))
    start = time.process_time()
    content = workbook.write(replace(briefing, sections=(replace(briefing.sections[0], figures=(figure,)),)))
    assert time.process_time() - start < 20
    with ZipFile(BytesIO(content)) as parts:
        assert parts.read(f"xl/worksheets/sheet{FIGURES + 1}.xml").count(b"<row ") == len(rows) + TOP


@office.needed
def test_libreoffice_opens_the_workbook_and_prints_every_sheet(tmp_path: Path) -> None:
    file = tmp_path / "briefing.xlsx"
    file.write_bytes(workbook.write(briefings.briefing()))
    said = office.words(office.to_pdf(file))
    for expected in ("党建引领小区治理工作汇报", "81.2%", "1,234", "=cmd()", "接近目标", "75% 以上", "2025年3月31日"):
        assert expected in said
