"""Headline metrics: lights, ends, moves and the sentence, from rows written here; and the figures drawn from them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard import catalogue, charts, headline_ends, headlines, profile, settings, text
from tests.opening import drawn, grid

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


def row(
    metric: str, value: float, previous: float | None = None, flag: str | None = None, name: str = ""
) -> dict[str, Any]:
    """A row as `overview_metrics` gives it: of a district if it has a name, else of the whole selection."""
    return {
        "level": "district" if name else "selection",
        "metric": metric,
        "district_code": name or None,
        "district_name": name or None,
        "value": value,
        "previous_value": previous,
        "previous_change": None if previous is None else value - previous,
        "previous_flag": flag,
        "last_year_value": None,
        "last_year_change": None,
        "last_year_flag": None,
        "standard_error": 0.01,
    }


def named(metric: str, values: dict[str, float], error: float | None = 0.01) -> list[dict[str, Any]]:
    return [row(metric, value, name=name) | {"standard_error": error} for name, value in values.items()]


def test_lights_turn_round_where_less_is_better(place) -> None:
    rows = [row("response_rate", value) for value in (0.9, 0.8, 0.79)]
    rows += [row("overnight_rate", value) for value in (0.45, 0.6, 0.61)]
    whole, _districts = headlines.judged(rows, place)
    assert [found["signal"] for found in whole] == ["good", "watch", "trouble"] * 2


def test_a_metric_without_a_target_is_shown_and_not_judged(place) -> None:
    whole, _districts = headlines.judged([row("close_rate", 0.1), row("reported_issues", 9)], place)
    assert [(found["metric"], found["signal"], found["target"]) for found in whole] == [("close_rate", "unknown", None)]


def test_the_best_where_less_is_better_is_the_lowest() -> None:
    ends = headline_ends.ends(named("overnight_rate", dict(zip("ABCDEFG", range(7), strict=True))))
    shown = {end: [(found["place"], found["district_name"]) for found in rows] for end, rows in ends.items()}
    assert shown == {"best": [(1, "A"), (2, "B"), (3, "C")], "worst": [(1, "G"), (2, "F"), (3, "E")]}


def test_no_district_stands_at_both_ends() -> None:
    ends = headline_ends.ends(named("response_rate", {"A": 0.1, "B": 0.2, "C": 0.3}))
    assert [[found["district_name"] for found in rows] for rows in ends.values()] == [["C"], ["A"]]


def test_districts_that_are_all_equal_or_alone_have_no_ends() -> None:
    assert headline_ends.ends(named("response_rate", {"A": 1.0, "B": 1.0})) == {}
    assert headline_ends.ends(named("response_rate", {"A": 1.0})) == {}


def test_districts_far_apart_keep_their_rank_and_close_ones_leave_it_open() -> None:
    apart = named("overnight_rate", {"A": 0.1, "B": 0.3, "C": 0.5, "D": 0.7}, error=0.001)
    close = named("response_rate", {"A": 0.80, "B": 0.81, "C": 0.82, "D": 0.83}, error=0.05)
    ends = headline_ends.ends(apart + close)
    ranks = {
        (end, found["metric"], found["district_name"]): (found["rank_low"], found["rank_high"])
        for end, rows in ends.items()
        for found in rows
    }
    assert ranks["best", "overnight_rate", "A"] == (1, 1)
    assert (ranks["worst", "overnight_rate", "D"], ranks["worst", "overnight_rate", "C"]) == ((4, 4), (3, 3))
    assert ranks["best", "response_rate", "D"] == (1, 4)
    assert ranks == {
        (end, found["metric"], found["district_name"]): (found["rank_low"], found["rank_high"])
        for end, rows in headline_ends.ends(apart + close).items()
        for found in rows
    }, "the same every time"


def test_where_the_best_may_be_the_worst_the_words_say_so() -> None:
    apart = named("overnight_rate", {"A": 0.1, "B": 0.3, "C": 0.5, "D": 0.7}, error=0.001)
    close = named("response_rate", {"A": 0.80, "B": 0.81, "C": 0.82, "D": 0.83}, error=0.05)
    words = headline_ends.words(headline_ends.ends(apart + close))
    assert "**The order may be chance** in Response rate:" in words
    words = headline_ends.words(headline_ends.ends(apart))
    assert "In every metric the best districts can be told from the weakest." in words and "chance** in" not in words


def test_of_an_error_that_is_not_known_no_rank_is_sure() -> None:
    rows = named("fortress_index", {"A": 80.0, "B": 90.0}, error=None)
    ends = headline_ends.ends(rows)
    assert [(found["rank_low"], found["rank_high"]) for found in ends["best"]] == [(None, None)]
    words = headline_ends.words(ends)
    assert words.endswith("nothing is known of the ranks: Fortress index.") and "can be told" not in words


def test_the_table_of_an_end_shows_the_ranks_that_chance_leaves_open(place) -> None:
    rows = named("response_rate", {"A": 0.80, "B": 0.81, "C": 0.82, "D": 0.83}, error=0.05)
    rows += named("overnight_rate", {"A": 0.1, "B": 0.3, "C": 0.5, "D": 0.7}, error=0.001)
    rows += named("fortress_index", {"A": 80.0, "B": 90.0}, error=None)
    ends = headline_ends.ends(headlines.judged(rows, place)[1])
    assert [line[1] for line in grid(charts.ranks(ends["best"], heading="No. {place}"))] == [
        "No. 1", "D ▲ 83.0% ranks 1–4", "A ● 10.0% rank 1", "B 90.0 rank unsure",
    ]  # fmt: skip


def test_moves_are_those_beyond_error_and_no_metric_fills_the_list() -> None:
    rows = [row("overnight_rate", 0.5 + at / 100, 0.4, "up", name=f"D{at}") for at in range(5)]
    rows.append(row("fortress_index", 80.0, 79.0, "up", name="D9"))
    rows.append(row("response_rate", 0.9, 0.1, "within_error", name="D8"))
    moved = headlines.moved(rows, "previous")
    assert [found["district_name"] for found in moved] == ["D4", "D3", "D2", "D9"]
    assert [round(found["points"], 6) for found in moved] == [14, 13, 12, 1]
    assert [found["is_better"] for found in moved] == [False, False, False, True]


def test_the_sentence_says_what_is_off_where_and_what_is_missing(place) -> None:
    rows = [row("response_rate", 0.7, 0.8, "down"), row("overnight_rate", 0.5, 0.5, "within_error")]
    rows += named("response_rate", {"A": 0.7, "B": 0.95}) + named("overnight_rate", {"A": 0.9})
    whole, districts = headlines.judged(rows, place)
    assert headlines.summary(whole, districts, place) == (
        "**Off target: 1 of 2 metrics.** Response rate 70.0% (target 90.0%). Close to target: 1. "
        "On the period before, beyond error: 0 better, 1 worse. Most metrics off target: A (2). "
        "Not reported: Property service coverage."
    )
    with text.speaking("zh"):
        sentence = headlines.summary(whole, districts, place)
    assert sentence.startswith("**2 项指标中 1 项未达标**") and "70.0%" in sentence
    assert "rate" not in sentence and ". " not in sentence


def test_a_metric_that_was_not_reported_is_a_tile_that_says_so_and_never_zero(place) -> None:
    tile = headlines.tile("property_coverage", [], [], place)
    assert tile["value"] is None and tile["target"] == 0.95
    assert tile["change_text"] == "Not reported in this period"


def test_a_change_within_error_has_no_colour_and_one_that_rounds_to_nothing_is_none(place) -> None:
    def tile(value: float, flag: str) -> dict[str, Any]:
        whole, _districts = headlines.judged([row("response_rate", value, 0.8, flag)], place)
        return headlines.tile("response_rate", whole, [0.8, value], place)

    assert (tile(0.82, "within_error")["better"], tile(0.82, "up")["better"]) == (None, "up")
    assert tile(0.80001, "within_error")["change"] is None
    assert tile(0.80001, "within_error")["change_text"] == "same as previous"


def test_a_table_of_several_metrics_writes_each_value_as_its_own_metric_is() -> None:
    rows = {"metric": ["close_rate", "fortress_index"], "value": [0.5, 81.26], "previous_change": [0.011, None]}
    written = catalogue.written(pd.DataFrame(rows))
    assert written["value"].tolist() == ["50.0%", "81.3"]
    assert written["previous_change"].tolist() == ["+1.1 pp", "—"]


def compared(**values: float) -> list[dict[str, Any]]:
    """Rows as `compound_types_metrics` gives them, one per compound type."""
    interval = {"difference": 0.1, "difference_low": 0.05, "difference_high": 0.15, "verdict": "higher"}
    return [
        {"metric": "response_rate", "compound_type": code, "value": value, "value_low": value, "value_high": value}
        | interval
        for code, value in values.items()
    ]


def test_bars_begin_at_zero_and_shares_reach_to_a_hundred_percent() -> None:
    bars = drawn(charts.by_type(compared(unit=0.8, old=0.4), types=TYPES, targets={"response_rate": 0.9})).data[0]
    assert list(bars.x) == [0.4, 0.8], "in the order of the place's types, on a scale of 0 to 1"
    assert bars.base is None


def test_differences_that_may_be_chance_are_hollow() -> None:
    rows = compared(old=0.4, unit=0.5)
    rows[1]["verdict"] = "chance"
    old, unit = drawn(charts.differences(rows, types=TYPES)).data
    assert (old.marker.symbol, unit.marker.symbol) == (("circle",), ("diamond-open",))
    assert list(old.x) == [10] and list(old.error_x.array) == [pytest.approx(5)]


def test_lines_of_districts_do_not_run_into_each_other_and_gaps_stay_gaps() -> None:
    months = [date(2024, 1, 1), date(2024, 2, 1)]
    values = {None: (2.0, 3.0), "A": (1.0, float("nan")), "B": (3.0, 4.0)}
    rows = [
        {"level": "district" if name else "selection", "district_name": name, "month": month, "value": value}
        for name, line in values.items()
        for month, value in zip(months, line, strict=True)
    ]
    thin, bold = drawn(charts.trend(rows, metric="fortress_index", name="Total", target=80.0)).data
    assert list(thin.y) == [1, None, 3, 4, None]
    assert list(bold.y) == [2, 3]


def test_a_matrix_shows_a_dash_where_nothing_was_reported(place) -> None:
    rows = named("response_rate", {"A": 0.95, "B": 0.7}) + named("property_coverage", {"A": 0.9})
    assert grid(charts.lights(headlines.judged(rows, place)[1])) == [
        ["", "Response rate", "Property service coverage"],
        ["A", "● 95.0%", "▲ 90.0%"],
        ["B", "■ 70.0%", "—"],
    ]


def test_a_figure_without_rows_says_so() -> None:
    for figure in (
        charts.by_type([], types=TYPES, targets={}),
        charts.differences([], types=TYPES),
        charts.cumulated([], types=TYPES),
        charts.spread([], metric="close_rate", types=TYPES),
        charts.changes([], against="previous"),
        charts.trend([], metric="close_rate", name="Total", target=None),
    ):
        assert not drawn(figure).data and drawn(figure).layout.annotations[0].text


def test_an_interval_by_type_ends_where_the_metric_ends() -> None:
    rows = [
        {"metric": "organisation_coverage", "compound_type": "old", "value": 0.9, "value_low": 0.7, "value_high": 1.2},
        {"metric": "rework_rate", "compound_type": "old", "value": 0.1, "value_low": -0.2, "value_high": 0.3},
    ]
    figure = charts.by_type([{**row, "verdict": None} for row in rows], types={"old": "Old"}, targets={}).to_dict()
    bars = figure["data"][0]
    ends = zip(bars["x"], bars["error_x"]["array"], bars["error_x"]["arrayminus"], strict=True)
    assert [(round(length + above, 6), round(length - below, 6)) for length, above, below in ends] == [(1, 0.7), (1, 0)]


def test_months_stand_upright_on_two_lines_below_a_trend() -> None:
    months = [date(2023 + at // 12, at % 12 + 1, 1) for at in range(24)]
    rows = [{"level": "selection", "district_name": None, "month": month, "value": 0.5} for month in months]
    with text.speaking("en"):
        axis = charts.trend(rows, metric="rework_rate", name="Total", target=None).to_dict()["layout"]["xaxis"]
    assert axis["ticktext"] == ["Jun<br>2023", "Dec<br>2023", "Jun<br>2024", "Dec<br>2024"]
    assert axis["tickangle"] == 0
