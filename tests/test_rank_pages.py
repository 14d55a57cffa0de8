"""What the pages of the two indexes ask, against values worked out by hand, and what they do with clicks."""

from datetime import date, datetime
from math import sqrt
from statistics import NormalDist

import pandas as pd
import pytest

from dashboard import branch_words, branches, charts, text
from tests.opening import drawn, opened, troubles
from tests.rankings import EAST, Q3, Q4, Q4_2023, WEST, Rankings


def ranked(city: Rankings, **totals: float) -> Rankings:
    for rank, (code, total) in enumerate(totals.items(), start=1):
        city.branch(code)
        city.scored(code, total, rank=rank, ranked_count=len(totals))
    return city


def test_the_official_order_stands_and_branches_without_a_rank_come_last() -> None:
    city = ranked(Rankings(), B1=90.0, B2=80.0)
    city.branch("B3")
    city.scored("B3", 95.0, is_ranked=False, veto_code="falsified_funds", stars=0)
    city.branch("B4")
    city.scored("B4", 85.0, is_ranked=False, missing_share=0.3)
    rows = city.ask("fortress_ranking")
    assert list(rows["org_id"]) == ["B1", "B2", "B3", "B4"]
    assert list(rows["ranking_state"]) == ["ranked", "ranked", "vetoed", "unranked"]
    assert rows["rank"].isna().tolist() == [False, False, True, True]


def test_an_interval_is_1645_standard_errors_and_stays_on_the_scale() -> None:
    """Variance 4: 2 · 1.645 = 3.29 each way; the scale ends at 100 + bonus cap 10."""
    city = Rankings()
    for code, total in (("B1", 109.0), ("B2", 50.0), ("B3", 1.0)):
        city.branch(code)
        city.scored(code, total, variance=4.0, rank=1)
    rows = city.ask("fortress_ranking").set_index("org_id")
    assert tuple(rows.loc["B2", ["score_low", "score_high"]]) == (46.71, 53.29)
    assert (rows.loc["B1", "score_high"], rows.loc["B3", "score_low"]) == (110, 0)


def test_a_change_on_last_year_counts_only_beyond_its_error() -> None:
    """Variances 1 and 3: the error is 1.645 · 2 = 3.29."""
    city = Rankings()
    for code, before in (("B1", 50 - 3.28), ("B2", 50 - 3.30), ("B3", 50 + 3.30), ("B4", None)):
        city.branch(code)
        city.scored(code, 50.0, rank=1)
        if before is not None:
            city.scored(code, before, quarter=Q4_2023, variance=3.0)
    flags = city.ask("fortress_ranking").set_index("org_id")["last_year_flag"]
    assert flags.loc[["B1", "B2", "B3"]].tolist() == ["within_error", "up", "down"]
    assert pd.isna(flags.loc["B4"])


def test_filters_leave_the_official_rank_alone() -> None:
    city = Rankings()
    for rank, (code, district, kind) in enumerate((("B1", WEST, "old"), ("B2", EAST, "old"), ("B3", EAST, "unit")), 1):
        city.branch(code, district, kind)
        city.scored(code, 90.0 - rank, rank=rank, district_code=district)
    rows = city.ask("fortress_ranking", districts=[EAST], compound_types=["unit"])
    assert rows[["org_id", "rank"]].to_numpy().tolist() == [["B3", 3]]


def test_the_summary_counts_who_cannot_be_told_from_the_first() -> None:
    """Equal variances of 1: the error of a difference is 1.645 · √2 = 2.326."""
    city = ranked(Rankings(), B1=90.0, B2=87.7, B3=87.6)
    city.branch("B4")
    city.scored("B4", 99.0, is_ranked=False, veto_code="falsified_funds", stars=0)
    row = city.ask("fortress_summary").iloc[0]
    assert (row["branch_count"], row["ranked_count"], row["even_count"]) == (4, 3, 2)
    assert (row["vetoed_count"], row["unranked_count"]) == (1, 0)
    assert row["margin"] == pytest.approx(1.645)


