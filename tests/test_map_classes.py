"""Where the classes of the map begin, what is hatched, and that every unit is counted once in the legend."""

import re
from itertools import pairwise

import jenkspy
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import maps, text
from dashboard.maps import colours
from dashboard.maps.classes import MOST_VALUES, change_edges, value_edges

TARGET = {"target": 0.80, "amber": 0.70}
STATES = st.sampled_from(["not_reported", "not_applicable"])
SHARES = st.floats(0, 1)
COUNTS = st.integers(0, 5_000).map(float)
NUMBERS = st.floats(-1e6, 1e6)
VALUES = {"ontime_close_rate": SHARES, "reported_issues": COUNTS, "issues_per_100_households": NUMBERS}
FLAGS = st.sampled_from([True, False, None])
bounded = settings(derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def units(draw, columns: dict[str, st.SearchStrategy]) -> pd.DataFrame:
    """Units with these columns; each of them may be missing, and has the state of a missing one then."""
    rows = draw(st.lists(st.tuples(STATES, *(st.none() | values for values in columns.values())), max_size=40))
    return pd.DataFrame(rows, columns=["state", *columns])


def plain(labels: list[str]) -> list[str]:
    return [label.replace("\u2060", "") for label in labels]


@bounded
@given(
    st.data(), st.sampled_from(list(VALUES)), st.sampled_from(list(maps.METHODS)), st.sampled_from(["light", "dark"])
)
def test_edges_rise_classes_are_few_and_every_unit_is_counted_once(data, metric, method, shade) -> None:
    rows = data.draw(units({"value": VALUES[metric]})).astype({"value": float})
    found = maps.scale(rows["value"], metric, TARGET, shade, method)
    assert all(low < high for low, high in pairwise(found.edges))
    assert 1 <= len(found.colours) == len(found.edges) + 1 <= 6
    assert len(set(found.colours)) == len(found.colours)
    assert sum(entry.count for entry in maps.legend_entries(rows, found)) == len(rows)
    assert (
        sum(entry.is_hatched * entry.count for entry in maps.legend_entries(rows, found)) == found.hatched(rows).sum()
    )


@bounded
@given(st.lists(SHARES | COUNTS, min_size=1, max_size=60), st.sampled_from(["quantiles", "natural"]))
def test_no_class_of_quantiles_or_natural_breaks_is_empty(values, method) -> None:
    edges = value_edges(np.array(values), "number", method)
    assert np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1).all()


@bounded
@given(st.lists(COUNTS, max_size=60), st.sampled_from(["quantiles", "equal", "natural"]))
def test_a_count_of_zero_is_never_in_a_class_with_others(values, method) -> None:
    edges = value_edges(np.array([0.0, *values]), "count", method)
    assert all(np.searchsorted(edges, value, side="right") > 0 for value in values if value > 0)


@bounded
@given(st.data(), st.sampled_from(list(VALUES)), st.sampled_from(["light", "dark"]))
def test_changes_have_symmetric_edges_and_every_unit_is_counted_once(data, metric, shade) -> None:
    changes = {"reported_issues": st.integers(-900, 900).map(float)}.get(metric, st.floats(-1, 1))
    rows = data.draw(units({"change": changes, "is_beyond_error": FLAGS})).astype({"change": float})
    found = maps.changes(rows, metric, shade)
    assert all(low < high for low, high in pairwise(found.edges))
    assert np.allclose(found.edges, -np.array(found.edges[::-1]), atol=1e-12)
    assert sum(entry.count for entry in maps.legend_entries(rows, found)) == len(rows)
    assert (
        sum(entry.is_hatched * entry.count for entry in maps.legend_entries(rows, found)) == found.hatched(rows).sum()
    )
    mirrored = found.classes(rows.assign(change=-rows["change"]))
    valued = rows["change"].notna().to_numpy()
    assert (found.classes(rows) + mirrored == len(found.colours) - 1)[valued].all()


@bounded
@given(st.data(), st.sampled_from(["light", "dark"]))
def test_cases_of_fit_are_counted_once_and_hatched_where_not_aligned(data, shade) -> None:
    cases = st.sampled_from(["compound_larger", "grid_larger", "matched"])
    rows = data.draw(units({"fit_case": cases, "is_aligned": FLAGS}))
    found = maps.fits(shade)
    assert sum(entry.count for entry in maps.legend_entries(rows, found)) == len(rows)
    assert (
        sum(entry.is_hatched * entry.count for entry in maps.legend_entries(rows, found)) == found.hatched(rows).sum()
    )


