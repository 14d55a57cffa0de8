"""How values of the map become classes, colours and a legend, and what the browser is sent."""

import re

import pandas as pd
import pytest

from dashboard import maps, text

RATE = {"target": 0.80, "amber": 0.70}


def rows(*values: float | None, state: str = "not_reported") -> pd.DataFrame:
    """Units with these values; those without one are in `state`."""
    frame = pd.DataFrame({"value": pd.Series(values, dtype=float)})
    frame["state"] = ["reported" if value == value else state for value in frame["value"]]
    names = [f"Unit {number}" for number in range(len(values))]
    return frame.assign(unit_name=names, longitude=110.1, latitude=30.1, unit_code=names, base_count=10.0)


def scaled(metric: str, goal: dict[str, float], *values: float | None) -> tuple[maps.Scale, list[int]]:
    units = rows(*values)
    scale = maps.scale(units["value"], metric, goal, "light")
    return scale, list(scale.classes(units))


def test_with_a_target_the_classes_are_those_of_the_traffic_light() -> None:
    scale, classes = scaled("ontime_close_rate", RATE, 0.0, 0.5999, 0.6, 0.7, 0.7999, 0.8, 0.9, 1.0)
    assert classes == [0, 0, 1, 2, 2, 3, 4, 4]
    assert scale.signals == ("trouble", "trouble", "watch", "good", "good")
    assert scale.colours == ("#a3201a", "#dc7f73", "#f4c93a", "#79b5b4", "#0b6360")  # strongest at the ends
    assert scaled("overnight_rate", {"target": 0.45, "amber": 0.60}, 0.5)[0].colours == scale.colours[::-1]


def test_where_less_is_better_the_target_itself_is_met() -> None:
    scale, classes = scaled("overnight_rate", {"target": 0.45, "amber": 0.60}, 0.0, 0.45, 0.4501, 0.60, 0.6001, 1.0)
    assert [scale.signals[at] for at in classes] == ["good", "good", "watch", "watch", "trouble", "trouble"]


def test_red_is_for_trouble_alone() -> None:
    def is_red(colour: str) -> bool:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return red > 1.4 * green and red > 1.4 * blue

    for metric, goal in (("ontime_close_rate", RATE), ("overnight_rate", {"target": 0.45, "amber": 0.6})):
        scale, _ = scaled(metric, goal, 0.5)
        assert [is_red(colour) for colour in scale.colours] == [signal == "trouble" for signal in scale.signals]
    assert not any(is_red(colour) for shade in ("light", "dark") for colour in maps.scale(rows(*range(50))["value"], "reported_issues", {}, shade).colours)


def test_a_target_that_cannot_be_exceeded_makes_one_class_less() -> None:
    scale, classes = scaled("owners_body_rate_eligible", {"target": 1.0, "amber": 0.9}, 0.99, 1.0)
    assert scale.signals == ("trouble", "trouble", "watch", "good")
    assert [scale.signals[at] for at in classes] == ["watch", "good"]


def test_a_count_of_zero_has_a_class_of_its_own() -> None:
    scale, classes = scaled("reported_issues", {}, 0, 0, 1, 2, 5, 9, 40)
    assert classes[:2] == [0, 0] and min(classes[2:]) == 1
    assert scale.labels()[0] == "0"
    assert len(scale.colours) <= 6


def test_without_a_target_classes_hold_about_as_many_units_each() -> None:
    scale, classes = scaled("extension_rate", {}, *(number / 1000 for number in range(600)))
    assert len(scale.colours) == 6
    assert all(98 <= classes.count(at) <= 102 for at in range(6))


@pytest.mark.parametrize("values", [(), (None,), (3.0, 3.0), (0.0, 0.0)])
def test_values_all_alike_or_none_at_all_make_one_class(values) -> None:
    scale, classes = scaled("reported_issues", {}, *values)
    assert len(scale.colours) == 1
    assert set(classes) <= {0, 1}


def test_labels_meet_without_gap_or_overlap() -> None:
    with text.speaking("en"):
        assert [label.replace("\u2060", "") for label in scaled("ontime_close_rate", RATE, 0.5)[0].labels()] == [
            "< 60.0%", "60.0% – 70.0%", "70.0% – 80.0%", "80.0% – 90.0%", "≥ 90.0%",
        ]  # fmt: skip
        counted = [label.replace("\u2060", "") for label in scaled("reported_issues", {}, 0, *range(1, 31))[0].labels()]
    assert counted == ["0", "1 – 6", "7 – 12", "13 – 18", "19 – 24", "≥ 25"]


def test_the_legend_counts_every_unit_once_and_tells_blank_from_zero() -> None:
    units = pd.concat([rows(0.5, 0.75, 0.85, 0.85, None), rows(None, None, state="not_applicable")], ignore_index=True)
    with text.speaking("en"):
        legend = maps.legend(units, maps.scale(units["value"], "ontime_close_rate", RATE, "light"))
    assert [int(count) for count in re.findall(r"\*\*(\d+)\*\*", legend)] == [1, 0, 1, 2, 0, 1, 2]
    assert "▨&nbsp;not&nbsp;reported" in legend and "□&nbsp;not&nbsp;applicable" in legend
    assert all(sign in legend for sign in "■▲●")


def test_the_ranking_shows_the_worst_first_and_leaves_out_tiny_bases() -> None:
    units = rows(0.9, 0.5, 0.5, 0.1, None).assign(base_count=[10.0, 10.0, 99.0, 2.0, 0.0])
    assert list(maps.ranked(units, "ontime_close_rate", 5)["unit_name"]) == ["Unit 2", "Unit 1", "Unit 0"]
    assert list(maps.ranked(units, "overnight_rate", 5)["unit_name"]) == ["Unit 0", "Unit 2", "Unit 1"]
    assert maps.ranked(units.assign(base_count=1.0), "ontime_close_rate", 5)["unit_name"].iat[0] == "Unit 3"


def test_the_ranking_does_not_say_that_it_left_out_what_it_shows() -> None:
    units = pd.DataFrame({"unit_name": ["A", "B"], "value": [0.5, 0.6], "base_count": [9.0, 3.0]})
    with text.speaking("en"):
        assert maps.ranking_note(units, "ontime_close_rate", 5) == "Without units whose base n is below 5."
        assert maps.ranking_note(units[1:], "ontime_close_rate", 5).startswith("Every base n is below 5")
        assert maps.ranking_title(units[1:], units[1:], "ontime_close_rate") == "On-time closing rate"


def test_a_click_goes_to_the_next_level_that_has_units() -> None:
    assert maps.below("", ["community", "compound"]) == "community"
    assert maps.below("community", ["compound", "grid", "micro_grid"]) == "compound"
    assert maps.below("community", ["community", "compound"]) == "compound"
    assert maps.below("compound", ["micro_grid"]) == "micro_grid"
    assert maps.below("micro_grid", []) is None