@pytest.mark.parametrize(("before", "flag"), [(88.0, "up"), (89.0, "within_error"), (92.0, "down")])
def test_a_change_of_the_mean_counts_only_beyond_its_error(before: float, flag: str) -> None:
    """Two branches of variance 1 in both quarters: the error is 1.645 · √(2/4 + 2/4) = 1.645."""
    city = ranked(Rankings(), B1=90.0, B2=90.0)
    for code in ("B1", "B2"):
        city.scored(code, before, quarter=Q3)
    assert city.ask("fortress_summary").iloc[0]["mean_change_flag"] == flag


def test_nothing_is_said_of_a_quarter_without_scores() -> None:
    city = ranked(Rankings(), B1=90.0)
    assert city.ask("fortress_summary", quarter=Q3).empty
    assert city.ask("fortress_branch", org_id="B1", quarter=Q3).empty


def test_a_score_class_holds_its_lower_edge() -> None:
    city = Rankings()
    for code, total in (("B1", 90.0), ("B2", 91.99), ("B3", 92.0), ("B4", None)):
        city.branch(code)
        city.scored(code, total, is_ranked=total is not None)
    assert city.ask("fortress_spread").to_numpy().tolist() == [[90.0, "ranked", 2], [92.0, "ranked", 1]]


def test_stars_of_a_district_add_up_to_all_of_its_branches() -> None:
    city = Rankings()
    for code, district, stars in (("B1", WEST, 5), ("B2", WEST, 5), ("B3", WEST, 0), ("B4", WEST, 1), ("B5", EAST, 4)):
        city.branch(code, district)
        city.scored(code, 80.0, district_code=district, stars=stars)
    rows = city.ask("fortress_stars")
    found = rows[["district_name", "stars", "branch_count", "branch_share"]].to_numpy().tolist()
    assert found == [["West", 0, 1, 0.25], ["West", 1, 1, 0.25], ["West", 5, 2, 0.5], ["East", 4, 1, 1.0]]


def test_movements_hold_the_largest_changes_each_way_with_their_error() -> None:
    city = Rankings()
    for number in range(20):
        city.branch(f"B{number:02}")
        city.scored(f"B{number:02}", 50.0)
        city.scored(f"B{number:02}", 50.0 - (number - 9), quarter=Q3)
    rows = city.ask("fortress_movements")
    assert list(rows["change"]) == [*range(10, 2, -1), *range(-2, -10, -1)]
    assert rows.iloc[0][["change_low", "change_high"]].tolist() == pytest.approx(
        [10 - 1.645 * sqrt(2), 10 + 1.645 * sqrt(2)], abs=0.005
    )
    assert rows["movement"].value_counts().to_dict() == {"up": 8, "down": 7, "within_error": 1}
    counts = city.ask("fortress_movement_counts").set_index("movement")["branch_count"].to_dict()
    assert counts == {"up": 8, "down": 7, "within_error": 5}


def test_the_list_without_a_rank_says_why() -> None:
    city = ranked(Rankings(), B1=90.0)
    for code, veto, missing in (("B2", "falsified_funds", 0.0), ("B3", None, 0.4)):
        city.branch(code)
        city.scored(code, 70.0, is_ranked=False, veto_code=veto, missing_share=missing)
    city.insert(
        "branch_vetoes", org_id="B2", quarter=Q4, veto_code="falsified_funds", decided_date=date(2024, 11, 2)
    )
    rows = city.ask("fortress_unranked")
    assert list(rows["org_id"]) == ["B2", "B3"]
    assert rows["veto_name"].iloc[0] == "Dues or funds falsified"
    assert rows["decided_date"].iloc[0] == pd.Timestamp(2024, 11, 2)
    assert (pd.isna(rows["veto_name"].iloc[1]), rows["missing_share"].iloc[1]) == (True, 0.4)


