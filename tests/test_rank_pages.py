"""What the pages of the two indexes ask, against values worked out by hand, and what they do with clicks."""

from datetime import date, datetime
from math import sqrt

import pandas as pd
import pytest

from dashboard import branches, charts, text
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
    assert app.dataframe or app.info
