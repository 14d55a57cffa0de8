"""Other methods than the official one, against values worked out by hand and against the official formulas."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard import scoring
from dashboard.scoring import methods
from dashboard.scoring.fortress import Evidence, Scores
from dashboard.scoring.rule_checks import AGGREGATIONS
from dashboard.scoring.rule_model import FortressVersion
from tests.scoring_rows import CITY_RULES, RULES

CITY = scoring.load_rules(RULES).fortress[0]


def two_dimensions() -> FortressVersion:
    """Rules of two dimensions of 50 points with one item each, scored from 0 to 1; no bonus, no deductions."""
    loyalty, service = CITY.dimensions[:2]
    items = {item.code: replace(item, points=50.0, lo=0.0) for item in CITY.items}
    return replace(
        CITY,
        dimensions=(replace(loyalty, points=50.0), replace(service, points=50.0)),
        items=(items["A1"], items["B1"]),
        bonus=(),
        deductions=(),
    )


def scored(version: FortressVersion, *ratios: tuple[float, float]) -> Scores:
    """Branches with these ratios of the two items, each out of 100 cases."""
    numerators = 100 * np.array(ratios)
    nothing = np.empty((len(ratios), 0))
    full = np.full(len(ratios), 10.0)
    return Scores(version, Evidence(numerators, np.full_like(numerators, 100.0), nothing, full, nothing))


# Official totals 65, 62.5, 60.
THREE = ((0.9, 0.4), (0.6, 0.65), (0.3, 0.9))
OFFICIAL = np.array([1.0, 2.0, 3.0])


def random_city(version: FortressVersion, count: int = 60, seed: int = 1) -> Scores:
    """Branches with evidence of every kind: full, zero, not reported, not applicable, a whole dimension missing."""
    random = np.random.default_rng(seed)
    shape = (count, len(version.items))
    denominators = random.integers(0, 40, shape).astype(float)
    numerators = np.floor(denominators * random.uniform(0.4, 1.0, shape))
    numerators[random.random(shape) < 0.05] = np.nan
    numerators[0, :3] = np.nan
    return Scores(
        version,
        Evidence(
            numerators,
            denominators,
            random.integers(0, 20, (count, len(version.bonus))).astype(float),
            random.integers(5, 50, count).astype(float),
            random.integers(0, 3, (count, len(version.deductions))).astype(float),
        ),
    )


def same_points(scores: Scores, factor: float = 1.0) -> methods.Methods:
    multipliers = np.full((1, len(scores.version.items)), factor)
    return methods.Methods(multipliers, np.array([scores.version.aggregation == "geometric"]), np.array([False]))


def test_the_mean_rank_shift_of_three_branches_is_that_worked_out_by_hand() -> None:
    """Ranks: official 1, 2, 3; product (60.0, 62.4, 52.0) 2, 1, 3; points 37.5 and 62.5 (58.75, 63.125, 67.5) 3, 2, 1;
    worst to best 50 each, so 1, 1, 1."""
    tried = methods.Methods(
        multipliers=np.array([[1.0, 1.0], [1.0, 1.0], [0.75, 1.25], [1.0, 1.0]]),
        is_geometric=np.array([False, True, False, False]),
        is_min_max=np.array([False, False, False, True]),
    )
    scores = scored(two_dimensions(), *THREE)
    assert methods.ranks(scores, tried).tolist() == [[1, 2, 3], [2, 1, 3], [3, 2, 1], [1, 1, 1]]
    assert methods.totals(scores, tried)[2].tolist() == pytest.approx([58.75, 63.125, 67.5])
    shifts = methods.rank_shift(scores, OFFICIAL, tried)
    assert shifts.mean_shifts.tolist() == pytest.approx([0, 2 / 3, 4 / 3, 1])
    assert shifts.branch_shifts.tolist() == [0.75, 0.5, 1.0]
    assert (shifts.low.tolist(), shifts.high.tolist()) == ([1, 1, 1], [3, 2, 3])


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_the_official_method_gives_the_official_totals(aggregation: str) -> None:
    scores = random_city(replace(CITY, aggregation=aggregation))
    again = methods.totals(scores, same_points(scores))[0]
    assert np.allclose(again, scores.total, atol=1e-6, equal_nan=True)


def test_points_scaled_together_change_nothing() -> None:
    scores = random_city(CITY)
    drawn = methods.draws(len(CITY.items), 64)
    doubled = replace(drawn, multipliers=2.5 * drawn.multipliers)
    assert np.allclose(methods.totals(scores, drawn), methods.totals(scores, doubled), atol=1e-6, equal_nan=True)


def test_worst_to_best_is_0_to_1_also_turned_round_and_1_where_all_are_alike() -> None:
    version = two_dimensions()
    turned = replace(version, items=(version.items[0], replace(version.items[1], direction=-1)))
    assert methods.min_max(scored(turned, *THREE)) == pytest.approx(np.array([[1, 1], [0.5, 0.5], [0, 0]]))
    assert methods.min_max(scored(version, (0.4, 0.7), (0.4, 0.9))).tolist() == [[1, 0], [1, 1]]


def test_random_methods_are_the_same_every_time_and_within_their_limits() -> None:
    drawn, again = methods.draws(15), methods.draws(15)
    assert (drawn.multipliers == again.multipliers).all()
    assert drawn.multipliers.shape == (methods.DRAWS, 15)
    assert 0.75 <= drawn.multipliers.min() < 0.76 and 1.24 < drawn.multipliers.max() <= 1.25
    assert drawn.is_geometric.mean() == drawn.is_min_max.mean() == 0.5


def ishigami(design: np.ndarray) -> np.ndarray:
    """sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 on [-π, π]³, whose indices are known: Ishigami & Homma 1990."""
    first, second, third = design.T
    return np.sin(first) + 7 * np.sin(second) ** 2 + 0.1 * third**4 * np.sin(first)


def ishigami_indices() -> tuple[list[float], list[float]]:
    a, b = 7, 0.1
    first = 0.5 * (1 + b * np.pi**4 / 5) ** 2
    second, together = a**2 / 8, b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = first + second + together
    return [first / whole, second / whole, 0], [(first + together) / whole, second / whole, together / whole]


@pytest.mark.parametrize(("size", "tolerance"), [(methods.SENSITIVITY_SIZE, 0.12), (4096, 0.02)])
def test_the_indices_of_the_ishigami_function_are_reproduced(size: int, tolerance: float) -> None:
    found = methods.sensitivity(["x1", "x2", "x3"], [(-np.pi, np.pi)] * 3, ishigami, size)
    first, total = ishigami_indices()
    assert (first[0], total[2]) == pytest.approx((0.3139, 0.2437), abs=1e-4)
    assert found["first_order"].tolist() == pytest.approx(first, abs=tolerance)
    assert found["total_order"].tolist() == pytest.approx(total, abs=tolerance)
    assert (found[["first_order_margin", "total_order_margin"]] < 2.5 * tolerance).all().all()


@pytest.mark.filterwarnings("error")
def test_a_shift_that_never_varies_hangs_on_nothing() -> None:
    """One branch is first under every method."""
    found = methods.shift_sensitivity(scored(two_dimensions(), (0.9, 0.4)), np.array([1.0]), 8)
    assert found["factor"].tolist() == ["loyalty", "service", "aggregation", "normalisation"]
    assert not found.drop(columns="factor").to_numpy().any()


def test_the_indices_of_a_shift_are_those_worked_out_by_hand() -> None:
    """Goalposts give 1, 3, 2 whatever the weights; worst to best 2, 3, 1, and as a product 2, 2, 1: a shift of 0, 0,
    2/3 and 1. Its variance is 3/16; 25/144 of it is normalisation by itself, 1/144 aggregation, 1/144 both together."""
    scores = scored(two_dimensions(), (0.99, 0.50), (0.50, 0.505), (0.95, 0.51))
    found = methods.shift_sensitivity(scores, np.array([1.0, 3.0, 2.0])).set_index("factor")
    assert found.loc["normalisation", "first_order"] == pytest.approx(25 / 27, abs=0.05)
    assert found.loc["normalisation", "total_order"] == pytest.approx(26 / 27, abs=0.05)
    assert found.loc["aggregation", ["first_order", "total_order"]].tolist() == pytest.approx([1 / 27, 2 / 27], abs=0.05)
    assert not found.loc[["loyalty", "service"], "total_order"].any()


def test_other_weights_and_cut_offs_give_the_totals_and_stars_worked_out_by_hand() -> None:
    """Weights 30 and 10 become 75 and 25: 67.5 + 10, 45 + 16.25, 22.5 + 22.5."""
    version = methods.varied(two_dimensions(), (30, 10), (70, 60, 50, 40), "arithmetic")
    found = methods.standing(scored(version, *THREE), np.array([False, False, False]))
    assert found["total"].tolist() == [77.5, 61.25, 45]
    assert found["stars"].tolist() == [5, 4, 2]
    assert found["rank"].tolist() == [1, 2, 3]


def test_a_product_of_dimensions_changes_the_order_as_worked_out_by_hand() -> None:
    version = methods.varied(two_dimensions(), (20, 20), (62, 60, 55, 50), "geometric")
    found = methods.standing(scored(version, *THREE), np.array([False, False, False]))
    assert found["total"].tolist() == pytest.approx([60, 62.44998, 51.96152], abs=1e-4)
    assert (found["rank"].tolist(), found["stars"].tolist()) == ([2, 1, 3], [4, 5, 2])


def test_a_cut_off_above_the_one_before_it_counts_as_equal() -> None:
    version = methods.varied(two_dimensions(), (1, 1), (62, 64, 61, 60), "arithmetic")
    found = methods.standing(scored(version, *THREE), np.array([False, False, False]))
    assert found["stars"].tolist() == [5, 5, 2]


def test_a_vetoed_branch_keeps_no_star_and_has_no_rank() -> None:
    found = methods.standing(scored(two_dimensions(), *THREE), np.array([True, False, False]))
    assert found["stars"].tolist()[0] == 0
    assert np.isnan(found["rank"][0]) and found["rank"].tolist()[1:] == [1, 2]


def test_the_rules_own_weights_and_cut_offs_change_nothing() -> None:
    cut_offs = [star.minimum for star in CITY.stars[:-1]]
    same = methods.varied(CITY, [5 * each.points for each in CITY.dimensions], cut_offs, CITY.aggregation)
    scores, again = random_city(CITY), random_city(same)
    assert np.array_equal(scores.total, again.total, equal_nan=True)
    assert np.array_equal(scores.stars, again.stars, equal_nan=True)


def test_a_dimension_without_weight_has_no_say() -> None:
    version = methods.varied(two_dimensions(), (1, 0), (90, 80, 70, 60), "geometric")
    assert scored(version, *THREE).total.tolist() == pytest.approx([90, 60, 30])


def test_what_is_not_reported_counts_as_missing_by_the_new_weights() -> None:
    """The service item is half of the points, and more than a fifth may not be missing; without weight it is nothing."""
    for weights, is_ranked in (((1, 1), False), ((9, 1), True), ((1, 0), True)):
        version = methods.varied(two_dimensions(), weights, (90, 80, 70, 60), "arithmetic")
        found = methods.standing(scored(version, (0.9, np.nan), (0.5, 0.5)), np.array([False, False]))
        assert found["rank"].notna().tolist() == [is_ranked, True], weights


def test_evidence_is_gathered_in_the_order_of_the_branches_and_what_has_no_row_is_not_reported() -> None:
    rows = pd.DataFrame(
        [
            ("Q", "B1", 3.0, 4.0), ("P", "A1", 1.0, 2.0), ("P", "B1", None, 5.0), ("P", "G1", 7.0, 20.0),
            ("P", "X1", 2.0, 3.0), ("Z", "A1", 9.0, 9.0), ("Q", "Z9", 9.0, 9.0),
        ],
        columns=["org_id", "item_code", "numerator", "denominator"],
    )  # fmt: skip
    version = replace(two_dimensions(), bonus=CITY.bonus[:1], deductions=CITY.deductions)
    found = methods.gathered(version, rows, ["P", "Q"])
    assert np.array_equal(found.numerators, [[1, np.nan], [np.nan, 3]], equal_nan=True)
    assert np.array_equal(found.denominators, [[2, 5], [np.nan, 4]], equal_nan=True)
    assert np.array_equal(found.units, [[7], [np.nan]], equal_nan=True)
    assert np.array_equal(found.members, [20, np.nan], equal_nan=True)
    assert np.array_equal(found.cases, [[2], [np.nan]], equal_nan=True)


def test_the_city_has_a_second_version_that_scores_no_published_quarter() -> None:
    first, second = scoring.load_rules(CITY_RULES).fortress
    assert (first.code, second.code) == ("fortress-1", "fortress-2")
    assert replace(first, valid_to=CITY.valid_to) == CITY
    assert f"{second.valid_from:%Y-%m-%d}" == "2025-01-01"
    assert [each.code for each in first.items] == [each.code for each in second.items]
    assert {each.code: each.points for each in second.dimensions} == {
        "loyalty": 20, "service": 25, "development": 20, "conduct": 20, "integrity": 15,
    }  # fmt: skip