def with_items(peer_count: int | None) -> Rankings:
    """B1 and B2 are small, B3 large; B1 scores 6 in A1 and has no A3, B2 scores 2 and 4, B3 8."""
    city = Rankings()
    for code, size, total in (("B1", "small", 60.0), ("B2", "small", 50.0), ("B3", "large", 80.0)):
        city.branch(code, size=size)
        city.scored(code, total, peer_count=peer_count)
    for code, item, points, state in (
        ("B1", "A1", 6.0, "scored"), ("B1", "A3", None, "not_applicable"),
        ("B2", "A1", 2.0, "scored"), ("B2", "A3", 4.0, "scored"), ("B3", "A1", 8.0, "scored"),
    ):  # fmt: skip
        row = {"org_id": code, "quarter": Q4, "item_code": item, "points": points, "state": state}
        city.insert("branch_items", **row, numerator=None if points is None else 3, denominator=4)
    return city


def test_every_item_of_the_rules_has_a_row_with_its_state_and_its_peers() -> None:
    items = with_items(peer_count=2).ask("fortress_items", org_id="B1").set_index("item_code")
    assert len(items) == 15 + 6 + 1
    assert items.loc["A1", ["points", "peer_points", "points_beyond_peers"]].tolist() == [6, 4, 2]
    assert items.loc["A3", ["peer_points", "points_beyond_peers"]].tolist() == [2, -2]
    assert items.loc[["A1", "A3", "B1"], "item_state"].tolist() == ["scored", "not_applicable", "not_reported"]
    assert items.loc["A1", "item_definition"].startswith("Organisational life sessions held")


def test_a_branch_with_too_few_peers_is_compared_with_its_type() -> None:
    items = with_items(peer_count=None).ask("fortress_items", org_id="B1").set_index("item_code")
    assert items.loc["A1", "peer_points"] == pytest.approx((6 + 2 + 8) / 3)
    branch = with_items(peer_count=None).ask("fortress_branch", org_id="B1").iloc[0]
    assert branch["peer_total"] == pytest.approx((60 + 50 + 80) / 3)


def test_the_steps_lead_from_the_mean_of_the_peers_to_the_branch() -> None:
    """B1: 6 + bonus 10 - 1 = 15; its peers: (6 + 2 + 4) / 2 + (10 + 2) / 2 - (1 + 3) / 2 = 10."""
    city = Rankings()
    for code, total, bonus, deductions in (("B1", 15.0, 10.0, 1.0), ("B2", 5.0, 2.0, 3.0)):
        city.branch(code)
        city.scored(code, total, peer_count=2, bonus=bonus, deductions=deductions)
    for code, item, points in (("B1", "A1", 6.0), ("B2", "A1", 2.0), ("B2", "B1", 4.0)):
        city.insert("branch_items", org_id=code, quarter=Q4, item_code=item, points=points, state="scored")
    branch = city.ask("fortress_branch", org_id="B1").iloc[0]
    steps = branches.steps(city.ask("fortress_items", org_id="B1"), branch)
    assert branch["peer_total"] == 10
    assert branch["peer_total"] + steps["step_points"].sum() == pytest.approx(branch["total"])
    assert steps.loc[~steps["is_available"], "step_name"].str[:2].tolist()[0] == "A2"


def lifted(city: Rankings, *items: tuple[str, float, float, float, float], **standing: float) -> pd.DataFrame:
    """`fortress_next_star` of B1 with items given as (code, numerator, denominator, points it can bring, share of them)."""
    city.branch("B1")
    city.scored("B1", rank=1, **standing)
    for code, done, due, most, share in items:
        row = {"numerator": done, "denominator": due, "max_points": most, "normalised": share, "points": most * share}
        row |= {"kind": "base", "state": "scored", "ratio": done / due}
        city.insert("branch_items", org_id="B1", quarter=Q4, item_code=code, **row)
    return city.ask("fortress_next_star", org_id="B1").set_index("item_code")


