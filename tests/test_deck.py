"""The PowerPoint deck: every number on it, nothing beside or above another thing, and all of it to be edited."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard import text
from dashboard.reports import deck
from dashboard.reports.deck import contents, master, planning, tables
from dashboard.reports.model import Area, Briefing, Cell, Chart, Column, Drawing, Entry, Figure, Section, Series, Table
from dashboard.reports.office import fitting, maps, room, targets
from dashboard.reports.office.chart_data import is_lying
from dashboard.reports.office.fitting import Box
from tests import briefings, office

FORMS = ("tiles", "map", "bar", "column", "line", "stacked", "doughnut", "scatter", "table")
LONG = "澜桥区按期结案率比上年同期提高1.5个百分点,距离目标还差4.3个百分点,主要原因是返工件较多、夜间派单不及时。"
WORDY = "The on-time closing rate of the district rose by 1.5 percentage points and is 4.3 points short of its target. "
HOSTILE = '\x00\x0b\ud800<a:t>&"\'</a:t>\u202e=HYPERLINK("x")' + "\ufffe𠮷"


def written(briefing: Briefing):
    with text.speaking(briefing.language):
        return Presentation(BytesIO(deck.write(briefing)))


def of(*sections: Section) -> Briefing:
    return replace(briefings.briefing(), sections=sections, findings=())


def section(*figures: Figure, count: int = 1, words: str = LONG, code: str = "s") -> Section:
    (first, *_rest) = briefings.briefing().sections
    (sentence,) = first.sentences
    return Section(code, "总体情况", "各区县", (replace(sentence, text=words),) * count, figures, "讲稿。")


def table(rows: int, columns: int = 3, words: str = "鹭汀区") -> Figure:
    head = (Column("name", "区县", False), *(Column(f"c{n}", f"第{n}项指标", True) for n in range(1, columns)))
    lines = (
        (briefings.word(words), *(briefings.count(1000 * row + n) for n in range(1, columns))) for row in range(rows)
    )
    return replace(briefings.figure("table"), table=Table(head, tuple(lines)))


def hard() -> Briefing:
    """Sections that need every way of laying out a slide."""
    names = tuple(f"{name}{n}" for n in range(1, 5) for name in ("澜桥区", "Lanqiao Subdistrict ", "枫屿"))
    cells = tuple(briefings.share(n / 15) for n in range(12))
    many = Chart("bar", names, (Series("按期结案率", cells, "#0072b2"),), "share", "按期结案率")
    wide_chart = replace(briefings.figure("bar"), chart=many)
    tiles = briefings.figure("tiles")
    eight = replace(tiles, tiles=(tiles.tiles * 3)[:8])
    long = replace(
        tiles.tiles[0], title=WORDY, changes=(LONG, WORDY), cell=Cell(1e12, "count", "1,000,000,000,000,000")
    )
    note = LONG * 4
    cases = [
        section(count=5),
        section(count=5, words=LONG * 5),
        section(count=2, words="字" * 3000),
        section(tiles, count=3),
        section(eight, count=4),
        section(eight, briefings.figure("bar"), count=0),
        section(tiles, briefings.figure("line"), count=2),
        section(replace(tiles, tiles=(long,) * 3), count=1),
        section(briefings.figure("map"), briefings.figure("bar"), count=2),
        section(briefings.figure("map"), count=5, words=WORDY),
        section(wide_chart, briefings.figure("doughnut"), briefings.figure("line"), count=1),
        section(replace(briefings.figure("column"), title=LONG * 2, note=note), count=5),
        section(table(9, 12), count=2),
        section(table(60), count=1),
        section(table(200, 4), count=1),
        section(table(5, 22), count=0),
        section(table(6, 3, WORDY * 3), table(4), count=1),
        section(replace(table(0), title="Nothing"), count=1),
    ]
    sections = tuple(replace(case, code=f"s{n}", heading=f"{n} {case.heading}") for n, case in enumerate(cases))
    titled = (replace(section(count=1), code="long", heading=LONG * 3), replace(section(), code="none", sentences=()))
    base = briefings.briefing()
    finding = replace(base.findings[0], is_overdue=True, subject=LONG, then=None)
    return replace(base, sections=(*sections, *titled), findings=(finding,) * 14, footer=base.footer * 6)


def shapes(holder) -> Iterator:
    for shape in holder:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from shapes(shape.shapes)


def shown(slide) -> str:
    """All words and chart labels' numbers of a slide, as they are read."""
    found = []
    for shape in shapes(slide.shapes):
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if getattr(shape, "has_table", False) and shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def charts(holder) -> Iterator:
    return (shape.chart for shape in holder.shapes if shape.has_chart)


