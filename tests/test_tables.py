"""Tables written as HTML: every word as text, every number under its heading, colour never alone."""

import re
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from dashboard import catalogue, charts, text
from dashboard.charts import matrices, sparklines
from tests import places
from tests.opening import grid, parsed

TYPES = {"old": "Old", "unit": "Work unit"}


@pytest.fixture(autouse=True)
def english():
    with text.speaking("en"):
        yield


def tints(table: charts.Table) -> list[str]:
    return [re.search("background:([^;]+)", cell.get("style"))[1] for cell in parsed(table).iter("td") if cell.get("style")]


def light(district: str, value: float | None, signal: str = "good", **more: Any) -> dict[str, Any]:
    return {
        "district_code": district,
        "district_name": district,
        "metric": "response_rate",
        "value": value,
        "signal": signal,
        **more,
    }


@pytest.mark.parametrize("name", places.HOSTILE)
def test_a_name_of_any_kind_is_text_in_every_place_of_a_table(name: str) -> None:
    for table in (
        charts.lights([light(name, 0.5)]),
        charts.ranks([light(name, 0.5, place=1, rank_low=1, rank_high=3)], heading=f"{name.replace('{', '{{').replace('}', '}}')} {{place}}"),
        charts.by_type_and_district([light(name, 0.5, compound_type="old")], types={"old": name}),
    ):
        shown = parsed(table, caption=name)
        assert {node.tag for node in shown.iter()} <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "span"}
        assert shown.find(".//caption").text == name
        assert name in " ".join(cell for line in grid(table) for cell in line)
        assert [cell.get("title") for cell in shown.iter("td")][1].startswith(name)


def test_a_table_can_be_heard_and_pointed_at() -> None:
    shown = parsed(charts.lights([light("A", 0.7, "trouble")]), caption="Districts by metric")
    assert shown.find(".//caption").text == "Districts by metric"
    assert [(head.get("scope"), head.text) for head in shown.iter("th")] == [("col", "Response rate"), ("row", "A")]
    cell = shown.find(".//tbody//td")
    assert cell.get("title") == "A · Response rate\n■ 70.0% Off target"
    sign, number = cell
    assert (sign.get("role"), sign.get("aria-label"), sign.text, number.text) == ("img", "Off target", "■", "70.0%")


def test_every_light_has_a_tint_and_a_sign_of_its_own() -> None:
    signals = ("good", "watch", "trouble", "unknown")
    table = charts.lights([light(signal, 0.5, signal) for signal in signals])
    assert tints(table) == [matrices.TINTS[signal] for signal in signals]
    assert len(set(tints(table))) == 4
    assert [line[1] for line in grid(table)[1:]] == ["● 50.0%", "▲ 50.0%", "■ 50.0%", "50.0%"]


def test_ends_show_the_district_above_its_value_and_its_ranks_in_the_column_of_its_place() -> None:
    rows = [
        light("A", 0.9, place=1, rank_low=1, rank_high=1),
        light("B", 0.8, "watch", place=2, rank_low=2, rank_high=4),
    ]
    assert grid(charts.ranks(rows, heading="No. {place}")) == [
        ["", "No. 1", "No. 2"],
        ["Response rate", "A ● 90.0% rank 1", "B ▲ 80.0% ranks 2–4"],
    ]


def test_without_targets_the_larger_value_is_the_darker_and_none_has_no_shade() -> None:
    values = {"A": (0.2, 0.6), "B": (1.0, None)}
    rows = [
        light(district, value, "unknown", compound_type=code)
        for district, pair in values.items()
        for code, value in zip(("unit", "old"), pair, strict=True)
    ]
    table = charts.by_type_and_district(rows, types=TYPES)
    assert grid(table) == [["", "Old", "Work unit"], ["A", "60.0%", "20.0%"], ["B", "—", "100.0%"]]
    assert tints(table) == [
        "rgba(59,110,165,0.28)",
        "rgba(59,110,165,0.06)",
        matrices.TINTS["unknown"],
        "rgba(59,110,165,0.50)",
    ]


def test_equal_values_have_the_lightest_shade() -> None:
    rows = [light(name, 0.5, "unknown", compound_type="old") for name in "AB"]
    assert set(tints(charts.by_type_and_district(rows, types=TYPES))) == {"rgba(59,110,165,0.06)"}


def test_chinese_headings_break_where_a_reader_pauses() -> None:
    with text.speaking("zh"):
        html = charts.lights([light("A", 0.5)]).html("")
        assert f'<th scope="col">{"按时<wbr>响应率"}</th>' in html
        assert catalogue.title("response_rate") == "按时响应率"


def test_a_sparkline_rises_with_its_values_and_ends_in_a_dot() -> None:
    body = ElementTree.fromstring(sparklines.sparkline([2.0, 4.0, 3.0], 'From "2" to <3>'))
    assert body.get("aria-label") == body.get("title") == 'From "2" to <3>'
    drawing = ElementTree.fromstring(unquote(re.search(r'data:image/svg\+xml,([^"]+)', body.get("style"))[1]))
    line, dot = (path.get("d") for path in drawing)
    points = [tuple(map(float, point.split())) for point in line.removeprefix("M").split("L")]
    assert points == [(1, 36), (48.5, 4), (96, 20)], "from the top down: 36 is the lowest value, 4 the highest"
    assert dot == "M96.0 20.0h0"


def test_a_sparkline_of_equal_values_is_level() -> None:
    assert sparklines.sparkline([5.0, 5.0], "").count("36.0") == 3


def test_a_table_without_rows_says_so() -> None:
    for table in (charts.lights([]), charts.ranks([], heading=""), charts.by_type_and_district([], types=TYPES)):
        assert table.html("Caption") == "<p>Nothing to show for this selection.</p>"
