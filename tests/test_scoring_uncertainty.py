"""How sure a ranking is, against the same formulas written again from `domain.md` in plain loops.

Nothing is shared with the code under test but the noise: the draws must be the same to be compared one by one.
"""

import math
from datetime import date
from statistics import NormalDist
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from dashboard import store
from dashboard.scoring import uncertainty

Q3, Q4 = pd.Timestamp(2024, 7, 1), pd.Timestamp(2024, 10, 1)
Branch = dict[str, Any]


def branch(org_id: str, total: float, variance: float, kind: str | None = "old", **more: Any) -> Branch:
    """A scored branch-quarter, ranked unless `more` says otherwise."""
    row = {"org_id": org_id, "quarter": Q4, "compound_type": kind, "total": total, "score_variance": variance}
    return row | {"is_ranked": True, "movement_z": 1.645, "top_star_minimum": 90.0, "star_quota": ()} | more


def invented(seed: int, count: int, kinds: tuple[str, ...], **more: Any) -> list[Branch]:
    """Branches with totals about the mean of their type; a third are large, so their scores are sure."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        place = int(random.integers(len(kinds)))
        total = round(float(random.normal(72 + 6 * place, 9)), 2)
        variance = float(random.uniform(0.5, 3) if number % 3 == 0 else random.uniform(4, 60))
        rows.append(branch(f"B{number:03}", total, variance, kinds[place], **more))
    return rows


def by_loops(rows: list[Branch], noise: list[list[float]]) -> dict[str, dict[str, float]]:
    """What `domain.md` says of the ranked branches of one quarter, in the order of the noise's columns."""
    ranked = sorted((row for row in rows if row["is_ranked"]), key=lambda row: row["org_id"])
    totals: dict[str, list[float]] = {}
    for row in ranked:
        totals.setdefault(str(row["compound_type"]), []).append(row["total"])
    means = {kind: sum(values) / len(values) for kind, values in totals.items()}
    freedom = len(ranked) - len(means)
    scatter = error = 0.0
    for row in ranked:
        scatter += (row["total"] - means[str(row["compound_type"])]) ** 2
        error += row["score_variance"] / len(ranked)
    centres, spreads, found = [], [], {}
    for row in ranked:
        share, own = 1.0, row["score_variance"]
        if freedom > 0:
            between = max(scatter / freedom - error, scatter / freedom * math.sqrt(2 / freedom))
            share = between / (between + own) if between + own > 0 else 1.0
        centres.append(share * row["total"] + (1 - share) * means[str(row["compound_type"])])
        spreads.append(math.sqrt(share * own))
        found[row["org_id"]] = {"shrunk_total": centres[-1], "shrunk_sd": spreads[-1], "reliability": share}
    ranks: list[list[int]] = [[] for _ in ranked]
    top, five = [0] * len(ranked), [0] * len(ranked)
    for drawn in noise:
        values = [centre + spread * one for centre, spread, one in zip(centres, spreads, drawn, strict=True)]
        for number, value in enumerate(values):
            rank = 1
            for other in values:
                rank += other > value
            ranks[number].append(rank)
            top[number] += rank <= math.ceil(len(ranked) / 10)
            quota = ranked[number]["star_quota"]
            is_within = not quota or rank <= quota[0] * len(ranked)
            five[number] += value >= ranked[number]["top_star_minimum"] and is_within
    for number, row in enumerate(ranked):
        drawn_ranks = sorted(ranks[number])
        found[row["org_id"]] |= {
            "rank_low": drawn_ranks[len(noise) * 5 // 100 - 1],
            "rank_high": drawn_ranks[len(noise) * 95 // 100 - 1],
            "top_tenth_chance": top[number] / len(noise),
            "five_star_chance": five[number] / len(noise),
        }
    group, first = 0, None
    for row in sorted(ranked, key=lambda row: (-row["total"], row["score_variance"])):
        if first is not None:
            limit = row["movement_z"] * math.sqrt(first["score_variance"] + row["score_variance"])
        if first is None or first["total"] - row["total"] > limit:
            group, first = group + 1, row
        found[row["org_id"]]["equal_group"] = group
    return found


def drawn_noise(rows: list[Branch], quarter: pd.Timestamp = Q4) -> list[list[float]]:
    """The standard normal draws that a quarter's ranked branches get, a list per draw."""
    count = sum(row["is_ranked"] for row in rows)
    random = np.random.default_rng([uncertainty.SEED, date(quarter.year, quarter.month, 1).toordinal()])
    return random.standard_normal((uncertainty.DRAWS, count), dtype=np.float32).tolist()


CITIES = {
    "four types": invented(1, 48, ("old", "residential", "unit", "village")),
    "one type": invented(2, 24, ("old",)),
    "a type of one branch": [*invented(3, 11, ("old", "unit")), branch("Z", 99.0, 4.0, "village")],
    "every branch its own type": [branch(f"B{n}", 90.0 - n, 9.0, f"type {n}") for n in range(5)],
    "one branch": [branch("A", 91.0, 4.0)],
    "two branches": [branch("A", 91.0, 4.0), branch("B", 88.0, 1.0)],
    "no variance at all": [branch(f"B{n}", float(90 - n // 2), 0.0) for n in range(12)],
    "some without variance": [
        row | {"score_variance": 0.0 if n % 4 == 0 else row["score_variance"]}
        for n, row in enumerate(invented(4, 24, ("old", "unit")))
    ],
    "ties of total": [branch(f"B{n:02}", float(80 + n // 5), 1.0 + n % 3, ("old", "unit")[n % 2]) for n in range(20)],
    "nothing but error": [branch(f"B{n}", 80.0 + n / 8, 400.0, ("old", "unit")[n > 5]) for n in range(12)],
    "all the same": [branch(f"B{n}", 80.0, 0.0) for n in range(6)],
    "type not known": [row | {"compound_type": None if n % 2 else "old"} for n, row in enumerate(invented(5, 14, ("old",)))],
    "some not ranked": [row | {"is_ranked": n % 5 != 0} for n, row in enumerate(invented(6, 30, ("old", "unit")))],
    "a quota of a tenth": invented(7, 30, ("old", "unit"), star_quota=(0.1, 0.3), top_star_minimum=70.0),
    "narrow groups": invented(8, 20, ("old", "unit"), movement_z=0.5),
}


@pytest.mark.parametrize("city", CITIES)
def test_all_that_is_said_of_a_ranking_agrees_with_plain_loops(city: str) -> None:
    rows = CITIES[city]
    expected = by_loops(rows, drawn_noise(rows))
    found = uncertainty.assess(pd.DataFrame(rows)).set_index("org_id")
    assert expected.keys() == set(found.index[found["is_ranked"]])
    for org_id, values in expected.items():
        assert found.loc[org_id, list(values)].to_dict() == pytest.approx(values, rel=1e-9, abs=1e-9), org_id
    assert found.loc[~found["is_ranked"], [*uncertainty.COLUMNS]].isna().all(axis=None)


def test_shrinkage_by_hand() -> None:
    """Four of 70, four of 90, one of 80, mean 80: Σ(y - mean)² = 800 over 9 - 1, so v = 100; mean s² is 20 and τ² 80,
    above v √(2 / 8) = 50. λ = 80 / (80 + 20) = 0.8: 70 → 0.8 · 70 + 0.2 · 80 = 72.
    """
    totals, types = np.array([70.0] * 4 + [90.0] * 4 + [80.0]), np.array(["old"] * 9)
    shrunk, reliability = uncertainty.shrink(totals, np.full(9, 20.0), types)
    assert reliability.tolist() == pytest.approx([0.8] * 9)
    assert shrunk.tolist() == pytest.approx([72.0] * 4 + [88.0] * 4 + [80.0])


def test_shrinkage_by_hand_where_chance_could_explain_all() -> None:
    """The same with s² = 150: nothing of v = 100 is left, τ² is v √(2 / 8) = 50 and λ = 50 / 200 = ¼: 70 → 77.5."""
    totals, types = np.array([70.0] * 4 + [90.0] * 4 + [80.0]), np.array(["old"] * 9)
    shrunk, reliability = uncertainty.shrink(totals, np.full(9, 150.0), types)
    assert reliability.tolist() == pytest.approx([0.25] * 9)
    assert shrunk.tolist() == pytest.approx([77.5] * 4 + [82.5] * 4 + [80.0])


def test_ranks_of_a_draw_by_hand() -> None:
    """3, 3, 1, 2 are ranked 1, 1, 4, 3; the noise of the second draw lifts the third to 4."""
    noise = np.array([[0.0, 0, 0, 0], [0, 0, 3, 0]])
    ranks = uncertainty.draw_ranks(np.array([3.0, 3, 1, 2]), np.ones(4), noise)
    assert ranks.tolist() == [[1, 1, 4, 3], [2, 2, 1, 4]]


def test_equal_groups_by_hand() -> None:
    """z √(1 + 1) = 2.326: 90 and 88 are one group; 87.6 is 2.4 below the first, so it begins the next with 86."""
    assert uncertainty.equal_groups(np.array([87.6, 90, 86, 88]), np.ones(4)).tolist() == [2, 1, 2, 1]


def test_groups_of_equal_totals_do_not_hang_on_the_order_of_the_rows() -> None:
    """Of two at 90 the sure one leads: 85 is 5 below it, beyond z √0, though not beyond the other's z √100."""
    one = uncertainty.equal_groups(np.array([90.0, 90, 85]), np.array([0.0, 100, 0]))
    other = uncertainty.equal_groups(np.array([90.0, 90, 85]), np.array([100.0, 0, 0]))
    assert one.tolist() == other.tolist() == [1, 1, 2]


@pytest.mark.parametrize("count", [1, 2, 7, uncertainty.FEW, uncertainty.FEW + 1, 60])
def test_ranks_are_one_more_than_the_larger_values_however_many_there_are(count: int) -> None:
    values = np.random.default_rng(5).normal(size=(20, count)).round(1)
    expected = [[1 + sum(other > own for other in row) for own in row] for row in values]
    assert uncertainty.falling_ranks(values).tolist() == expected


def test_the_rank_of_units_is_drawn_as_that_of_branches_of_one_type() -> None:
    """In plain loops: v of the values, τ² what the mean s² leaves of it, draws towards the mean, their percentiles."""
    values, variances = np.array([5.0, 1.0, 4.0, 4.5, 9.0]), np.array([1.0, 0.1, 2.0, 0.5, 1.5])
    mean = sum(values) / 5
    spread = sum((value - mean) ** 2 for value in values) / 4
    true = max(spread - sum(variances) / 5, spread * (2 / 4) ** 0.5)
    noise = np.random.default_rng(uncertainty.SEED).standard_normal((uncertainty.DRAWS, 5), dtype=np.float32)
    drawn = []
    for row in noise:
        trust = [true / (true + variance) for variance in variances]
        centres = [own * value + (1 - own) * mean for own, value in zip(trust, values, strict=True)]
        found = [
            centre + (own * variance) ** 0.5 * float(each)
            for centre, own, variance, each in zip(centres, trust, variances, row, strict=True)
        ]
        drawn.append([1 + sum(other > own for other in found) for own in found])
    expected = [sorted(ranks)[at] for ranks in zip(*drawn, strict=True) for at in (49, 949)]
    low, high = uncertainty.rank_interval(values, variances)
    assert [rank for pair in zip(low, high, strict=True) for rank in pair] == expected


def test_five_stars_need_the_rank_too_where_there_is_a_quota() -> None:
    """All reach 90 for certain, but a tenth of ten branches is one, and the first is 10 points ahead."""
    rows = [branch(f"B{n}", 105.0 - 10 * (n > 0), 0.01, star_quota=(0.1,)) for n in range(10)]
    found = uncertainty.assess(pd.DataFrame(rows)).set_index("org_id")["five_star_chance"]
    assert found["B0"] == 1
    assert found.drop("B0").eq(0).all()
    free = uncertainty.assess(pd.DataFrame([row | {"star_quota": ()} for row in rows]))
    assert free["five_star_chance"].eq(1).all()


def test_quarters_are_assessed_alone_and_the_order_of_rows_changes_nothing() -> None:
    first, second = invented(9, 20, ("old", "unit")), invented(10, 25, ("old", "unit"), quarter=Q3)
    both = pd.DataFrame([*first, *second])
    whole = uncertainty.assess(both).set_index(["quarter", "org_id"]).sort_index()
    mixed = both.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(uncertainty.assess(mixed).set_index(["quarter", "org_id"]).sort_index(), whole)
    for rows, quarter in ((first, Q4), (second, Q3)):
        expected = by_loops(rows, drawn_noise(rows, quarter))
        found = whole.loc[quarter]
        assert found["rank_low"].to_dict() == {org_id: values["rank_low"] for org_id, values in expected.items()}


def test_a_city_without_a_ranked_branch_is_told_nothing() -> None:
    found = uncertainty.assess(pd.DataFrame([branch("A", 90.0, 1.0, is_ranked=False)]))
    assert found[[*uncertainty.COLUMNS]].isna().all(axis=None)


def test_intervals_cover_the_true_rank_nine_times_in_ten() -> None:
    """200 cities of 300 branches, a quarter each: true scores about the mean of their type, scores with known error."""
    cities, count = 200, 300
    random = np.random.default_rng(4)
    means = np.array([82.0, 76.0, 74.0, 79.0])
    kind = random.integers(len(means), size=(cities, count))
    true = random.normal(means[kind], 5.0)
    variances = random.uniform(1, 36, size=(cities, count))
    totals = random.normal(true, np.sqrt(variances))
    true_ranks = np.array([1 + (city[:, None] < city).sum(axis=1) for city in true])
    frame = pd.DataFrame(
        {
            "org_id": np.tile([f"B{n:03}" for n in range(count)], cities),
            "quarter": np.repeat(pd.date_range("1960-01-01", periods=cities, freq="QS"), count),
            "compound_type": kind.ravel().astype(str),
            "total": totals.ravel(),
            "score_variance": variances.ravel(),
            "is_ranked": True,
            "movement_z": 1.645,
            "top_star_minimum": 90.0,
            "star_quota": [()] * (cities * count),
        }
    )
    found = uncertainty.assess(frame)
    rank = true_ranks.ravel()
    covered = (found["rank_low"] <= rank) & (rank <= found["rank_high"])
    assert 0.87 <= covered.mean() <= 0.93
    # Not only on the whole: the ends of the list and the least sure scores, which a bare list misleads about, too.
    for part in (totals.ravel() > 90, totals.ravel() < 65, variances.ravel() > 25, variances.ravel() < 5):
        assert 0.87 <= covered[part].mean() <= 0.93
    stated, reached = found["top_tenth_chance"], rank <= 30
    assert stated.mean() == pytest.approx(reached.mean(), abs=0.01)
    assert reached[(stated > 0.4) & (stated < 0.6)].mean() == pytest.approx(0.5, abs=0.04)


def test_the_share_below_a_normal_score_is_that_of_the_standard_library() -> None:
    connection = duckdb.connect()
    store.create_macros(connection)
    scores = [number / 16 for number in range(-160, 161)]
    found = connection.execute("select normal_below(z) from (select unnest(?::double[]) as z)", [scores]).fetchall()
    for score, (share,) in zip(scores, found, strict=True):
        assert share == pytest.approx(NormalDist().cdf(score), abs=7.6e-8), score
        assert 0 <= share <= 1


def test_branches_that_chance_alone_could_have_spread_keep_wide_intervals() -> None:
    rows = [branch(f"B{number:02}", 80 + number / 10, 100.0) for number in range(40)]
    found = uncertainty.assess(pd.DataFrame(rows))
    assert (found["rank_high"] - found["rank_low"]).min() > 20, "nothing proven is not the same rank for certain"
    assert found["shrunk_sd"].min() > 0