def sheet(chart) -> list[tuple]:
    """Rows of the workbook inside a chart."""
    book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return list(book.active.iter_rows(values_only=True))


def box(shape) -> Box:
    return Box(*(side / 12700 for side in (shape.left, shape.top, shape.width, shape.height)))


@pytest.fixture(scope="module")
def plain():
    return written(briefings.briefing())


@pytest.fixture(scope="module")
def crowded():
    return written(hard())


def test_every_number_of_the_briefing_is_on_a_slide_or_in_its_chart(plain) -> None:
    for place, each in enumerate(briefings.briefing().sections, start=2):
        slide = plain.slides[place]
        seen = shown(slide)
        (figure,) = each.figures
        assert each.heading in seen and each.sentences[0].text in seen
        if figure.chart:
            (chart,) = charts(slide)
            values = [value for row in sheet(chart)[1:] for value in row]
            assert all(c.value is None or c.value in values for series in figure.chart.series for c in series.cells)
        elif figure.form == "tiles":
            assert all(tile.cell.shown in seen and tile.target.shown in seen for tile in figure.tiles)
        elif figure.form == "map":
            assert all(area.cell.shown in seen and area.name in seen for area in figure.drawing.areas)
        else:
            assert all(cell.shown in seen for row in figure.table.rows for cell in row)


def test_a_chart_carries_its_numbers_in_the_format_of_their_kind(plain) -> None:
    (chart,) = charts(plain.slides[4])
    rows = sheet(chart)
    assert rows[0][1] == "按期结案率" and rows[1:] == [("澜桥区", 0.8123), ("鹭汀区", 0.7), ("=cmd()", None)]
    (column,) = charts(plain.slides[5])
    assert [row[2] for row in sheet(column)[1:]] == [0.8] * 3 and "80.0%" in sheet(column)[0][2]
    assert {code.text for code in chart._chartSpace.iter(qn("c:formatCode"))} == {"0.0%"}


def drawn_on(chart):
    """The shapes that lie on a chart, as XML; none where there is no such part."""
    referred = chart._chartSpace.find(qn("c:userShapes"))
    return None if referred is None else etree.fromstring(chart.part.related_part(referred.get(qn("r:id"))).blob)


def test_the_target_of_lying_bars_is_one_line_where_its_value_lies(plain) -> None:
    (chart,) = charts(plain.slides[4])
    shapes_ = drawn_on(chart)
    line, label = shapes_.findall("{*}relSizeAnchor")
    assert "".join(label.itertext()).endswith("目标 80.0%") and line.find("{*}cxnSp") is not None
    layout = chart._chartSpace.find(f".//{qn('c:plotArea')}/{qn('c:layout')}/{qn('c:manualLayout')}")
    place = {child.tag.rpartition("}")[2]: child.get("val") for child in layout}
    assert place["layoutTarget"] == "inner"
    low, high = chart.value_axis.minimum_scale, chart.value_axis.maximum_scale
    expected = float(place["x"]) + float(place["w"]) * (0.8 - low) / (high - low)
    ends = [float(line.find(f"{{*}}{name}/{{*}}x").text) for name in ("from", "to")]
    assert ends == pytest.approx([expected] * 2, abs=1e-4)
    assert low == 0 and high > 0.8123


