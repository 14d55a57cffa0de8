"""Fortress scores of branches worked out by hand, one rule at a time.

Every branch here has all items at 10 of 10 (100 points) and 20 members unless the test says otherwise; an
item at 3 of 4 is half way between lo = 0.5 and hi = 1 and so brings half its points.
"""

import math
from dataclasses import replace

import numpy as np
import pytest

from dashboard import scoring
from dashboard.scoring.fortress import Evidence, Scores
from dashboard.scoring.rule_model import FortressVersion
from tests.scoring_rows import RULES

NAN = math.nan
MISSING = (NAN, NAN)
NOT_APPLICABLE = (0, 0)


@pytest.fixture(scope="module")
def version() -> FortressVersion:
    return scoring.load_rules(RULES).fortress[0]


def score(version: FortressVersion, *, units=(0,) * 6, members=20, cases=(0,), **items: tuple) -> Scores:
    """One branch; items are given as (numerator, denominator)."""
    counts = [items.get(item.code, (10, 10)) for item in version.items]
    return Scores(
        version,
        Evidence(
            numerators=np.array([[count[0] for count in counts]], dtype=float),
            denominators=np.array([[count[1] for count in counts]], dtype=float),
            units=np.array([units], dtype=float),
            members=np.array([members], dtype=float),
            cases=np.array([cases], dtype=float),
        ),
    )


def everything(version: FortressVersion, count: tuple) -> dict[str, tuple]:
    """The same count for every item."""
    return {item.code: count for item in version.items}


def test_a_branch_that_does_everything_has_110_points_and_five_stars(version) -> None:
    best = score(version, units=(4, 4, 4, 4, 4, 4))
    assert best.dimension_scores.tolist() == [[20, 20, 20, 20, 20]]
    assert (best.base[0], best.bonus[0], best.total[0], best.stars[0]) == (100, 10, 110, 5)


def test_a_middling_branch(version) -> None:
    """A1 half of 8, A2 a third of 6, A3 four fifths of 6: 10.8. C1 at 0.6 a fifth of 8: 13.6. Others full."""
    branch = score(version, A1=(3, 4), A2=(2, 3), A3=(9, 10), C1=(6, 10))
    assert branch.dimension_scores[0].tolist() == pytest.approx([10.8, 20, 13.6, 20, 20], abs=1e-9)
    assert branch.base[0] == 84.4 and branch.stars[0] == 4
    points = (branch.carried * branch.normalised)[0]
    assert points[[0, 1, 2, 6]].tolist() == pytest.approx([4, 2, 4.8, 1.6])
    assert points.sum() == pytest.approx(84.4)


@pytest.mark.parametrize(
    ("count", "share"), [((0, 10), 0), ((5, 10), 0), ((6, 10), 0.2), ((10, 10), 1), ((12, 10), 1)]
)
def test_a_ratio_counts_between_the_goalposts_only(version, count, share) -> None:
    assert score(version, B1=count).normalised[0, 3] == pytest.approx(share)


@pytest.mark.parametrize(("count", "share"), [((0, 10), 1), ((7.5, 10), 0.5), ((10, 10), 0), ((12, 10), 0)])
def test_direction_minus_one_turns_an_item_round(version, count, share) -> None:
    items = tuple(replace(item, direction=-1) if item.code == "B1" else item for item in version.items)
    assert score(replace(version, items=items), B1=count).normalised[0, 3] == pytest.approx(share)


@pytest.mark.parametrize(
    ("losses", "total", "stars"),
    [
        # Five items of 6 points at 0.9 lose 1.2 each, A1 at 0.75 loses 4: in binary 90 is missed by 1e-14.
        ({"A1": (3, 4)} | dict.fromkeys(("A3", "B2", "B3", "D3", "E2"), (9, 10)), 90, 5),
        ({"A1": (3, 4), "B2": (8999, 10000)} | dict.fromkeys(("A3", "B3", "D3", "E2"), (9, 10)), 89.9988, 4),
        ({"A1": (0, 1), "A2": (0, 1), "A3": (0, 1)}, 80, 4),
        ({"A1": (0, 1), "A2": (0, 1), "A3": (0, 1), "B1": (0, 1), "C1": (7, 8)}, 70, 3),
        (dict.fromkeys(("A1", "A2", "A3", "B1", "B2", "B3"), (0, 1)), 60, 2),
        (dict.fromkeys(("A1", "A2", "A3", "B1", "B2", "B3"), (0, 1)) | {"C1": (999, 1000)}, 59.984, 1),
    ],
)
def test_stars_begin_exactly_at_their_minimum(version, losses, total, stars) -> None:
    branch = score(version, **losses)
    assert (branch.base[0], branch.total[0], branch.stars[0]) == (total, total, stars)


def test_the_band_is_cut_on_the_unrounded_total(version) -> None:
    branch = score(version, A1=(3, 4), B2=(89999, 100000), **dict.fromkeys(("A3", "B3", "D3", "E2"), (9, 10)))
    assert branch.total[0].round(2) == 90 and branch.stars[0] == 4


