"""What presenter mode hands to the browser: every number as its cell writes it, no markup of the data, nothing else."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import plotly.graph_objects as go
import pytest

from dashboard import text
from dashboard.reports import screen, screen_charts, screen_maps
from dashboard.reports.model import Area, Briefing, Cell, Chart, Figure, Section, Series
from tests import briefings

HOSTILE = '<b>x</b><img src=x onerror="alert(1)"><a href="javascript:1">&\x00\x0b\ud800 =1+1'
CHARTS = ("bar", "column", "line", "stacked", "doughnut", "scatter")


class Tags(HTMLParser):
    """Names of all tags, and of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _value in attrs)}


def shown(briefing: Briefing) -> dict[str, Any]:
    with text.speaking(briefing.language):
        return screen.views(briefing)


def only(figure: Figure, **changes: Any) -> Briefing:
    """The briefing with one section with one figure."""
    briefing = briefings.briefing()
    section = replace(briefing.sections[0], figures=(figure,), **changes)
    return replace(briefing, sections=(section,), findings=())


def drawn(figure: Figure) -> dict[str, Any]:
    return shown(only(figure))["views"][1]["figures"][0]


def bars(form: str, count: int, width: float = 1_104, height: float = 690) -> dict[str, Any]:
    cells = tuple(Cell(n / count, "share", f"{n / count:.1%}") for n in range(count))
    chart = Chart(form, tuple(f"第{n}社区" for n in range(count)), (Series("率", cells, "#0072b2"),), "share", "率")
    return screen_charts.figure(chart, width, height).to_dict()


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_number_of_the_model_is_handed_over_as_it_is_written(language: str) -> None:
    briefing = briefings.briefing(language)
    views = shown(briefing)["views"]
    for section, view in zip(briefing.sections, views[1:], strict=False):
        words = json.dumps(view, ensure_ascii=False)
        (figure,) = section.figures
        cells = [cell for series in figure.chart.series for cell in series.cells] if figure.chart else []
        cells += [tile.cell for tile in figure.tiles]
        cells += [area.cell for area in figure.drawing.areas] if figure.drawing else []
        cells += [] if cells else [cell for row in figure.table.rows for cell in row]
        assert [cell.shown for cell in cells if cell.shown not in words] == []
        assert view["sentences"] == [sentence.text for sentence in section.sentences]
    assert "70.0%" in json.dumps(views[-1]) and "75.0%" in json.dumps(views[-1])  # the finding, then and now


@pytest.mark.parametrize("form", CHARTS)
def test_every_chart_is_one_that_plotly_can_draw(form: str) -> None:
    chart = drawn(briefings.figure(form))["chart"]
    go.Figure(json.loads(json.dumps(chart)))


@pytest.mark.parametrize("form", CHARTS)
def test_a_chart_draws_the_values_of_its_cells(form: str) -> None:
    chart = briefings.figure(form).chart
    traces = screen_charts.figure(chart).to_dict()["data"]
    values = [[0 if cell.value is None else cell.value for cell in series.cells] for series in chart.series]
    if form == "scatter":
        assert [traces[0]["x"], [y or 0 for y in traces[0]["y"]]] == values
    else:
        along = {"doughnut": "values", "line": "y", "column": "y"}.get(form) or "x" * (form == "bar")
        drawn_values = [
            [y or 0 for y in trace[along or ("y" if trace["orientation"] == "v" else "x")]] for trace in traces
        ]
        assert drawn_values == values


def test_what_is_not_reported_is_a_gap_in_a_line_and_a_sign_beside_a_bar() -> None:
    line = screen_charts.figure(briefings.figure("line").chart).to_dict()["data"][0]
    bar = screen_charts.figure(briefings.figure("bar").chart).to_dict()["data"][0]
    assert line["y"][-1] is None
    assert bar["text"][-1] == "—"


def test_the_target_is_a_line_with_its_number_beyond_the_marks() -> None:
    layout = screen_charts.figure(briefings.figure("column").chart).to_dict()["layout"]
    (line,), (note,) = layout["shapes"], layout["annotations"]
    assert (line["y0"], line["y1"]) == (0.8, 0.8)
    assert "80.0%" in note["text"] and note["x"] == 1 and note["xanchor"] == "left"


