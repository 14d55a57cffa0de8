"""The written report: a page after GB/T 9704, every number of the briefing, nothing that a program has to repair."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from dashboard import text
from dashboard.reports import document
from dashboard.reports.document import look, word
from dashboard.reports.model import Briefing, Cell, Chart, Column, Figure, Series, Table
from tests import briefings, office

HOSTILE = '\x00\x0b\ud800<w:t>&"\'</w:t>\u202e=HYPERLINK("x")\ufffe' + "𠮷"
HARMLESS = '<w:t>&"\'</w:t>=HYPERLINK("x")𠮷'
W = f"{{{word.NAMESPACES['w']}}}"


@cache
def written(language: str = "zh") -> bytes:
    return document.write(briefings.briefing(language))


def opened(file: bytes):
    return docx.Document(BytesIO(file))


def of(*figures: Figure) -> Briefing:
    """A briefing whose only section has these figures."""
    plain = briefings.briefing()
    return replace(plain, sections=(replace(plain.sections[0], figures=figures),), findings=())


def parts(file: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def body(file: bytes) -> etree._Element:
    return etree.fromstring(parts(file)["word/document.xml"])


def words(file: bytes) -> str:
    """All text of the body, a line for each paragraph."""
    lines = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in body(file).iter(f"{W}p"))
    return "\n".join(lines)


def sheets(file: bytes) -> list[list[tuple]]:
    """Rows of the workbook of each chart, in the order of the charts."""
    found = parts(file)
    names = sorted((n for n in found if n.endswith(".xlsx")), key=lambda n: int(re.findall(r"\d+", n)[-1]))
    return [list(openpyxl.load_workbook(BytesIO(found[name])).active.iter_rows(values_only=True)) for name in names]


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_number_of_the_briefing_is_in_the_report(language) -> None:
    briefing, file = briefings.briefing(language), written(language)
    said, books = words(file), iter(sheets(file))
    for section, figure in briefing.figures:
        assert all(sentence.text in said for sentence in section.sentences)
        assert all(tile.cell.shown in said and tile.target.shown in said for tile in figure.tiles)
        if figure.chart is None:
            assert all(cell.shown in said for row in figure.table.rows for cell in row)
            continue
        rows = next(books)[1:]
        columns = list(zip(*rows, strict=True))[0 if figure.form == "scatter" else 1 :]
        for series, column in zip(figure.chart.series, columns, strict=False):
            assert list(column) == [cell.office_value for cell in series.cells]
    (finding,) = briefing.findings
    assert all(shown in said for shown in (finding.then.shown, finding.now.shown, finding.deadline_shown))


def test_the_page_is_that_of_the_standard() -> None:
    made = opened(written())
    for section in made.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
        assert [round(margin.mm, 1) for margin in margins] == [37.0, 28.0, 26.0, 35.0]
        assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"
    line = made.styles["Normal"].paragraph_format
    assert abs(22 * line.line_spacing.pt - Mm(225).pt) < 1
    letter = 16 + int(made.styles.element.xpath("w:docDefaults//w:rPr/w:spacing/@w:val")[0]) / 20
    assert Mm(156).pt - letter < 28 * letter <= Mm(156).pt


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("Title", "FZXiaoBiaoSong-B05S", 22),
        ("Heading 1", "SimHei", 16),
        ("Heading 2", "KaiTi", 16),
        ("Heading 3", "FangSong", 16),
    ],
)
def test_type_is_that_of_the_standard(style, face, size) -> None:
    made = opened(written()).styles[style]
    assert made.element.rPr.rFonts.get(qn("w:eastAsia")) == face
    assert made.font.size.pt == size


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_font_has_one_that_stands_in_for_it(language) -> None:
    found = parts(written(language))
    used = set(
        re.findall(rb'w:(?:ascii|hAnsi|eastAsia|cs)="([^"]+)"', found["word/document.xml"] + found["word/styles.xml"])
    )
    fonts = etree.fromstring(found["word/fontTable.xml"]).iter(f"{W}font")
    fallbacks = {font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val") for font in fonts}
    assert used - {b"zh-CN"} <= {name.encode() for name in fallbacks}
    assert all(name != fallback for name, fallback in fallbacks.items())


@pytest.mark.parametrize(
    ("language", "forms", "texts"),
    [
        ("zh", ["chineseCountingThousand", "chineseCountingThousand", "decimal"], ["%1、", "（%2）", "%3．"]),
        ("en", ["decimal"] * 3, ["%1", "%1.%2", "%1.%2.%3"]),
    ],
)
def test_headings_are_numbered_by_word_itself(language, forms, texts) -> None:
    found = parts(written(language))
    levels = etree.fromstring(found["word/numbering.xml"]).findall(f".//{W}lvl")
    assert [level.find(f"{W}numFmt").get(f"{W}val") for level in levels] == forms
    assert [level.find(f"{W}lvlText").get(f"{W}val") for level in levels] == texts
    styles = opened(written(language)).styles
    for place, level in enumerate(levels):
        style = styles[f"Heading {place + 1}"]
        assert level.find(f"{W}pStyle").get(f"{W}val") == style.style_id
        assert style.element.pPr.numPr.ilvl.val == place


def test_the_contents_name_every_heading_with_its_number_and_lead_to_it() -> None:
    made = opened(written())
    entries = [p for p in made.paragraphs if p.style.name.startswith("toc ")]
    said = ["".join(t.text for t in p._p.iter(f"{W}t") if t.text) for p in entries]
    assert said[:5] == ["一、总体情况", "（一）第0节", "（二）第1节", "（三）第2节", "二、诉求办理"]
    assert said[5] == "（一）第3节" and said[-1] == "附录3　正文数字出处"
    marks = {mark.get(f"{W}name"): mark.getparent() for mark in made.element.iter(f"{W}bookmarkStart")}
    for entry, shown in zip(entries, said, strict=True):
        (link,) = entry._p.iter(f"{W}hyperlink")
        heading = "".join(t.text for t in marks[link.get(f"{W}anchor")].iter(f"{W}t"))
        assert shown.endswith(heading)
        assert f" PAGEREF {link.get(f'{W}anchor')} \\h " in [i.text for i in entry._p.iter(f"{W}instrText")]
    fields = [i.text for i in made.element.iter(f"{W}instrText")]
    assert sum(field.startswith(" TOC ") for field in fields) == 1
    kinds = [mark.get(f"{W}fldCharType") for mark in made.element.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(fields)


def test_opening_the_report_asks_nothing() -> None:
    """Word asks about "other files" where a file tells it to update fields."""
    found = parts(written())
    assert b"updateFields" not in found["word/settings.xml"] and b"w:dirty" not in found["word/document.xml"]
    assert not [name for name in found if b'TargetMode="External"' in found[name]]


def test_headings_count_past_ten() -> None:
    with text.speaking("zh"):
        assert [look.numeral(count) for count in (1, 10, 11, 20, 42)] == ["一", "十", "十一", "二十", "四十二"]


def test_page_numbers_stand_outside_between_dashes_and_the_cover_has_none() -> None:
    made = opened(written())
    assert made.settings.odd_and_even_pages_header_footer
    cover, rest = made.sections
    assert cover._sectPr.find(qn("w:footerReference")) is None
    for footer, side in ((rest.footer, "right"), (rest.even_page_footer, "left")):
        number, identity = footer.paragraphs
        assert number._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert number.text == "— 1 —" and number._p.xpath(".//w:instrText")[0].text == " PAGE "
        assert identity.text == briefings.briefing().footer


def test_the_cover_says_what_when_where_and_of_which_edition() -> None:
    briefing = briefings.briefing()
    cover = words(written()).partition("目录")[0]
    for said in (briefing.title, briefing.subtitle, briefing.place, briefing.edition, briefing.label, "2025年1月6日"):
        assert said in cover
    properties = opened(written()).core_properties
    assert (properties.title, properties.author, properties.language) == (briefing.title, briefing.place, "zh-CN")
    assert properties.created.isoformat()[:16] == "2025-01-06T09:00"


@pytest.mark.parametrize(("language", "figure", "table"), [("zh", "图", "表"), ("en", "Figure ", "Table ")])
def test_captions_are_numbered_one_after_the_other(language, figure, table) -> None:
    captions = [p for p in opened(written(language)).paragraphs if p.style.name == "Caption"]
    for word_of, count in ((figure, 7), (table, 3)):
        found = [p for p in captions if p.text.startswith(word_of)]
        assert [re.findall(r"\d+", p.text)[0] for p in found] == [str(n + 1) for n in range(count)]
        assert all(f"SEQ {word_of.strip()} " in p._p.xpath(".//w:instrText")[0].text for p in found)


def test_charts_can_be_edited_and_say_what_they_show() -> None:
    found = parts(written())
    charts = [name for name in found if name.startswith("word/charts/chart")]
    assert len(charts) == 6
    assert not [name for name in found if name.startswith("word/media")]
    for name in charts:
        space = etree.fromstring(found[name])
        relation = space.find(f"{{{word.NAMESPACES['c']}}}externalData").get(f"{{{word.NAMESPACES['r']}}}id")
        relations = found[f"word/charts/_rels/{name.rpartition('/')[2]}.rels"].decode()
        assert f'Id="{relation}"' in relations and "embeddings/" in relations
    drawings = [node.get("descr") for node in body(written()).iter(f"{{{word.NAMESPACES['wp']}}}docPr")]
    assert drawings == ["条形图"] * 7


def test_narrow_charts_of_a_section_stand_side_by_side_and_keep_their_captions() -> None:
    file = document.write(of(briefings.figure("doughnut"), briefings.figure("bar"), briefings.figure("stacked")))
    (pair,) = (table for table in body(file).iter(f"{W}tbl") if table.find(f".//{W}drawing") is not None)
    cells = [cell for cell in pair.iter(f"{W}tc") if cell.find(f".//{W}drawing") is not None]
    assert ["".join(cell.itertext()).count("按期结案率(") for cell in cells] == [1, 1]
    assert pair.find(f"{W}tblPr/{W}tblBorders") is None and pair.find(f".//{W}cantSplit") is not None
    assert len(body(file).findall(f".//{W}drawing")) == 3


def test_charts_are_as_wide_to_their_height_as_libreoffice_draws_them() -> None:
    """LibreOffice draws all but the last 20 charts of a text in 16:9 and stretches them to their frames."""
    extents = [
        (int(node.get("cx")), int(node.get("cy")))
        for form in ("bar", "column", "line", "stacked", "doughnut", "scatter")
        for node in body(document.write(of(briefings.figure(form)))).iter(f"{{{word.NAMESPACES['wp']}}}extent")
    ]
    assert len(extents) == 6 and all(abs(9 * wide - 16 * high) < 0.01 * wide for wide, high in extents)


def test_a_short_table_is_not_torn_and_a_long_one_may_be() -> None:
    plain = briefings.figure("table")
    for times, is_kept in ((1, True), (9, False)):
        made = body(document.write(of(replace(plain, table=replace(plain.table, rows=plain.table.rows * times)))))
        (table,) = (each for each in made.iter(f"{W}tbl") if "澜桥区" in "".join(each.itertext()))
        rows = [row.find(f".//{W}keepNext") is not None for row in table.iter(f"{W}tr")]
        assert rows[0] and not rows[-1] and all(rows[1:-1]) is is_kept


def test_a_map_is_a_group_of_shapes_in_the_colours_of_its_legend() -> None:
    root = body(document.write(of(briefings.figure("map"))))
    shapes = {
        node.find("wps:cNvPr", word.NAMESPACES).get("descr"): node
        for node in root.iter(f"{{{word.NAMESPACES['wps']}}}wsp")
    }
    fills = {"澜桥区：81.2%": "2166AC", "鹭汀区：70.0%": "B2182B"}
    for name, colour in fills.items():
        form = shapes[name].find("wps:spPr", word.NAMESPACES)
        assert form.find("a:custGeom", word.NAMESPACES) is not None
        assert form.find("a:solidFill/a:srgbClr", word.NAMESPACES).get("val") == colour
    unreported = shapes["=cmd()：—"].find("wps:spPr", word.NAMESPACES)
    assert unreported.find("a:pattFill", word.NAMESPACES) is not None
    numbers = [node.get("id") for node in root.iter() if node.tag.endswith(("docPr", "}cNvPr"))]
    assert len(numbers) == len(set(numbers))


def test_a_judgement_is_a_sign_and_a_word_beside_its_colour() -> None:
    said = words(document.write(of(briefings.figure("tiles"))))
    assert "▲ 接近目标" in said and "● 接近目标" in said


def test_hostile_names_are_words_and_break_nothing() -> None:
    def hostile(figure: Figure) -> Figure:
        rows = tuple((replace(row[0], shown=HOSTILE), *row[1:]) for row in figure.table.rows)
        made = replace(figure, title=HOSTILE, alt=HOSTILE, note=HOSTILE, table=replace(figure.table, rows=rows))
        if made.chart:
            series = tuple(replace(series, name=HOSTILE) for series in made.chart.series)
            categories = (HOSTILE, "=1+1", "https://host.invalid")
            made = replace(made, chart=replace(made.chart, series=series, categories=categories))
        if made.drawing:
            areas = tuple(replace(area, name=HOSTILE) for area in made.drawing.areas)
            made = replace(made, drawing=replace(made.drawing, areas=areas))
        return made

    forms = ("tiles", "map", "bar", "scatter", "doughnut", "table")
    briefing = of(*(hostile(briefings.figure(form)) for form in forms))
    (section,) = briefing.sections
    section = replace(
        section, heading=HOSTILE, chapter=HOSTILE, sentences=(replace(section.sentences[0], text=HOSTILE),)
    )
    file = document.write(replace(briefing, title=HOSTILE, footer=HOSTILE, label=HOSTILE, sections=(section,)))
    for name, part in parts(file).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
    assert opened(file).core_properties.title == HARMLESS
    assert words(file).count(HARMLESS) >= 12
    for rows in sheets(file):
        named = [value for row in rows for value in row if isinstance(value, str)]
        assert "=1+1" in named and HARMLESS in named
    for name, part in parts(file).items():
        if name.endswith(".xlsx"):
            assert b"<f>" not in parts(part)["xl/worksheets/sheet1.xml"]


def test_tables_keep_inside_the_type_area_and_repeat_their_head() -> None:
    columns = (Column("name", "名称", False), *(Column(f"c{n}", f"第{n}项指标", True) for n in range(1, 6)))
    row = (briefings.word("a_word_that_is_longer_than_any_column_could_be" * 3), *[briefings.count(1234567)] * 5)
    wide = replace(briefings.figure("table"), table=Table(columns, (row,) * 3))
    crowded = replace(
        wide, table=Table(tuple(Column(f"c{n}", f"第{n}项", True) for n in range(14)), (tuple([row[1]] * 14),))
    )
    for file in (written(), written("en"), document.write(of(wide, crowded))):
        for table in body(file).iter(f"{W}tbl"):
            widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
            assert sum(widths) <= Mm(156).pt * 20 + len(widths)
            is_cover = table.getprevious().find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Subtitle"
            assert len(table.findall(f".//{W}tblHeader")) == (0 if is_cover else 1)


def test_a_long_table_says_how_much_of_it_is_printed() -> None:
    plain = briefings.figure("table")
    file = document.write(of(replace(plain, table=replace(plain.table, rows=plain.table.rows * 100))))
    assert "共 300 行，此处列出前 200 行" in words(file)


def test_bars_too_many_to_name_are_a_table() -> None:
    names = tuple(f"第{n}街道" for n in range(60))
    cells = tuple(briefings.share(n / 60) for n in range(60))
    table = Table(briefings.table().columns[:2], tuple(zip(map(briefings.word, names), cells, strict=True)))
    chart = Chart("bar", names, (Series("按期结案率", cells, "#0072b2"),), "share", "按期结案率")
    file = document.write(of(replace(briefings.figure("bar"), table=table, chart=chart)))
    assert not sheets(file)
    assert all(name in words(file) for name in names)


def test_a_figure_without_rows_says_so() -> None:
    plain = briefings.figure("table")
    said = words(document.write(of(replace(plain, table=Table(plain.table.columns, ())))))
    assert f"{plain.title}：所选范围内无数据。" in said


def test_a_chapter_of_one_section_of_its_name_has_one_heading() -> None:
    (section,) = of(briefings.figure("table")).sections
    briefing = replace(of(), sections=(replace(section, chapter="总体情况", heading="总体情况"),))
    headings = [p for p in opened(document.write(briefing)).paragraphs if p.style.name.startswith("Heading")]
    assert [p.text for p in headings] == ["总体情况"]


def test_what_the_numbers_come_from_stands_at_the_end_once() -> None:
    appendix = words(written()).rpartition("附录1")[2]
    assert appendix.count("按期结案件数 ÷ 应结案件数。") == 1
    assert appendix.count("overview_metrics") == 9 + 9, "nine figures, and a number in each of nine sections"
    assert "第4节\n75.7% = overview_metrics.value (metric=ontime_close_rate)\n" in appendix


def test_a_target_is_a_series_of_columns_and_lines_and_drawn_across_bars() -> None:
    for form, is_series, is_drawn in (
        ("bar", False, True),
        ("column", True, False),
        ("line", True, False),
        ("stacked", False, False),
    ):
        figure = briefings.figure(form)
        chart = replace(figure.chart, target=Cell(0.8, "share", "80.0%"))
        file = document.write(of(replace(figure, chart=chart)))
        (rows,) = sheets(file)
        assert ("目标 80.0%" in rows[0]) is is_series
        drawn = [part.decode() for name, part in parts(file).items() if name.startswith("word/drawings/drawing")]
        assert ["目标 80.0%" in each for each in drawn] == [True] * is_drawn


@office.needed
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_libreoffice_reads_the_report_and_finds_its_pages(language, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(written(language))
    pdf = office.to_pdf(file)
    pages = [re.sub(r"[^\S\n]", "", page) for page in office.words(pdf).split("\f")[:-1]]
    assert 8 <= len(pages) <= 12
    assert all(pages)
    assert not re.search("[\ufffd\u25a1]", "".join(pages))
    # The contents name a page for every heading, and there it stands.
    headings = [p for p in opened(written(language)).paragraphs if p.style.name in ("Heading 1", "Appendix heading")]
    for heading in headings:
        name = "".join(heading.text.split())
        named = int(re.findall(rf"{re.escape(name)}(\d+)$", pages[1], re.MULTILINE)[0])
        assert name in pages[named - 1] and f"—{named}—" in pages[named - 1]