def test_bonus_counts_units_per_ten_members_up_to_each_cap_and_the_cap_of_all(version) -> None:
    branch = score(version, units=(1, 3, 4, 5, 0, 100), members=20)
    assert branch.bonus_points.tolist() == [[0.5, 1.5, 2, 2, 0, 2]]
    assert branch.bonus[0] == 8
    assert score(version, units=(2, 3, 9, 9, 9, 9), members=10).bonus[0] == 10
    assert score(version, units=(-3, 1, 0, 0, 0, 0), members=10).bonus[0] == 1


def test_a_branch_without_members_or_events_has_no_bonus(version) -> None:
    assert score(version, units=(5,) * 6, members=0).total[0] == 100
    assert score(version, units=(NAN,) * 6).total[0] == 100


@pytest.mark.parametrize(("cases", "deducted"), [(0, 0), (1, 2), (10, 20), (15, 20), (NAN, 0)])
def test_deductions_stop_at_their_cap(version, cases, deducted) -> None:
    branch = score(version, cases=(cases,))
    assert (branch.deductions[0], branch.total[0]) == (deducted, 100 - deducted)


def test_the_total_does_not_fall_below_zero(version) -> None:
    worst = score(version, cases=(10,), **everything(version, (0, 10)))
    assert (worst.base[0], worst.total[0], worst.stars[0]) == (0, 0, 1)


def test_no_deduction_where_the_rules_set_none(version) -> None:
    branch = score(replace(version, deductions=()), cases=())
    assert (branch.deductions[0], branch.total[0]) == (0, 100)


def test_a_dimension_is_scored_over_the_items_available(version) -> None:
    """A1 and A3 missing: loyalty is A2 alone, a third of 20. 14 of 100 points are missing."""
    branch = score(version, A1=MISSING, A2=(2, 3), A3=(9, NAN))
    assert branch.dimension_scores[0, 0] == pytest.approx(20 / 3, abs=1e-9)
    assert branch.base[0] == pytest.approx(80 + 20 / 3, abs=1e-9)
    assert branch.missing_share[0] == 0.14
    assert branch.carried[0, :3].tolist() == pytest.approx([NAN, 20, NAN], nan_ok=True)


def test_a_denominator_of_zero_is_not_applicable_and_not_missing(version) -> None:
    branch = score(version, A1=NOT_APPLICABLE, A2=(2, 3), A3=NOT_APPLICABLE)
    assert branch.base[0] == pytest.approx(80 + 20 / 3, abs=1e-9)
    assert branch.missing_share[0] == 0
    assert branch.reported[0].all() and branch.available[0].sum() == 13


def test_a_dimension_without_any_item_is_left_to_the_others(version) -> None:
    """Without loyalty, half of service (10 of 20) is 70 of the other 80: 87.5 of 100, not 70."""
    half = dict.fromkeys(("B1", "B2", "B3"), (3, 4))
    branch = score(version, A1=MISSING, A2=NOT_APPLICABLE, A3=MISSING, **half)
    assert branch.dimension_scores[0].tolist() == pytest.approx([NAN, 10, 20, 20, 20], nan_ok=True)
    assert branch.base[0] == 87.5
    assert np.nansum(branch.carried) == pytest.approx(100)


def test_a_branch_that_reported_nothing_has_no_score(version) -> None:
    branch = score(version, units=(9,) * 6, **everything(version, MISSING))
    assert np.isnan([branch.base[0], branch.total[0], branch.stars[0]]).all()
    assert branch.missing_share[0] == 1


def test_variance_by_hand(version) -> None:
    """Ten cases each: p̃ = 11/12. Squares of points, without the facts A2, C2, C3, E1: 3 · 64 + 2 · 49 +
    6 · 36 = 506; hi - lo is a half, so s² = 4 · 506 · (11/12 · 1/12) / 10.
    """
    assert {item.code for item in version.items if item.is_yes_no} == {"A2", "C2", "C3", "E1"}
    assert score(version).variance[0] == pytest.approx(4 * 506 * (11 / 12 * 1 / 12) / 10)


def test_variance_follows_the_evidence_item_by_item(version) -> None:
    """A1 with 8 of 10: p̃ = 9/12. A3 missing leaves A1 20 · 8/14 points. The rest is known to 1e9 cases."""
    sure = everything(version, (1e9, 1e9))
    branch = score(version, **(sure | {"A1": (8, 10), "A3": MISSING}))
    assert branch.variance[0] == pytest.approx((20 * 8 / 14 / 0.5) ** 2 * 0.75 * 0.25 / 10, abs=1e-6)


def test_facts_have_no_variance(version) -> None:
    items = tuple(replace(item, is_yes_no=True) for item in version.items)
    assert score(replace(version, items=items), A1=(1, 2)).variance[0] == 0


def test_branches_are_scored_alone(version) -> None:
    """The same branch has the same score beside others, whatever their order."""
    one, two = score(version, A1=(3, 4)), score(version, A1=MISSING, units=(9,) * 6)
    both = Scores(
        version,
        Evidence(
            *(
                np.concatenate([getattr(two.evidence, name), getattr(one.evidence, name)])
                for name in ("numerators", "denominators", "units", "members", "cases")
            )
        ),
    )
    assert both.total.tolist() == [two.total[0], one.total[0]]
