"""Numbers as a sentence says them, and what a template may put down."""

import pandas as pd
import pytest

from dashboard import text
from dashboard.profile import Profile
from dashboard.reports import phrases, sentences
from dashboard.reports.phrases import Value, moved, spoken

PROFILE = Profile(
    "t", "小城", "Town", True, None, "wgs84", "99", 5, {}, {"ontime_close_rate": {"target": 0.8, "amber": 0.7}}, {}, {}, {}
)


def value(raw, kind="share", error=None) -> Value:
    return Value(raw, kind, "overview_metrics", (("metric", "ontime_close_rate"),), "value", error)


@pytest.mark.parametrize(
    ("raw", "kind", "chinese", "english"),
    [
        (0.7567, "share", "75.7%", "75.7%"),
        (9999, "count", "9999", "9,999"),
        (80254, "count", "8.03万", "80,254"),
        (120000, "count", "12万", "120,000"),
        (123456789, "yuan", "1.23亿", "123.46 million"),
        (100000000, "yuan", "1亿", "100 million"),
        (1234.56, "score", "1234.6", "1,234.6"),
        (0, "count", "0", "0"),
        (None, "count", "未报", "no figure reported"),
        ("<5", "people", "<5", "<5"),
    ],
)
def test_a_number_is_said_as_its_language_says_it(raw, kind: str, chinese: str, english: str) -> None:
    with text.speaking("zh"):
        assert spoken(raw, kind) == chinese
    with text.speaking("en"):
        assert spoken(raw, kind) == english


@pytest.mark.parametrize(
    ("now", "before", "flag", "said"),
    [
        (value(0.757), 0.742, "up", "同比提高1.5个百分点"),
        (value(0.742), 0.757, "down", "同比下降1.5个百分点"),
        (value(0.757), 0.742, "within_error", "同比变化在误差范围内"),
        (value(0.7570), 0.7571, "within_error", "同比持平"),
        (value(0.757), None, None, "上年同期未报、无法同比"),
        (value(0.757), float("nan"), None, "上年同期未报、无法同比"),
        (value(None), 0.757, None, ""),
        (value(80254, "count"), 76491, "up", "同比增长4.9%"),
        (value(3, "count"), 0, None, "上年同期未报、无法同比"),
        (value(78.5, "score"), 79.3, None, "同比下降0.8"),
    ],
)
def test_a_change_is_told_honestly(now: Value, before, flag: str | None, said: str) -> None:
    with text.speaking("zh"):
        assert moved(now, before, "last_year", flag).words == said


def test_a_change_carries_the_number_that_it_says() -> None:
    with text.speaking("zh"):
        (number,) = moved(value(0.742), 0.757, "previous").numbers
    assert (number.shown, number.value, number.query) == ("1.5", -1.5, "overview_metrics")


def test_a_change_names_both_columns_that_it_comes_from() -> None:
    with text.speaking("zh"):
        (number,) = moved(value(0.742), 0.757, "", column="last_year_value").numbers
    assert number.column == "value - last_year_value"


@pytest.mark.parametrize(
    ("raw", "error", "better", "said"),
    [
        (0.757, 0.001, "up", "距80%的目标还差4.3个百分点"),
        (0.799, 0.002, "up", "略低于80%的目标、差距在误差范围内"),
        (0.80, None, "up", "达到80%的目标"),
        (0.75, None, "down", "控制在80%的上限以内"),
        (0.85, None, "down", "超出80%的上限5.0个百分点"),
        (None, None, "up", ""),
    ],
)
def test_a_value_is_held_against_its_target(raw, error, better: str, said: str) -> None:
    with text.speaking("zh"):
        assert phrases.judged(value(raw, error=error), 0.8, better).words == said


ROWS = pd.DataFrame(
    {
        "level": ["selection", "district", "district", "district", "district"],
        "metric": "ontime_close_rate",
        "district_name": [None, "东区", "西区", "南区", "北区"],
        "value": [0.757, 0.9, 0.6, 0.8, None],
        "numerator": [757.0, 90, 60, 80, None],
        "denominator": [1000.0, 100, 100, 100, None],
        "previous_value": [0.7571, None, None, None, None],
        "previous_flag": ["within_error", None, None, None, None],
        "last_year_value": [0.742, None, None, None, None],
        "last_year_flag": ["up", None, None, None, None],
        "standard_error": [0.001, 0.01, 0.01, 0.01, None],
    }
)


