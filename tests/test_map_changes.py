"""Changes between two periods, and how sure values and changes are: worked out by hand."""

import math

import pandas as pd
import pytest

from dashboard import maps


def rows(*units: tuple | None) -> pd.DataFrame:
    """Units as (numerator, denominator) or None; a count has no denominator."""
    frame = pd.DataFrame(
        {
            "unit_code": [f"U{number}" for number in range(len(units))],
            "unit_name": [f"Unit {number}" for number in range(len(units))],
            "numerator": [unit[0] if unit else math.nan for unit in units],
            "denominator": [unit[1] if unit else math.nan for unit in units],
            "value_variance": math.nan,
            "longitude": 110.0,
            "latitude": 30.0,
        }
    )
    frame["value"] = frame["numerator"] / frame["denominator"].fillna(1)
    frame["state"] = ["reported" if unit else "not_reported" for unit in units]
    return frame


def test_a_share_changes_beyond_error_only_if_both_bases_allow_it() -> None:
    now, before = rows((90, 100), (9, 10), (100, 100)), rows((70, 100), (7, 10), (100, 100))
    found = maps.changed(now, before, "ontime_close_rate")
    assert list(found["change"]) == pytest.approx([0.2, 0.2, 0.0])
    # 1.645 √(p̃(1-p̃)/n + …): 100 cases 0.097, 10 cases 0.28
    assert list(found["is_beyond_error"]) == [True, False, False]


def test_a_count_is_as_sure_as_a_poisson_count() -> None:
    now, before = rows((160, None), (12, None), (0, None)), rows((100, None), (9, None), (0, None))
    found = maps.changed(now, before, "reported_issues")
    assert list(found["change"]) == [60, 3, 0]
    assert list(found["is_beyond_error"]) == [True, False, False]  # 1.645 √260 = 26.5, 1.645 √21 = 7.5


def test_a_mean_score_brings_its_own_variance_and_without_one_its_error_is_not_known() -> None:
    now, before = (rows((value, 1.0)) for value in (80.0, 70.0))
    sure = maps.changed(now.assign(value_variance=9.0), before.assign(value_variance=16.0), "fortress_index")
    assert list(sure["is_beyond_error"]) == [True]  # 10 > 1.645 · 5
    unsure = maps.changed(now.assign(value_variance=25.0), before.assign(value_variance=25.0), "fortress_index")
    assert list(unsure["is_beyond_error"]) == [False]


def test_what_registers_say_has_no_error() -> None:
    found = maps.changed(rows((3, 4), (2, 4)), rows((2, 4), (2, 4)), "property_coverage")
    assert list(found["is_beyond_error"]) == [True, False]


def test_without_a_value_in_either_period_there_is_no_change_and_a_state_that_says_why() -> None:
    now, before = rows((5, 10), None, (5, 10)), rows(None, (5, 10), (4, 10))
    found = maps.changed(now, before.iloc[:2], "ontime_close_rate")
    assert list(found["state"]) == ["not_reported"] * 3, "a unit that was not there reported nothing"
    assert found["change"].isna().all() and not found["is_beyond_error"].fillna(False).any()


def test_intervals_of_values_are_those_of_the_textbooks() -> None:
    share, count = rows((8, 10)), rows((100, None))
    (low, high), = maps.intervals(share, "ontime_close_rate")
    assert (low, high) == pytest.approx((0.5408, 0.9313), abs=5e-4)  # Wilson, 90 %
    assert list(maps.intervals(count, "reported_issues")[0]) == pytest.approx([100 - 16.45, 100 + 16.45])
    assert list(maps.intervals(rows((3, 4)), "property_coverage")[0]) == [0.75, 0.75]
    per = maps.intervals(rows((25, 5)), "issues_per_100_households")[0]
    assert list(per) == pytest.approx([5 - 1.645, 5 + 1.645])
    assert list(maps.intervals(rows((0, None)), "reported_issues")[0]) == [0, 0]


def test_the_largest_changes_beyond_error_come_first_and_no_other() -> None:
    changes = pd.DataFrame({"change": [0.1, -0.4, 0.2, None], "is_beyond_error": [True, True, False, None]})
    assert list(maps.moved(changes.astype({"is_beyond_error": "boolean"})).index) == [1, 0]


def test_compounds_that_fit_least_come_first() -> None:
    fits = pd.DataFrame(
        {
            "unit_code": list("ABCDE"),
            "fit_case": ["matched", "compound_larger", "compound_larger", "grid_larger", None],
            "is_aligned": [False, True, False, None, None],
            "grid_count": [1, 9, 2, 1, None],
        }
    )
    assert list(maps.unfit(fits)["unit_code"]) == ["C", "B", "D"]