def test_slices_of_the_same_name_stay_apart() -> None:
    chart = replace(briefings.figure("doughnut").chart, categories=("同名", "同名", "同名"))
    chart = replace(chart, series=(replace(chart.series[0], cells=(briefings.count(5),) * 3),))
    (ring,) = screen_charts.figure(chart).to_dict()["data"]
    assert len(set(ring["labels"])) == 3


def test_letters_shrink_with_the_room_of_a_bar_and_numbers_are_left_out_rather_than_written_over_one_another() -> None:
    few, many, crowd = (bars("bar", count) for count in (6, 24, 200))
    sizes = [figure["layout"]["yaxis"]["tickfont"]["size"] for figure in (few, many, crowd)]
    assert sizes[0] == screen_charts.LARGEST and sizes[0] > sizes[1] > sizes[2] == screen_charts.SMALLEST
    assert [f["data"][0]["textposition"] for f in (few, many, crowd)] == ["outside", "outside", "none"]
    assert crowd["layout"]["xaxis"].get("showticklabels", True)


def test_names_of_points_lie_over_none_before_them_and_over_no_point() -> None:
    figure = briefings.figure("scatter").chart
    places = (range(40), [37 * n % 40 for n in range(40)])
    cells = (tuple(briefings.count(100 + n) for n in place) for place in places)
    series = tuple(replace(each, cells=own) for each, own in zip(figure.series, cells, strict=True))
    names = tuple(f"第{n}社区居民委员会" for n in range(40))
    points = screen_charts.figure(replace(figure, categories=names, series=series)).to_dict()["data"][0]
    assert 1 < len([words for words in points["text"] if words]) < 40
    assert len(points["hovertext"]) == 40
    assert {points["textposition"][0], points["textposition"][-1]} == {"middle right", "middle left"}


def test_months_under_a_line_never_touch() -> None:
    months = tuple(f"2024年{n}月" for n in range(1, 37))
    cells = tuple(briefings.count(n) for n in range(36))
    line = Chart("line", months, (Series("件数", cells, "#0072b2"),), "count", "件数")
    for width in (600, 1_104, 1_768):
        ticks = screen_charts.figure(line, width, 500).to_dict()["layout"]["xaxis"]["ticktext"]
        assert ticks[-1] == months[-1]
        assert len(ticks) * 7 * screen_charts.SMALL * 0.8 < width


def test_markup_formulas_and_characters_that_no_document_holds_stay_words() -> None:
    word = briefings.word(HOSTILE)
    for form in (*CHARTS, "table", "tiles", "map"):
        figure = briefings.figure(form)
        rows = tuple((word, *row[1:]) for row in figure.table.rows)
        changes: dict[str, Any] = {"title": HOSTILE, "note": HOSTILE, "table": replace(figure.table, rows=rows)}
        if figure.chart:
            series = tuple(replace(each, name=HOSTILE) for each in figure.chart.series)
            names = (HOSTILE,) * 3
            changes["chart"] = replace(figure.chart, categories=names, series=series, axis=HOSTILE)
        if figure.tiles:
            changes["tiles"] = (replace(figure.tiles[0], title=HOSTILE, signal_words=HOSTILE, changes=(HOSTILE,)),)
        if figure.drawing:
            areas = tuple(replace(area, name=HOSTILE) for area in figure.drawing.areas)
            changes["drawing"] = replace(figure.drawing, areas=areas, credit=HOSTILE)
        handed = shown(only(replace(figure, **changes), heading=HOSTILE, notes=HOSTILE))
        json.dumps(handed, ensure_ascii=False).encode()  # no lone surrogate
        view = handed["views"][1]
        assert "\x00" not in view["heading"] and "\x0b" not in view["notes"]
        (figure_shown,) = view["figures"]
        if "html" in figure_shown:
            assert not Tags(figure_shown["html"]).found & {"img", "a", "script", "onerror", "href"}
            assert "<b>x" not in figure_shown["html"]
        else:
            assert not re.search(r"<(img|a|script)\b|<b>x", json.dumps(figure_shown["chart"]))