def test_no_number_lies_on_the_line_of_a_target() -> None:
    names, goal = tuple(f"第{n}区" for n in range(10)), briefings.share(0.5)
    cells = tuple(briefings.share(0.3 + n / 25) for n in range(10))
    chart = Chart("bar", names, (Series("按期结案率", cells, "#0072b2"),), "share", "按期结案率", goal)
    drawn = written(of(section(replace(briefings.figure("bar"), chart=chart))))
    (made,) = charts(drawn.slides[2])
    frame = next(shape for shape in drawn.slides[2].shapes if shape.has_chart)
    size, type_ = (frame.width / 12700, frame.height / 12700), made.font.size.pt
    body, scale = room.plot(chart, size, type_), room.scale(chart, size, type_)
    line, sides = targets.place(chart, size, type_), []
    for at, cell in enumerate(cells):
        end, number = body.left + body.width * scale.part(cell.value), fitting.width(cell.shown, type_)
        own = made.plots[0].series[0].points[at].data_label
        is_inside = own.position is not None and own.position.name == "INSIDE_END"
        left, right = (end - number, end) if is_inside else (end, end + number)
        assert not left < line < right, cell.shown
        sides.append(is_inside)
    assert True in sides and False in sides


def test_months_on_an_axis_stand_level_and_not_all_of_them() -> None:
    names = tuple(f"{2023 + n // 12}年{n % 12 + 1}月" for n in range(24))
    series = tuple(
        Series(name, tuple(briefings.share(level + n / 1000) for n in range(24)), "#0072b2")
        for name, level in (("满意率", 0.81), ("按期结案率", 0.812))
    )
    chart = Chart("line", names, series, "share", "满意率")
    figure = replace(briefings.figure("line"), chart=chart)
    (made, _bars) = charts(written(of(section(figure, briefings.figure("bar")))).slides[2])
    axis = made.category_axis._element
    assert int(axis.find(qn("c:tickLblSkip")).get("val")) in (3, 4, 6)
    assert abs(int(axis.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").get("rot"))) < 1_000, "a 60th of a degree"
    assert made.value_axis.minimum_scale > 0.5, "a narrow band of shares is not pressed flat"
    sides = [series._element.findall(f".//{qn('c:dLblPos')}")[0].get("val") for series in made.plots[0].series]
    assert sorted(sides) == ["r", "t"], "the last numbers of close lines stand apart"


@pytest.mark.parametrize(
    ("ends", "sides"), [([50.0], "r"), ([50.0, 30.0], "rr"), ([46.0, 50.0], "rt"), ([50.0, 46.0, 42.0], "trb")]
)
def test_numbers_at_the_ends_of_lines_keep_apart(ends, sides) -> None:
    assert "".join(room.spread(ends, 15, "t" * len(ends))) == sides


def test_columns_whose_names_are_too_long_lie() -> None:
    names = tuple(f"Lanqiao Subdistrict of the river bend {n}" for n in range(8))
    chart = replace(
        briefings.figure("column").chart,
        categories=names,
        series=(Series("n", (briefings.count(3),) * 8, "#0072b2"),),
        target=None,
        kind="count",
    )
    assert is_lying(chart, 400) and not is_lying(replace(chart, categories=tuple("ABCDEFGH")), 400)


PAIRS = [
    ("bar", "stacked"),
    ("table", "bar"),
    ("table", "table"),
    ("line", "table"),
    ("doughnut", "bar"),
    ("map", "bar"),
]


@pytest.mark.parametrize("forms", PAIRS)
def test_a_section_of_two_figures_is_one_slide(forms) -> None:
    names = tuple(f"澜桥{n}区" for n in range(12))
    cells = tuple(briefings.share(n / 15) for n in range(12))
    many = Chart("bar", names, (Series("按期结案率", cells, "#0072b2"),), "share", "按期结案率", briefings.share(0.5))
    figures = {"table": table(8, 5), "bar": replace(briefings.figure("bar"), chart=many)}
    told = section(*(figures.get(form) or briefings.figure(form) for form in forms), count=4, words=LONG)
    (page,) = planning.plan(told)
    assert len(page.places) == 2 and page.size >= 14


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_eight_tiles_and_their_sentences_are_one_slide(language) -> None:
    with text.speaking(language):
        tiles = briefings.figure("tiles")
        eight = replace(tiles, tiles=(tiles.tiles * 3)[:8])
        (page,) = planning.plan(section(eight, count=3, words=LONG if language == "zh" else WORDY))
    assert page.texts and page.text_box.bottom < page.places[0].box.top and len(page.places[0].figure.tiles) == 8


def test_the_contents_of_thirty_sections_are_one_slide() -> None:
    lines = [("章", None) if n % 5 == 0 else (f"第{n}节", f"s{n}") for n in range(38)]
    ((left, right),) = contents.pages(lines)
    assert len(left) + len(right) == 38 and left[-1][1] is not None


def test_the_cover_tells_each_fact_on_a_line_of_its_own(plain) -> None:
    lines = plain.slides[0].placeholders[13].text_frame.text.splitlines()
    assert "数据版本：2024-12-31-00000000" in lines and "制作日期：2025年1月6日" in lines and "区县：全部" in lines


def test_charts_are_charts_and_not_pictures(plain) -> None:
    kinds = [[shape.shape_type for shape in shapes(slide.shapes)] for slide in plain.slides]
    assert not any(MSO_SHAPE_TYPE.PICTURE in each for each in kinds)
    assert sum(each.count(MSO_SHAPE_TYPE.CHART) for each in kinds) == 6


def test_a_value_of_zero_is_drawn_and_one_not_reported_is_not(plain) -> None:
    (chart,) = charts(plain.slides[7])
    assert sheet(chart)[3][:3] == ("=cmd()", 0, 0)
    assert chart.plots[0].series[0].values[2] == 0
    (bars,) = charts(plain.slides[4])
    assert bars.plots[0].series[0].values[2] is None


def test_the_map_has_a_shape_for_each_area_with_name_value_and_the_colour_of_its_class(plain) -> None:
    drawing = briefings.briefing().sections[1].figures[0].drawing
    (group,) = (shape for shape in plain.slides[3].shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP)
    areas = [shape for shape in group.shapes if shape.shape_type == MSO_SHAPE_TYPE.FREEFORM]
    assert [shape.name for shape in areas] == [area.name for area in drawing.areas]
    for shape, area in zip(areas, drawing.areas, strict=True):
        entry = drawing.legend[area.entry]
        assert area.cell.shown in shape._element._nvXxPr.cNvPr.get("descr")
        assert ("pattFill" in shape._element.xml) == entry.is_hatched
        assert entry.is_hatched or str(shape.fill.fore_color.rgb) == entry.colour[1:].upper()
    legend = [shape.text_frame.text for shape in group.shapes if shape.has_text_frame]
    assert all(f"{entry.words}（{entry.count}）" in legend for entry in drawing.legend)


def test_rings_of_one_area_are_one_path_so_that_holes_stay_open() -> None:
    outer = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    hole = ((0.4, 0.4), (0.4, 0.6), (0.6, 0.6), (0.6, 0.4))
    area = Area("1", "澜桥区", (outer, hole), (0.2, 0.2), briefings.share(0.5), 0)
    drawn = replace(briefings.figure("map"), drawing=Drawing((area,), (Entry("#b2182b", "低", 1),), 1.0))
    (shape,) = (s for s in shapes(written(of(section(drawn))).slides[2].shapes) if s.name == "澜桥区")
    assert len(shape._element.findall(f".//{qn('a:path')}")) == 1
    assert (
        len(shape._element.findall(f".//{qn('a:moveTo')}")) == len(shape._element.findall(f".//{qn('a:close')}")) == 2
    )


def test_names_on_a_map_stay_apart_and_give_way_when_there_is_no_room() -> None:
    square = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    areas = tuple(
        Area(f"{n}", f"澜桥街道{n}", (square,), (0.5 + n / 500, 0.5), briefings.share(n / 100), 0) for n in range(60)
    )
    found = maps.labels(Drawing(areas, (), 1.0), Box(0, 0, 300, 300))
    assert 5 < len(found) < 60 and min(size for _box, size, _words in found) >= 10
    assert not any(maps.overlap(one, other) for (one, *_), (other, *_) in combinations(found, 2))


@pytest.mark.parametrize("deck_", ["plain", "crowded"])
def test_nothing_lies_beside_the_slide_or_above_another_thing(deck_, request) -> None:
    drawn = request.getfixturevalue(deck_)
    for number, slide in enumerate(drawn.slides, start=1):
        boxes = [(shape.name, box(shape)) for shape in slide.shapes]
        for name, each in boxes:
            assert each.left >= 0 and each.top >= 0 and each.width > 0 and each.height > 0, (number, name, each)
            assert each.right <= master.WIDTH and each.bottom <= master.HEIGHT, (number, name, each)
        for (name, one), (other, two) in combinations(boxes, 2):
            assert not maps.overlap(one, two), (number, name, other, one, two)


def test_words_have_room_in_their_shapes(crowded) -> None:
    for number, slide in enumerate(crowded.slides, start=1):
        for shape in shapes(slide.shapes):
            if not shape.has_text_frame or not shape.text_frame.text or shape.is_placeholder:
                continue
            frame = shape.text_frame
            room = box(shape).width - (frame.margin_left + frame.margin_right) / 12700
            needed = sum(
                fitting.height([p.text], max(run.font.size.pt for run in p.runs), room + 0.5) for p in frame.paragraphs
            )
            assert needed <= box(shape).height + 1, (number, shape.text_frame.text[:40])


def test_no_type_is_smaller_than_ten_points(crowded) -> None:
    sizes = [
        int(size)
        for slide in crowded.slides
        for size in re.findall(r'\bsz="(\d+)"', "".join(s._element.xml for s in slide.shapes))
    ]
    assert sizes and min(sizes) >= 1000


def test_text_that_does_not_fit_goes_on_on_another_slide() -> None:
    pages = planning.plan(section(count=5, words=LONG * 6))
    assert len(pages) > 1
    assert "".join("".join(page.texts) for page in pages).replace(" ", "") == (LONG * 6 * 5).replace(" ", "")
    assert all(page.size >= planning.FLOOR for page in pages)


def test_a_long_table_is_paged_and_then_says_how_many_rows_are_left() -> None:
    drawn = written(of(section(table(200), count=0)))
    pages = [shown(slide) for slide in drawn.slides][2:]
    assert len(pages) == planning.MOST_PAGES
    rows = sum(
        len(shape.table.rows) - 1 for slide in list(drawn.slides)[2:] for shape in slide.shapes if shape.has_table
    )
    assert f"其余 {200 - rows} 行" in pages[-1] and not any("其余" in page for page in pages[:-1])
    assert all("（续）" in page for page in pages[1:])


def test_an_empty_figure_says_so_and_its_chart_is_not_drawn() -> None:
    empty = Table(briefings.table().columns, ())
    nothing = replace(briefings.figure("bar"), table=empty, chart=Chart("bar", (), (), "share", ""))
    drawn = written(of(section(nothing)))
    with text.speaking("zh"):
        assert text._("Nothing is reported here.") in shown(drawn.slides[2])
    assert not list(charts(drawn.slides[2]))


def test_a_chart_without_any_value_becomes_its_table() -> None:
    blank = tuple(Cell(value, "count", shown) for value, shown in (("<5", "<5"), (None, "—")))
    hidden = Chart("column", ("甲", "乙"), (Series("人数", blank, "#0072b2"),), "count", "人数")
    rows = tuple((briefings.word(name), cell) for name, cell in zip(hidden.categories, blank, strict=True))
    told = Table((Column("a", "组", False), Column("b", "人数", True)), rows)
    drawn = written(of(section(replace(briefings.figure("column"), chart=hidden, table=told))))
    assert "<5" in shown(drawn.slides[2]) and not list(charts(drawn.slides[2]))


def test_the_contents_lead_to_the_first_slide_of_each_section(crowded) -> None:
    numbers = {slide.part: number for number, slide in enumerate(crowded.slides, start=1)}
    links = []
    for slide in crowded.slides:
        for cell in (c for s in slide.shapes if s.has_table for row in s.table.rows for c in row.cells):
            for link in cell._tc.iter(qn("a:hlinkClick")):
                target = slide.part.related_part(link.get(qn("r:id")))
                links.append((cell.text, numbers[target]))
    assert all(int(words) == number for words, number in links if words.isdigit())
    titles = {words: crowded.slides[number - 1].shapes.title.text_frame.text for words, number in links}
    assert all(title == words for words, title in titles.items() if words.endswith("各区县"))
    assert len(links) == 2 * (len(hard().sections) + 1)


def test_notes_tell_the_source_and_meaning_of_every_number(plain) -> None:
    notes = plain.slides[4].notes_slide.notes_text_frame.text
    for told in ("讲稿", "overview_metrics", "2024-12-31-00000000", "应结案件数", "metric=ontime_close_rate", "1,234"):
        assert told in notes


def test_every_slide_has_the_footer_its_number_and_the_label(plain) -> None:
    told = briefings.briefing()
    for slide in list(plain.slides)[1:]:
        assert told.footer in shown(slide) and told.label in shown(slide)
        assert slide._element.findall(f".//{qn('a:fld')}[@type='slidenum']")
    assert told.label in shown(plain.slides[0]) and told.edition in shown(plain.slides[0])


def test_an_overdue_finding_is_marked_with_words(crowded, plain) -> None:
    assert "（已逾期）" in shown(crowded.slides[-1])
    assert "（已逾期）" not in shown(plain.slides[-1])
    assert all(words in shown(plain.slides[-1]) for words in ("鹭汀区专班", "办理中", "70.0%", "75.0%"))


def test_type_and_colours_come_from_a_theme_with_fonts_of_chinese_office_machines() -> None:
    with text.speaking("zh"), ZipFile(BytesIO(deck.write(briefings.briefing()))) as parts:
        names = parts.namelist()
        themes = [parts.read(name).decode() for name in names if name.startswith("ppt/theme/")]
        slides = "".join(parts.read(name).decode() for name in names if name.startswith("ppt/slides/slide"))
        assert len([name for name in names if name.startswith("ppt/slideLayouts/slideLayout")]) == 4
    assert len(themes) == 2 and all('<a:ea typeface="Microsoft YaHei" panose' in theme for theme in themes)
    faces = set(re.findall(r'typeface="([^"]+)"', slides))
    assert faces <= {"+mn-lt", "+mn-ea", "+mn-cs"}, "a presenter changes the fonts in one place"
    assert 'lang="zh-CN"' in slides and "thumbnail" not in "".join(names)


def test_headings_text_footer_and_number_are_placeholders(plain) -> None:
    kinds = {shape.element.ph.get("type") for shape in plain.slides[4].placeholders}
    assert {"title", "body", "ftr", "sldNum"} <= kinds


def test_hostile_names_stay_words_and_leave_the_file_whole() -> None:
    figures = []
    for form in FORMS:
        figure = replace(briefings.figure(form), title=HOSTILE, note=HOSTILE, unit=HOSTILE, alt=HOSTILE)
        if figure.chart:
            figure = replace(figure, chart=replace(figure.chart, categories=(HOSTILE, "", "x" * 400), axis=HOSTILE))
        if figure.drawing:
            figure = replace(
                figure,
                drawing=replace(figure.drawing, areas=tuple(replace(a, name=HOSTILE) for a in figure.drawing.areas)),
            )
        figures.append(figure)
    drawn = written(replace(of(section(*figures, words=HOSTILE * 3)), title=HOSTILE, footer=HOSTILE, place=HOSTILE))
    assert '<a:t>&"\'</a:t>=HYPERLINK("x")𠮷' in shown(drawn.slides[2])
    assert not [
        value for slide in drawn.slides for c in charts(slide) for row in sheet(c) for value in row if value == "#NAME?"
    ]


def test_properties_name_the_briefing_and_its_edition(plain) -> None:
    told, properties = briefings.briefing(), plain.core_properties
    assert (properties.title, properties.subject, properties.author) == (told.title, told.edition, told.place)
    assert properties.language == "zh-CN"


def test_charts_tables_and_maps_say_what_is_to_be_seen(plain) -> None:
    for slide in list(plain.slides)[2:]:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                assert shape._element._nvXxPr.cNvPr.get("descr")


def test_the_english_deck_has_no_chinese_of_its_own() -> None:
    base = briefings.briefing("en")
    latin = replace(
        base, title="T", subtitle="S", place="P", period="Q", facts=(), footer="F", label="L", findings=(), sections=()
    )
    drawn = written(latin)
    assert not re.search(r"[\u3400-\u9fff]", "".join(shown(slide) for slide in drawn.slides).replace("2025", ""))
    assert [layout.name for layout in drawn.slide_layouts] == ["Cover", "Contents", "Text and figures", "Figures only"]


def test_twenty_slides_take_less_than_five_seconds() -> None:
    sections = tuple(section(briefings.figure(form), code=f"{n}") for n, form in enumerate((FORMS * 3)[:20]))
    start = time.process_time()  # other work on the machine does not count
    assert len(written(of(*sections)).slides) >= 20
    assert time.process_time() - start < 5


def test_a_table_is_not_torn_that_stands_whole_on_a_slide_of_its_own() -> None:
    pages = planning.plan(section(table(9, 12), count=3))
    assert [len(place.rows) for page in pages for place in page.places] == [9]
    pair = planning.plan(section(briefings.figure("bar"), table(12), count=2))
    assert [len(page.places) for page in pair] == [1, 1] and pair[0].texts and len(pair[1].places[0].rows) == 12


def test_a_long_title_stands_whole_on_the_cover() -> None:
    title = "Report on Party-led governance of residential compounds"
    assert written(replace(briefings.briefing("en"), title=title)).slides[0].shapes.title.text_frame.text == title


def test_no_word_of_a_column_title_is_broken() -> None:
    title = "Inspections of the quarter that were carried out"
    columns = (Column("a", "Kind", False), *(Column(f"{n}", title, True) for n in range(8)))
    told = Table(columns, ((briefings.word("Routine " * 8), *(briefings.count(n) for n in range(8))),))
    fit = tables.fitted(told, master.CONTENT)
    for column, width in zip(columns, fit.widths, strict=True):
        broken = fitting.lines(column.title, fit.size * tables.BOLD, width - 12)
        assert {word for line in broken for word in line.split()} == set(column.title.split())


@office.needed
@pytest.mark.browser
def test_libreoffice_draws_every_slide(tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    with text.speaking("zh"):
        file.write_bytes(deck.write(briefings.briefing()))
    drawn = office.to_pdf(file)
    assert len(office.pictures(drawn, tmp_path, 20)) == len(Presentation(file).slides)
    assert "党建引领小区治理工作汇报" in office.words(drawn)
    assert Pt(master.WIDTH) == Presentation(file).slide_width