def teller(rows: pd.DataFrame = ROWS, is_same: bool = False) -> sentences.Teller:
    return sentences.Teller(lambda name, *by: rows, PROFILE, {}, is_same)


def test_a_metric_is_told_with_value_changes_and_target() -> None:
    with text.speaking("zh"):
        told = teller().tell("{{ metric('ontime_close_rate').told }}。")
    assert told.text == "按期结案率为75.7%，环比持平，同比提高1.5个百分点，距80%的目标还差4.3个百分点。"
    assert [number.shown for number in told.numbers] == ["75.7%", "1.5", "4.3", "80%"]


def test_a_whole_year_is_compared_once() -> None:
    with text.speaking("zh"):
        told = teller(is_same=True).tell("{{ metric('ontime_close_rate').told }}")
    assert "环比" not in told.text and "同比提高1.5个百分点" in told.text


def test_districts_at_both_ends_are_never_the_same_and_one_without_a_value_is_left_out() -> None:
    with text.speaking("zh"):
        told = teller().tell("{{ metric('ontime_close_rate').best() }}；{{ metric('ontime_close_rate').worst() }}")
    assert told.text == "东区（90.0%）；西区（60.0%）"


def test_districts_below_target_are_counted() -> None:
    with text.speaking("zh"):
        assert teller().tell("{{ metric('ontime_close_rate').missing }}个").text == "1个"


def test_one_district_is_ranked_among_all_that_the_reader_may_see_with_what_chance_leaves_open() -> None:
    rows = ROWS.assign(district_code=[None, "E", "W", "S", "N"])
    one = rows[rows["level"].eq("selection") | rows["district_code"].eq("S")]
    told = sentences.Teller(lambda *_: one, PROFILE, {}, False, lambda *_: rows)
    with text.speaking("zh"):
        assert told.tell("{{ rank('ontime_close_rate') }}").text == "在3个区县中居第2位，不受偶然影响"
        near = rows.assign(standard_error=0.2)
        unsure = sentences.Teller(lambda *_: one, PROFILE, {}, False, lambda *_: near)
        said = unsure.tell("{{ rank('ontime_close_rate') }}")
        assert said.text == "在3个区县中居第2位（偶然波动可使其在第1至3位）"
        assert [number.shown for number in said.numbers] == ["2", "3", "1", "3"]
        limited = sentences.Teller(lambda *_: one, PROFILE, {}, False, lambda *_: one)
        assert limited.tell("{{ rank('ontime_close_rate') }}") is None
        assert teller(rows).tell("{{ rank('ontime_close_rate') }}") is None  # several districts are chosen


def test_what_is_not_reported_is_said_so_and_never_a_zero() -> None:
    with text.speaking("zh"):
        assert teller(ROWS[:0]).tell("{{ metric('ontime_close_rate').told }}").text == "按期结案率本期未报"


def test_totals_of_hidden_cells_stay_hidden() -> None:
    rows = pd.DataFrame({"district_name": ["东区", "西区"], "member_count": ["<5", 7]}).astype(object)
    with text.speaking("zh"):
        told = teller(rows).tell("{{ total('pioneer_bands', 'member_count') }}")
    assert "12" not in told.text and "7" not in told.text


@pytest.mark.parametrize(
    "template",
    [
        "{{ 5 }}件",
        "{{ '5件' }}",
        "{{ metric('ontime_close_rate').value.raw }}",
        "{{ rows('overview_metrics') | length }}",
        "{{ unknown }}",
        "{{ row('overview_metrics').__class__ }}",
        "{{ metric.__globals__ }}",
    ],
)
def test_a_number_without_a_query_and_a_way_out_of_the_sandbox_are_refused(template: str) -> None:
    with pytest.raises(sentences.TemplateError):
        teller().tell(template)


@pytest.mark.parametrize("template", ["共5件", "共５件", "{{ metric('x' }}", "{% if %}"])
def test_faults_of_a_template_are_found_before_any_data_are_asked(template: str) -> None:
    assert sentences.faults(template)


def test_names_from_the_data_cannot_become_templates_or_break_a_line() -> None:
    rows = ROWS.assign(district_name="{{ 7*7 }}\n<b>")
    with text.speaking("zh"):
        told = teller(rows).tell("{{ rows('overview_metrics')[1].district_name }}")
    assert told.text == "{{ 7*7 }} <b>"