def test_the_ways_to_the_next_star_by_hand() -> None:
    """88.8 lacks 1.2 to 90. A1 at 7 of 8 has 6 of 8 points: 7.2 of 8 are nine tenths of the way from 0.5 to 1, so 0.95
    or 7.6 of 8, one more. A3 at 9 of 10 has 4.8 of 6 and brings exactly 1.2 with its tenth. C1 is below 0.5: 1.2 of 8
    points are 0.575, 57.5 of 100, 58 from none. B2 has only 0.12 left; B1 nothing.
    """
    rows = lifted(
        Rankings(),
        ("A1", 7, 8, 8.0, 0.75), ("A3", 9, 10, 6.0, (0.9 - 0.5) / 0.5), ("B1", 10, 10, 8.0, 1.0),
        ("B2", 99, 100, 6.0, 0.98), ("C1", 0, 100, 8.0, 0.0),
        total=88.8, base=88.8, stars=4,
    )  # fmt: skip
    assert rows["cases_needed"].dropna().to_dict() == {"A1": 1, "A3": 1, "C1": 58}
    assert rows["points_left"].to_dict() == {"A1": 2, "A3": 1.2, "C1": 8, "B2": 0.12}
    assert list(rows.index) == ["A1", "A3", "C1", "B2"]  # the shortest way first, then the most points left
    assert set(rows["star_gap"]) == {1.2}


def test_where_less_is_better_the_cases_are_those_too_many() -> None:
    """C1 turned round: 80 of 100 has 0.4 of 8 points. 1.2 more is a share of 0.55: 1 - 0.5 · 0.55 = 0.725, 7.5 fewer."""
    city = Rankings()
    city.connection.execute("update fortress_items set direction = -1 where item_code = 'C1'")
    rows = lifted(city, ("C1", 80, 100, 8.0, 0.4), total=88.8, base=88.8, stars=4)
    assert rows["cases_needed"].to_dict() == {"C1": 8}


def test_a_total_held_up_at_zero_must_first_make_good_what_was_deducted() -> None:
    """10 - 20 is shown as 0, but the second star is 70 away, not 60."""
    rows = lifted(Rankings(), ("A1", 5, 10, 100.0, 0.1), total=0.0, base=10.0, deductions=20.0, stars=1)
    assert rows[["star_gap", "cases_needed"]].to_numpy().tolist() == [[70, 4]]  # a share of 0.8: 9 of 10


def test_in_a_product_an_item_lifts_its_dimension() -> None:
    """100 · 0.25 ^ 0.2 = 75.79 lacks 4.21 to 80 = 100 · 0.32768 ^ 0.2: 0.5 + 0.5 · 0.32768 is 663.84 of 1000, 39 more."""
    city = Rankings()
    city.connection.execute("update fortress_versions set aggregation = 'geometric'")
    full = [(code, 10, 10, 20.0, 1.0) for code in ("B1", "C1", "D1", "E1")]
    base = 100 * 0.25**0.2
    rows = lifted(city, ("A1", 625, 1000, 20.0, 0.25), *full, total=base, base=base)
    assert rows[["points_left", "star_gap", "cases_needed"]].to_numpy().tolist() == [[24.21, 4.21, 39]]


def test_in_a_product_no_item_makes_up_for_another_dimension_without_points() -> None:
    """A1 and B1 are both at none, so that neither alone brings anything."""
    city = Rankings()
    city.connection.execute("update fortress_versions set aggregation = 'geometric'")
    full = [(code, 10, 10, 20.0, 1.0) for code in ("C1", "D1", "E1")]
    rows = lifted(city, ("A1", 0, 10, 20.0, 0.0), ("B1", 1, 10, 20.0, 0.0), *full, total=0.0, base=0.0, stars=1)
    assert rows["points_left"].to_dict() == {"A1": 0, "B1": 0}
    assert rows["cases_needed"].isna().all()