def test_the_target_is_offered_only_where_there_is_one_and_then_comes_first() -> None:
    assert maps.methods(TARGET) == ("target", "quantiles", "equal", "natural")
    assert maps.methods({}) == ("quantiles", "equal", "natural")
    values = pd.Series([0.2, 0.5, 0.9])
    assert maps.scale(values, "ontime_close_rate", TARGET, "light").signals
    assert not maps.scale(values, "ontime_close_rate", TARGET, "light", "natural").signals
    with pytest.raises(ValueError, match="target"):
        maps.scale(values, "reported_issues", {}, "light", "target")


def test_equal_intervals_have_one_width_that_reads_well() -> None:
    values = np.array([0.013, 0.2, 0.21, 0.968])
    assert value_edges(values, "share", "equal") == (0.2, 0.4, 0.6, 0.8)
    assert value_edges(np.array([3.0, 7.0, 88.0]), "count", "equal") == (25.0, 50.0, 75.0)
    assert value_edges(np.array([0.0, 3.0, 88.0]), "count", "equal") == (1.0, 25.0, 50.0, 75.0)
    assert value_edges(np.array([0.5012, 0.5031]), "share", "equal") == (0.502, 0.503)


def test_natural_breaks_fall_into_the_gaps_at_round_numbers() -> None:
    groups = np.array([0.11, 0.33, 0.52, 0.68, 0.84, 0.97])
    values = (groups[:, None] + np.array([-0.01, 0.0, 0.01])).ravel()
    assert value_edges(values, "share", "natural") == (0.2, 0.4, 0.6, 0.8, 0.9)
    values = np.array([0.0, 1.0, 2.0, 20.0, 21.0, 90.0, 400.0, 410.0, 3_000.0])
    assert value_edges(values, "count", "natural") == (1.0, 10.0, 60.0, 200.0, 2_000.0)


def test_natural_breaks_of_very_many_values_are_those_of_as_many_quantiles(monkeypatch) -> None:
    asked = []
    breaks = jenkspy.jenks_breaks
    monkeypatch.setattr(
        jenkspy, "jenks_breaks", lambda values, **more: asked.append(len(values)) or breaks(values, **more)
    )
    values = np.random.default_rng(7).beta(8, 2, 5 * MOST_VALUES)
    edges = value_edges(values, "share", "natural")
    assert asked == [MOST_VALUES]
    assert edges == value_edges(np.random.default_rng(8).permutation(values), "share", "natural")
    assert np.allclose(edges, value_edges(values[:MOST_VALUES], "share", "natural"), atol=0.03)


def test_the_lowest_values_are_parted_from_the_others_even_where_most_units_tie() -> None:
    edges = value_edges(np.array([0.0] * 90 + [0.3, 0.4, 0.5]), "share", "quantiles")
    assert edges == (0.1,)


@pytest.mark.parametrize(("metric", "better", "worse"), [("ontime_close_rate", -1, 0), ("overnight_rate", 0, -1)])
def test_a_change_for_the_worse_is_red_and_one_for_the_better_teal(metric, better, worse) -> None:
    rows = pd.DataFrame({"change": [-0.2, -0.02, 0.0, 0.03, 0.2], "is_beyond_error": True, "state": "reported"})
    found = maps.changes(rows, metric, "light")
    assert found.colours[worse] == "#9f2614" and found.colours[better] == "#145361"
    entries = maps.legend_entries(rows, found)
    assert (entries[better].sign, entries[worse].sign) == ("●", "■")


def test_where_no_direction_is_better_changes_have_arrows_and_no_red() -> None:
    rows = pd.DataFrame({"change": [-9.0, -2.0, 0.0, 3.0, 9.0], "is_beyond_error": True, "state": "reported"})
    found = maps.changes(rows, "reported_issues", "dark")
    assert found.colours == colours.LESS_TO_MORE["dark"]
    assert [entry.sign for entry in maps.legend_entries(rows, found)] == ["↓", "↓", "", "↑", "↑"]