def test_of_a_long_table_the_first_rows_are_handed_over_and_how_many_more_there_are() -> None:
    figure = briefings.figure("table")
    rows = tuple((briefings.word(f"第{n}社区"), briefings.share(0.5), briefings.count(n)) for n in range(100))
    table = drawn(replace(figure, table=replace(figure.table, rows=rows)))
    assert table["html"].count("<tr>") == screen.MOST_ROWS + 1
    assert table["more"] == 100 - screen.MOST_ROWS
    assert f"第{screen.MOST_ROWS}社区" not in json.dumps(table, ensure_ascii=False)


def test_names_on_the_map_never_lie_over_one_another_and_every_value_is_told() -> None:
    figure = briefings.figure("map")
    corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    areas = tuple(
        Area(f"{n}", f"第{n}区", (corners,), (0.5 + n / 1000, 0.5), briefings.share(n / 100), 0) for n in range(30)
    )
    html = screen_maps.html(replace(figure.drawing, areas=areas))
    assert html.count("<title>") == 30
    assert len(re.findall(r"<text[^>]*>第", html)) == 1
    apart = tuple(replace(area, place=(n % 6 / 6 + 0.08, n // 6 / 5 + 0.1)) for n, area in enumerate(areas))
    assert len(re.findall(r"<text[^>]*>第", screen_maps.html(replace(figure.drawing, areas=apart)))) == 30


def test_not_reported_is_hatched_and_said_in_the_legend() -> None:
    html = screen_maps.html(briefings.figure("map").drawing)
    assert html.count('fill="url(#not-reported)"') == 1
    assert 'class="hatched"' in html and "未报" in html


def test_a_tile_says_its_judgement_by_sign_and_word() -> None:
    html = drawn(briefings.figure("tiles"))["html"]
    assert "▲" in html and "接近目标" in html and "目标 80.0%" in html


def test_a_figure_leads_to_its_page_with_edition_period_and_language() -> None:
    figure = briefings.figure("bar")
    parameters = figure.source.parameters | {"start_month": date(2024, 10, 1), "end_month": date(2024, 12, 1)}
    figure = replace(
        figure, page="issues", address={"view": "kinds"}, source=replace(figure.source, parameters=parameters)
    )
    address = urlsplit(drawn(figure)["page"])
    assert address.path == "issues"
    assert parse_qs(address.query) == {
        "language": ["中文"],
        "place": ["tiny"],
        "edition": ["2024-12-31-00000000"],
        "period": ["2024年第四季度"],
        "view": ["kinds"],
    }


def test_nothing_is_handed_over_that_is_not_shown() -> None:
    briefing = only(briefings.figure("bar"))
    words = json.dumps(shown(briefing), ensure_ascii=False)
    assert briefings.SOURCE.query not in words
    assert "0.756742" not in words  # the exact value behind a sentence's number


def test_wide_tables_and_several_figures_stand_below_the_sentences() -> None:
    one, two = briefings.figure("bar"), briefings.figure("line")
    wide = replace(one, form="table", chart=None, table=replace(one.table, columns=one.table.columns * 2, rows=()))
    wide = replace(wide, table=replace(wide.table, rows=tuple(row * 2 for row in one.table.rows)))
    sections = [Section("a", "", "", (), figures) for figures in ((one,), (one, two), (wide,))]
    views = shown(replace(briefings.briefing(), sections=tuple(sections), findings=()))["views"]
    assert [view["layout"] for view in views] == ["cover", "side", "wide", "wide"]


def test_an_overdue_finding_has_a_sign_and_a_word() -> None:
    briefing = briefings.briefing()
    late = replace(briefing.findings[0], is_overdue=True)
    html = shown(replace(briefing, findings=(late,)))["views"][-1]["figures"][0]["html"]
    assert "■ 2025年3月31日" in html and "逾期" in html
    assert len(shown(replace(briefing, findings=()))["views"]) == 1 + len(briefing.sections)
