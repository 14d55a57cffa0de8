"""The list of units under the map: what its bars say, and that they lead into their units without a chart library."""

import numpy as np
import pandas as pd
import pytest

from dashboard import charts, text
from tests import tiny
from tests.opening import opened, troubles

ROWS = pd.DataFrame(
    {"unit_code": ["A", "B"], "unit_name": ["甲", "<b>"], "value": [0.2, 0.5], "base_count": [12.0, None]}
)
ENDS = np.array([[0.1, 0.4], [0.5, 0.5]])


def drawn(ends: np.ndarray = ENDS, **own: object) -> dict:
    with text.speaking("en"):
        return charts.units(ROWS, metric="ontime_close_rate", colours=["#111", "#222"], intervals=ends, **own)


def test_bars_are_shares_of_the_longest_thing_drawn() -> None:
    found = drawn(target=0.8)
    assert found["target"] == 1 and [bar["length"] for bar in found["bars"]] == [0.25, 0.625]
    assert found["bars"][0]["span"] == [0.125, 0.5]
    assert drawn()["target"] is None and [bar["length"] for bar in drawn()["bars"]] == [0.4, 1]


def test_a_bar_says_value_base_and_interval_in_words() -> None:
    first, second = drawn()["bars"]
    assert (first["code"], first["name"], first["colour"]) == ("A", "甲", "#111")
    assert (first["value"], first["base"], first["interval"]) == ("20.0%", "n = 12", "90 % interval 10.0% – 40.0%")
    assert (second["value"], second["base"], second["interval"]) == ("50.0%", "", "")


def test_an_interval_that_is_no_interval_is_not_drawn() -> None:
    for ends in (ENDS[1:].repeat(2, axis=0), np.full((2, 2), np.nan)):
        assert not any("span" in bar for bar in drawn(ends)["bars"])


def test_values_that_are_all_zero_have_bars_without_length() -> None:
    rows = ROWS.assign(value=0.0)
    found = charts.units(rows, metric="reported_issues", colours=["#111"] * 2, intervals=np.zeros((2, 2)))
    assert [bar["length"] for bar in found["bars"]] == [0, 0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_map_page_loads_no_chart_library(language, tiny_data) -> None:
    app = opened("grid_map", language, unit=tiny.WEST)
    assert not troubles(app) and not app.get("plotly_chart")