def test_classes_of_changes_are_said_with_their_signs() -> None:
    rows = pd.DataFrame({"change": [-0.25, -0.02, 0.0, 0.02, 0.03, 0.25], "is_beyond_error": True, "state": "reported"})
    with text.speaking("en"):
        assert maps.changes(rows, "ontime_close_rate", "light").labels() == [
            "≤ -20.0 pp", "-20.0 pp to -2.0 pp", "-2.0 pp to +2.0 pp", "+2.0 pp to +20.0 pp", "≥ +20.0 pp",
        ]  # fmt: skip
        counted = maps.changes(rows.assign(change=[-9, -1, 0, 1, 1, 7]), "reported_issues", "light")
        assert counted.labels() == ["≤ -7", "-6 to -1", "0", "+1 to +6", "≥ +7"]
        assert maps.changes(rows.assign(change=0.0), "reported_issues", "light").labels() == ["no change"]
    with text.speaking("zh"):
        assert counted.labels()[1] == "-6至-1"


def test_a_change_too_small_to_be_written_is_none() -> None:
    assert change_edges(np.array([0.0004, -0.0003]), "share") == ()
    assert change_edges(np.array([0.0004, -0.0003, 0.02]), "share") == (0.01,)
    assert change_edges(np.array([]), "share") == ()


def test_a_change_is_hatched_unless_it_is_known_to_be_beyond_error() -> None:
    rows = pd.DataFrame(
        {
            "change": [0.3, 0.3, 0.3, None, None],
            "is_beyond_error": [True, False, None, None, None],
            "state": ["reported", "reported", "reported", "not_reported", "not_applicable"],
        }
    )
    found = maps.changes(rows, "ontime_close_rate", "light")
    assert list(found.hatched(rows)) == [False, True, True, True, False]
    with text.speaking("en"):
        counts = {entry.label: (entry.count, entry.is_hatched) for entry in maps.legend_entries(rows, found)}
    assert counts["within error"] == counts["error not known"] == counts["not reported"] == (1, True)
    assert counts["not applicable"] == (1, False) and sum(count for count, _ in counts.values()) == 5


def test_cases_of_fit_are_named_as_in_the_contract() -> None:
    rows = pd.DataFrame(
        {
            "fit_case": ["matched", "matched", "grid_larger", "compound_larger", None],
            "is_aligned": [True, False, None, True, None],
            "state": ["reported"] * 4 + ["not_reported"],
        }
    )
    found = maps.fits("light")
    assert list(found.classes(rows)) == [2, 2, 4, 0, 6] and list(found.hatched(rows)) == [
        False,
        True,
        False,
        False,
        True,
    ]
    with text.speaking("en"):
        shown = {entry.label: entry.count for entry in maps.legend_entries(rows, found) if entry.count}
    assert shown == {
        "Compound larger than grid, aligned": 1,
        "Grid larger than compound, alignment not reported": 1,
        "Matched, aligned": 1,
        "Matched, not aligned": 1,
        "not reported": 1,
    }


def test_not_reported_is_hatched_and_zero_is_not() -> None:
    rows = pd.DataFrame(
        {"value": [0.0, 3.0, None, None], "state": ["reported", "reported", "not_reported", "not_applicable"]}
    )
    found = maps.scale(rows["value"], "reported_issues", {}, "dark")
    assert list(found.hatched(rows)) == [False, False, True, False]
    zero, _, unknown, inapplicable = maps.legend_entries(rows, found)
    assert zero.label == "0" and zero.colour != unknown.colour == colours.NOT_REPORTED["dark"]
    assert unknown.is_hatched and not zero.is_hatched and inapplicable.colour == ""


def test_labels_of_classes_by_any_method_meet_without_gap() -> None:
    values = pd.Series([0.0, *range(1, 31), 200.0])
    with text.speaking("en"):
        assert plain(maps.scale(values, "reported_issues", {}, "light", "equal").labels()) == [
            "0", "1 – 49", "50 – 99", "100 – 149", "150 – 199", "≥ 200",
        ]  # fmt: skip


def test_a_chip_of_the_legend_is_not_cut_in_two_at_the_end_of_a_line() -> None:
    rows = pd.DataFrame(
        {"change": [-9.0, None], "is_beyond_error": [True, None], "state": ["reported", "not_reported"]}
    )
    found = maps.changes(rows, "reported_issues", "light")
    with text.speaking("zh"):
        assert "未\u2060上\u2060报" in maps.legend(rows, found)
        assert "至" in maps.legend(rows, found) and not re.search(r"\d至|至[+-]", maps.legend(rows, found))
    with text.speaking("en"):
        assert "not&nbsp;reported" in maps.legend(rows, found)