@pytest.mark.parametrize("standing", [{"total": 90.0, "stars": 5}, {"total": None}, {"total": 70.0, "is_ranked": False}])
def test_no_way_is_shown_for_five_stars_or_without_a_rank(standing: dict) -> None:
    rows = lifted(Rankings(), ("A1", 5, 10, 8.0, 0.0), base=standing["total"], **standing)
    assert rows.empty


def quota(city: Rankings, org_id: str, *shares: float) -> dict:
    """The row of `fortress_star_quota`; empty where there is none."""
    rows = city.ask("fortress_star_quota", org_id=org_id, quota_shares=list(shares)).to_dict("records")
    return rows[0] if rows else {}


def shared_out() -> Rankings:
    """Ten ranked branches of 99, 98 … 90 points: by [0.1, 0.3] the first has five stars, the next three four."""
    city = Rankings()
    for n in range(10):
        city.branch(f"B{n}")
        city.scored(f"B{n}", 99.0 - n, rank=n + 1, ranked_count=10, stars=5 if n == 0 else 4 if n < 4 else 3)
    return city


def test_where_only_the_quota_holds_a_star_back_it_is_said_in_places_and_the_last_score_inside() -> None:
    city = shared_out()
    row = quota(city, "B6", 0.1, 0.3)
    assert (row["next_stars"], row["quota_rank"], row["rank"], row["ranks_missing"]) == (4, 4, 7, 3)
    assert (row["quota_total"], row["is_score_reached"], round(row["quota_share"], 9)) == (96.0, True, 0.4)
    assert quota(city, "B2", 0.1, 0.3)["ranks_missing"] == 2  # 0.1 of ten is one
    assert quota(city, "B9", 0.7, 0.1)["quota_rank"] == 8, "although 0.7 + 0.1 is a little less than 0.8"
    assert city.ask("fortress_next_star", org_id="B6").empty, "no gap in points where the points are there"
    with text.speaking("en"):
        words = branch_words.quota_words(pd.Series(row))
    assert words == (
        "Only the quota holds the next star back: its 93.00 points are enough for 4 stars. Those go to the first 40.0% of "
        "10 ranked branches, up to rank 4; this one has rank 7. Places missing: 3. The last branch inside the quota has "
        "96.00 points."
    )


def test_no_quota_holds_back_who_stands_inside_it_or_where_there_is_none() -> None:
    city = shared_out()
    assert not quota(city, "B0", 0.1, 0.3) and not quota(city, "B6")
    assert not quota(city, "B6", 0.1), "with a quota of five stars alone four are free"


def test_equal_ranks_at_the_edge_of_a_quota_are_all_inside() -> None:
    city = Rankings()
    for code, total, rank in (("B1", 95.0, 1), ("B2", 94.0, 2), ("B3", 94.0, 2), ("B4", 93.0, 4)):
        city.branch(code)
        city.scored(code, total, rank=rank, ranked_count=4, stars=4 if code == "B4" else 5)
    row = quota(city, "B4", 0.5)
    assert (row["quota_rank"], row["ranks_missing"], row["quota_total"]) == (2, 2, 94.0)


def test_a_star_that_needs_points_and_a_rank_says_both() -> None:
    city = shared_out()
    city.connection.execute("update branch_quarters set total = 75, base = 75 where org_id = 'B9'")
    row = quota(city, "B9", 0.1, 0.3)
    assert row["is_score_reached"] is False
    with text.speaking("en"):
        words = branch_words.way_words(5.0, pd.DataFrame([row]))
    assert words.endswith("The quota asks for rank 4 or better as well; this branch has rank 10.")
    assert "5.00 points short" in words


def test_a_quota_of_less_than_one_branch_says_that_nobody_has_the_star() -> None:
    row = quota(shared_out(), "B1", 0.05)
    assert row["quota_rank"] == 0 and pd.isna(row["quota_total"])
    with text.speaking("en"):
        assert "leaves no branch 5 stars: 5.0% of 10 ranked branches is less than one." in branch_words.quota_words(
            pd.Series(row)
        )


