"""Headline metrics: lights, ends, moves and the sentence, from rows written here; and the figures drawn from them."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboard import catalogue, charts, headlines, profile, settings, text

PLACE = profile.load(settings.ROOT / "data" / "city-a" / "place.toml")
TARGETS = {
    "response_rate": {"target": 0.9, "amber": 0.8},
    "overnight_rate": {"target": 0.45, "amber": 0.6},
    "property_coverage": {"target": 0.95, "amber": 0.85},
}
TYPES = {"old": "Old", "unit": "Work unit"}


@pytest.fixture
def place() -> profile.Profile:
    return replace(PLACE, targets=TARGETS)


@pytest.fixture(autouse=True)
def english():
    with text.speaking("en"):
        yield


def row(metric: str, value: float, previous: float | None = None, flag: str | None = None, name: str = "") -> dict:
    change = None if previous is None else value - previous
    return {
        "level": "district" if name else "selection",
        "metric": metric,
        "district_code": name or None,
        "district_name": name or None,
        "value": value,
        "numerator": 10.0,
        "denominator": 20.0,
        "previous_value": previous,
        "previous_change": change,
        "previous_flag": flag,
        "last_year_value": None,
        "last_year_change": None,
        "last_year_flag": None,
    }


def frame(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(row("", 0.0)))


def test_lights_turn_round_where_less_is_better(place) -> None:
    rows = frame(
        *(row("response_rate", v) for v in (0.9, 0.8, 0.79)), *(row("overnight_rate", v) for v in (0.45, 0.6, 0.61))
    )
    assert headlines.judged(rows, place)["signal"].tolist() == ["good", "watch", "trouble"] * 2


def test_a_metric_without_a_target_is_not_judged(place) -> None:
    judged = headlines.judged(frame(row("close_rate", 0.1), row("reported_issues", 9)), place)
    assert judged[["metric", "signal"]].values.tolist() == [["close_rate", "unknown"]]


def test_the_best_of_a_metric_where_less_is_better_is_the_lowest() -> None:
    ends = headlines.ends(frame(*(row("overnight_rate", v, name=n) for n, v in zip("ABCDEFG", range(7), strict=True))))
    assert {end: rows["district_name"].tolist() for end, rows in ends.items()} == {
        "best": list("ABC"),
        "worst": list("GFE"),
    }


def test_no_district_stands_at_both_ends() -> None:
    ends = headlines.ends(frame(*(row("response_rate", v, name=n) for n, v in (("A", 0.1), ("B", 0.2), ("C", 0.3)))))
    assert [rows["district_name"].tolist() for rows in ends.values()] == [["C"], ["A"]]


def test_districts_that_are_all_equal_or_alone_have_no_ends() -> None:
    assert headlines.ends(frame(row("response_rate", 1.0, name="A"), row("response_rate", 1.0, name="B"))) == {}
    assert headlines.ends(frame(row("response_rate", 1.0, name="A"))) == {}


def test_moves_are_those_beyond_error_and_no_metric_fills_the_list() -> None:
    rows = [row("overnight_rate", 0.5 + at / 100, 0.4, "up", name=f"D{at}") for at in range(5)]
    rows.append(row("fortress_index", 80.0, 79.0, "up", name="D9"))
    rows.append(row("response_rate", 0.9, 0.1, "within_error", name="D8"))
    moved = headlines.moved(frame(*rows), "previous")
    assert moved["district_name"].tolist() == ["D4", "D3", "D2", "D9"]
    assert moved["points"].round(6).tolist() == [14, 13, 12, 1]
    assert moved["is_better"].tolist() == [False, False, False, True]


def test_the_sentence_says_what_is_off_where_and_what_is_missing(place) -> None:
    whole = headlines.judged(
        frame(row("response_rate", 0.7, 0.8, "down"), row("overnight_rate", 0.5, 0.5, "within_error")), place
    )
    districts = headlines.judged(
        frame(
            row("response_rate", 0.7, name="A"),
            row("overnight_rate", 0.9, name="A"),
            row("response_rate", 0.95, name="B"),
        ),
        place,
    )
    assert headlines.summary(whole, districts, place) == (
        "**Off target: 1 of 2 metrics.** Response rate 70.0% (target 90.0%). Close to target: 1. "
        "On the period before, beyond error: 0 better, 1 worse. Most metrics off target: A (2). "
        "Not reported: Property service coverage."
    )
    with text.speaking("zh"):
        sentence = headlines.summary(whole, districts, place)
    assert sentence.startswith("**2 项指标中 1 项未达标**") and "70.0%" in sentence and " A" not in sentence


def test_a_metric_that_was_not_reported_is_a_tile_that_says_so_and_never_zero(place) -> None:
    tile = headlines.tile("property_coverage", headlines.judged(frame(), place), frame(), place)
    assert tile["value"] is None and tile["target"] == 0.95
    assert tile["change_text"] == "Not reported in this period"


def test_a_change_within_error_has_no_colour_and_none_that_rounds_to_nothing(place) -> None:
    def tile(value: float, flag: str) -> dict:
        rows = headlines.judged(frame(row("response_rate", value, 0.8, flag)), place)
        return headlines.tile("response_rate", rows, frame(), place)

    assert tile(0.82, "within_error")["better"] is None
    assert tile(0.82, "up")["better"] == "up"
    assert tile(0.80001, "within_error")["change"] is None


def test_a_table_of_several_metrics_writes_each_value_as_its_own_metric_is() -> None:
    rows = pd.DataFrame(
        {"metric": ["close_rate", "fortress_index"], "value": [0.5, 81.26], "previous_change": [0.011, None]}
    )
    written = catalogue.written(rows)
    assert written["value"].tolist() == ["50.0%", "81.3"]
    assert written["previous_change"].tolist() == ["+1.1 pp", "—"]


def compared(**values: float) -> pd.DataFrame:
    rows = [
        {
            "metric": "response_rate",
            "compound_type": code,
            "value": value,
            "value_low": value - 0.1,
            "value_high": value + 0.1,
        }
        | {"difference": 0.1, "difference_low": 0.05, "difference_high": 0.15, "verdict": "higher"}
        for code, value in values.items()
    ]
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else ["metric", "compound_type", "verdict"])


def test_bars_begin_at_zero_and_shares_reach_to_a_hundred_percent() -> None:
    bars = charts.by_type(compared(unit=0.8, old=0.4), types=TYPES, targets={"response_rate": 0.9}).data[0]
    assert list(bars.x) == [0.4, 0.8], "in the order of the place's types, on a scale of 0 to 1"
    assert bars.base is None


def test_lines_of_districts_do_not_run_into_each_other() -> None:
    months = [date(2024, 1, 1), date(2024, 2, 1)]
    lines = pd.DataFrame(
        {"district_name": ["A", "A", "B", "B"], "month": pd.to_datetime(months * 2), "value": [1, 2, 3, 4]}
    )
    whole = pd.DataFrame({"month": pd.to_datetime(months), "value": [2.0, 3.0]})
    thin = charts.trend(whole, lines, metric="fortress_index", name="Total", target=80).data[0]
    assert list(thin.y) == [1, 2, None, 3, 4, None]


def test_a_figure_without_rows_says_so() -> None:
    nothing = compared()
    for figure in (
        charts.by_type(nothing, types=TYPES, targets={}),
        charts.differences(nothing, types=TYPES),
        charts.cumulated(nothing, types=TYPES),
        charts.spread(nothing, metric="close_rate", types=TYPES),
        charts.changes(headlines.moved(frame(), "previous"), against="previous"),
        charts.lights(headlines.judged(frame(), PLACE)),
    ):
        assert not figure.data and figure.layout.annotations[0].text