def test_who_does_not_see_all_branches_is_told_no_score_of_others() -> None:
    city = shared_out()
    city.connection.execute("delete from branch_quarters where org_id = 'B9'")
    row = quota(city, "B6", 0.1, 0.3)
    assert row["ranks_missing"] == 3 and pd.isna(row["quota_total"])
    with text.speaking("en"):
        assert branch_words.quota_words(pd.Series(row)).endswith("is not among those you may see.")


def test_the_chance_to_be_better_than_those_around_and_the_first_by_hand() -> None:
    """Errors of 3 and 4 make one of 5: five points ahead or behind are one error, P = 0.8413 or 0.1587."""
    city = Rankings()
    for n in range(16):
        city.branch(f"B{n:02}")
        own = {"shrunk_total": 90.0 - n, "shrunk_sd": 3.0 if n == 8 else 4.0}
        city.scored(f"B{n:02}", 95.0 - n, rank=n + 1, **own)
    city.branch("V")
    city.scored("V", 99.0, is_ranked=False)
    rows = city.ask("fortress_neighbours", org_id="B08").set_index("branch_name")
    assert list(rows.index) == ["B00", *(f"B{n:02}" for n in (3, 4, 5, 6, 7, 9, 10, 11, 12, 13))]
    assert rows["better_chance"].to_dict() == pytest.approx(
        {name: NormalDist().cdf((int(name[1:]) - 8) / 5) for name in rows.index}, abs=1e-7
    )
    assert rows.loc[["B03", "B13"], "better_chance"].tolist() == pytest.approx([0.158655, 0.841345], abs=1e-6)
    assert rows.loc["B03", ["rank", "total", "district_name"]].tolist() == [4, 92, "West"]
    assert city.ask("fortress_neighbours", org_id="V").empty


def test_scores_without_error_are_better_worse_or_equal_for_certain() -> None:
    city = Rankings()
    for code, rank, total in (("B1", 1, 90.0), ("B2", 2, 80.0), ("B3", 2, 80.0), ("B4", 4, 70.0)):
        city.branch(code)
        city.scored(code, total, rank=rank, shrunk_total=total, shrunk_sd=0.0)
    rows = city.ask("fortress_neighbours", org_id="B2")
    assert rows["better_chance"].tolist() == [0, 0.5, 1]


def funnelled(**cases: tuple[float | None, float]) -> Rankings:
    """Branches with (numerator, denominator) of B1; those from E on are in the east."""
    city = Rankings()
    for code, (done, due) in cases.items():
        district = EAST if code >= "E" else WEST
        city.branch(code, district, "unit" if code.startswith("D") else "old")
        row = {"numerator": done, "denominator": due, "ratio": done / due if due and done is not None else None}
        city.insert("branch_items", org_id=code, district_code=district, quarter=Q4, item_code="B1", **row)
    return city


def test_limits_of_chance_by_hand() -> None:
    """404 of 505 are 0.8. At 100 cases an error of 0.04 gives 0.8 ± 0.0784 and ± 0.1236; at 5 cases it is 0.1789 and
    the upper limits end at 1.
    """
    city = funnelled(
        A1=(80, 100), A2=(90, 100), A3=(70, 100), A4=(93, 100), A5=(67, 100), A6=(4, 5), A7=(None, 9), A8=(0, 0),
    )  # fmt: skip
    rows = city.ask("fortress_funnel", item_code="B1").set_index("org_id")
    assert rows["funnel_state"].to_dict() == {
        "A6": "within_chance", "A1": "within_chance", "A2": "above", "A3": "below", "A4": "far_above", "A5": "far_below",
    }  # fmt: skip
    limits = ["overall_ratio", "low_998", "low_95", "high_95", "high_998"]
    assert rows.loc["A1", limits].tolist() == pytest.approx([0.8, 0.6764, 0.7216, 0.8784, 0.9236])
    error = sqrt(0.8 * 0.2 / 5)
    assert rows.loc["A6", limits].tolist() == pytest.approx([0.8, 0.8 - 3.09 * error, 0.8 - 1.96 * error, 1, 1])
    assert list(rows.index) == ["A6", "A1", "A2", "A3", "A4", "A5"]  # by rising number of cases


def test_the_rate_of_all_is_that_of_the_branches_shown() -> None:
    city = funnelled(A1=(9, 10), D1=(5, 10), E1=(1, 10))
    for chosen, rate in (({}, 0.5), ({"districts": [WEST]}, 0.7), ({"compound_types": ["old"]}, 0.5)):
        rows = city.ask("fortress_funnel", item_code="B1", **chosen)
        assert rows["overall_ratio"].tolist() == pytest.approx([rate] * (3 - len(chosen)))
    assert city.ask("fortress_funnel", item_code="B3").empty


@pytest.mark.parametrize("done", [0, 10])
def test_where_all_are_alike_nobody_is_outside(done: int) -> None:
    rows = funnelled(A1=(done, 10), A2=(3 * done, 30)).ask("fortress_funnel", item_code="B1")
    assert set(rows["funnel_state"]) == {"within_chance"}
    assert rows[["low_998", "high_998"]].to_numpy().tolist() == [[done / 10] * 2] * 2


def test_a_funnel_has_a_dot_for_each_branch_and_two_pairs_of_limits() -> None:
    rows = funnelled(A1=(80, 100), A2=(90, 100), A3=(70, 100), A4=(93, 100), A5=(67, 100)).ask(
        "fortress_funnel", item_code="B1"
    )
    figure = drawn(charts.chance_funnel(rows))
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert sorted(point[0] for trace in dots for point in trace.customdata) == ["A1", "A2", "A3", "A4", "A5"]
    assert {trace.marker.symbol for trace in dots} == {"circle", "square", "diamond"}
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert [trace.y[0] for trace in lines] == pytest.approx([0.7216, 0.8784, 0.6764, 0.9236])
    assert [trace.x for trace in lines] == [(100,)] * 4


def test_dimensions_of_a_vetoed_branch_are_shown_beside_ranked_peers() -> None:
    city = Rankings()
    for code, service, is_ranked in (("B1", 10.0, False), ("B2", 14.0, True), ("B3", 18.0, True)):
        city.branch(code)
        city.scored(code, 50.0, service=service, is_ranked=is_ranked, peer_count=None)
    rows = city.ask("fortress_dimensions", org_id="B1").set_index("dimension_name")
    assert rows.loc["Service to residents", "dimension_score"] == 10
    assert rows.loc["Integrity", "dimension_score"] != rows.loc["Integrity", "dimension_score"]
    assert rows.index[0] == "Loyalty to the Party"


def test_the_history_has_twelve_quarters_at_most() -> None:
    city = Rankings()
    city.branch("B1")
    for year in (2021, 2022, 2023, 2024):
        for month in (1, 4, 7, 10):
            city.scored("B1", float(year - 1950), quarter=date(year, month, 1))
    rows = city.ask("fortress_history", org_id="B1")
    assert (len(rows), rows["quarter"].iloc[0], rows["quarter"].iloc[-1]) == (12, pd.Timestamp(2022, 1, 1), pd.Timestamp(Q4))


def test_the_rows_behind_b1_are_the_issues_due_and_not_void() -> None:
    city = Rankings()
    city.insert("compound_facts", compound_id="C1", name="C1", name_en="C1")
    city.insert("org_compounds", org_id="B1", compound_id="C1")
    for code, due, closed, status, compound in (
        ("on time", datetime(2024, 10, 1), datetime(2024, 9, 30), "closed", "C1"),
        ("late", datetime(2024, 12, 31, 23), datetime(2025, 1, 1), "closed", "C1"),
        ("open", datetime(2024, 11, 1), None, "handled", "C1"),
        ("void", datetime(2024, 11, 1), None, "void", "C1"),
        ("not yet due", datetime(2025, 1, 1), None, "handled", "C1"),
        ("earlier", datetime(2024, 9, 30, 23), None, "handled", "C1"),
        ("elsewhere", datetime(2024, 11, 1), None, "handled", "C2"),
    ):
        city.insert("issues", issue_id=code, compound_id=compound, due_at=due, closed_at=closed, status=status)
    rows = city.ask("fortress_evidence_issues", org_id="B1")
    assert dict(zip(rows["issue_id"], rows["is_closed_on_time"], strict=True)) == {
        "on time": True, "open": False, "late": False,
    }  # fmt: skip


def test_the_rows_behind_b3_are_the_issues_closed_and_revisited() -> None:
    city = Rankings()
    city.insert("compound_facts", compound_id="C1", name="C1", name_en="C1")
    city.insert("org_compounds", org_id="B1", compound_id="C1")
    for code, closed, result in (
        ("counts", datetime(2024, 12, 31, 23), "reached"), ("not reached", datetime(2024, 12, 1), "unreachable"),
        ("next quarter", datetime(2025, 1, 1), "reached"), ("open", None, "reached"),
    ):  # fmt: skip
        city.insert(
            "issues", issue_id=code, compound_id="C1", closed_at=closed, status="closed", revisit_result=result
        )
    assert list(city.ask("fortress_evidence_revisits", org_id="B1")["issue_id"]) == ["counts"]


def test_the_ends_of_a_ranking_keep_the_official_order_and_the_chosen_branch() -> None:
    ranking = pd.DataFrame({"org_id": [f"B{n}" for n in range(1, 41)], "rank": range(1, 41)}).astype({"rank": float})
    ends = branches.ends(ranking, "B20")
    assert list(ends["rank"]) == [*range(1, 11), 20, *range(31, 41)]
    ranking.loc[39, "rank"] = None
    assert "B40" in set(branches.ends(ranking, "B40")["org_id"])
    assert "B40" not in set(branches.ends(ranking, "B1")["org_id"])


def test_a_ranking_figure_shows_intervals_in_the_official_order_with_breaks() -> None:
    city = ranked(Rankings(), **{f"B{n:02}": 100.0 - n for n in range(30)})
    rows = branches.ends(city.ask("fortress_ranking"), "B15")
    figure = drawn(charts.rank_intervals(rows, bands=city.ask("fortress_star_bands"), chosen="B15"))
    dots = next(trace for trace in figure.data if trace.mode == "markers")
    assert [point[0] for point in dots.customdata] == list(rows["org_id"])
    assert list(dots.y) == sorted(dots.y)
    assert len([shape for shape in figure.layout.shapes if shape.y0 == shape.y1]) == 2  # before and after the chosen one
    spans = [trace for trace in figure.data if trace.mode == "lines"]
    assert sum(len(trace.x) for trace in spans) == 3 * len(rows)


def test_a_dimension_that_was_not_scored_says_so_and_has_no_dot() -> None:
    city = Rankings()
    city.branch("B1")
    city.scored("B1", 50.0, service=10.0)
    with text.speaking("en"):
        figure = drawn(charts.dimension_profile(city.ask("fortress_dimensions", org_id="B1")))
    words = [word for trace in figure.data if getattr(trace, "mode", "") == "text" for word in trace.text]
    assert words.count("not scored") == 4


def test_a_copied_address_opens_the_same_branch_and_an_unknown_one_the_first(tiny_data) -> None:
    app = opened("fortress_index", "en", view="branch", branch="B3")
    assert not troubles(app)
    assert app.session_state["fortress-branch"] == "B3"
    other = opened("fortress_index", "en", view="branch", branch="B99")
    assert other.session_state["fortress-branch"] != "B99"
    assert opened("fortress_index", "en", view="nonsense").session_state["fortress-view"] == "ranking"


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("view", branches.VIEWS)
def test_every_part_of_the_fortress_page_opens(view: str, language: str, tiny_data) -> None:
    app = opened("fortress_index", language, view=view)
    assert not troubles(app)
    assert app.dataframe or app.info or app.get("plotly_chart") or app.button
