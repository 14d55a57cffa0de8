"""What the overview and the page of compound types ask of the marts, against values worked out by hand."""

from datetime import timedelta
from statistics import NormalDist

import pandas as pd
import pytest

from dashboard import periods
from tests.city import EAST, FEBRUARY, JANUARY, MARCH, NEW_YEAR, WEST, City, closed


def indexed() -> City:
    """Two branches of an old compound's district with totals 80 and 90, and 25 members of whom 5 are starred."""
    city = City()
    city.compound("C1")
    city.issue()
    for code, total in (("B1", 80.0), ("B2", 90.0), ("B3", None)):
        city.insert("branch_facts", org_id=code, compound_type="old")
        city.insert("branch_quarters", org_id=code, district_code=WEST, quarter=JANUARY, total=total)
    for band, members in (("starred", 5), ("qualified", 15), ("warning", 5), ("pending", 7), ("exempt", 9)):
        row = {"org_id": "B1", "district_code": WEST, "compound_type": "old", "quarter": JANUARY}
        city.insert("pioneer_quarters", band=band, member_count=members, **row)
    return city.build()


def test_the_indexes_repeat_in_the_months_of_their_quarter_and_count_once_in_it() -> None:
    city = indexed()
    rows = city.connection.execute(
        "select month, numerator, denominator, square_sum from metric_months where metric = 'fortress_index' order by month"
    )
    assert rows.fetchall() == [(month, 170, 2, 14500) for month in (JANUARY, FEBRUARY, MARCH)]
    assert city.sums("starred_member_share", MARCH) == (5, 25)
    quarter = city.ask("overview_metrics", **periods.parameters(JANUARY, MARCH)).set_index(["level", "metric"])
    fortress = quarter.loc[("selection", "fortress_index")]
    assert (fortress["value"], fortress["numerator"], fortress["denominator"]) == (85, 170, 2)


def test_a_share_of_too_few_people_is_left_out() -> None:
    city = indexed()
    for limit, shown in ((5, True), (6, False)):
        rows = city.ask("overview_metrics", small_cell_limit=limit)
        assert ("starred_member_share" in set(rows["metric"])) is shown


def changed(city: City, now: int, before: int) -> str:
    city.connection.execute("delete from metric_months")
    for month, closed_on_time in ((FEBRUARY, now), (JANUARY, before)):
        city.insert(
            "metric_months", district_code=WEST, compound_type="old", month=month, metric="ontime_close_rate",
            basis="month", numerator=closed_on_time, denominator=100, square_sum=None,
        )  # fmt: skip
    rows = city.ask("overview_metrics", **periods.parameters(FEBRUARY, FEBRUARY))
    return rows.loc[rows["level"] == "selection", "previous_flag"].item()


def test_a_change_of_a_rate_counts_beyond_1645_standard_errors() -> None:
    """80 against 70 of 100: 1.645 · √(0.8·0.2/100 + 0.7·0.3/100) = 0.10006 > 0.10; 81: 0.0992 < 0.11."""
    city = indexed()
    assert [changed(city, 80, 70), changed(city, 81, 70), changed(city, 70, 81)] == ["within_error", "up", "down"]


def test_a_rate_of_all_or_none_is_not_certain() -> None:
    """100 of 100 against 97: p = 101 / 102 and 98 / 102, so 1.645 · √(0.0097 / 100 + 0.0377 / 100) = 0.036 > 0.03; with
    p = 1 the first would have no error at all, and 0.028 < 0.03.
    """
    city = indexed()
    assert [changed(city, 100, 97), changed(city, 100, 96), changed(city, 0, 4)] == ["within_error", "up", "down"]


def test_the_error_of_a_mean_comes_from_its_squares_and_is_unknown_of_one() -> None:
    """80 and 90: squares 14500 / 2 - 85² = 25, over 2 branches: √12.5."""
    city = indexed()
    rows = city.ask("overview_metrics", **periods.parameters(JANUARY, MARCH)).set_index(["level", "metric"])
    assert rows.loc[("selection", "fortress_index"), "standard_error"] == pytest.approx(12.5**0.5)
    city.connection.execute("update metric_months set denominator = 1 where metric = 'fortress_index'")
    rows = city.ask("overview_metrics", **periods.parameters(JANUARY, MARCH)).set_index(["level", "metric"])
    assert pd.isna(rows.loc[("selection", "fortress_index"), "standard_error"])


def test_nothing_earlier_is_no_change_of_zero() -> None:
    rows = indexed().ask("overview_metrics")
    assert rows["previous_value"].isna().all() and rows["previous_change"].isna().all()
    assert rows["previous_flag"].isna().all()


def test_filters_that_match_nothing_give_no_rows() -> None:
    city = indexed()
    for name in ("overview_metrics", "overview_months", "compound_types_metrics", "compound_types_volumes"):
        assert len(city.ask(name, metric="close_rate"))
        assert city.ask(name, districts=[EAST], metric="close_rate").empty
        assert city.ask(name, compound_types=["unit"], metric="close_rate").empty


def spread_city(old: list[int], unit: list[int], matters: int = 4) -> City:
    """Compounds of two types with `matters` issues each, of which the listed numbers were closed on time."""
    city = City()
    for kind, numbers in (("old", old), ("unit", unit)):
        for at, on_time in enumerate(numbers):
            city.compound(f"{kind}{at}", kind)
            for matter in range(matters):
                end = closed(1) if matter < on_time else closed(9)
                city.issue(f"{kind}{at}", due_at=NEW_YEAR + timedelta(days=2), **end)
    return city.build()


def test_differences_between_types_take_compounds_as_clusters() -> None:
    """Ten compounds a side, residuals ±1: s² = 10/9 · 10/40² = 1/144 a side, standard error √2/12 = 0.11785.

    Half of the issues on time against three quarters: 0.25 / 0.11785 = 2.12 standard errors, within what the
    comparisons together allow. p (1 - p) / n of issues would give 2.39.
    """
    city = spread_city(old=[3, 1] * 5, unit=[4, 2] * 5)
    rows = city.ask("compound_types_metrics")
    row = rows[(rows["metric"] == "ontime_close_rate") & (rows["compound_type"] == "old")].iloc[0]
    assert (row["value"], row["others_value"], row["difference"], row["unit_count"]) == (0.5, 0.75, -0.25, 10)
    assert row["value_high"] - row["value"] == pytest.approx(1.96 / 12)
    comparisons = rows["difference"].notna().sum()
    quantile = NormalDist().inv_cdf(1 - 0.025 / comparisons)
    assert row["difference_high"] - row["difference"] == pytest.approx(quantile * 2**0.5 / 12, abs=1e-4)
    assert row["verdict"] == "chance"


def test_a_large_difference_is_larger_than_chance_on_both_sides() -> None:
    city = spread_city(old=[1, 0] * 5, unit=[4, 3] * 5)
    rows = city.ask("compound_types_metrics")
    verdicts = rows[rows["metric"] == "ontime_close_rate"].set_index("compound_type")["verdict"].to_dict()
    assert verdicts == {"old": "lower", "unit": "higher"}


def test_fewer_than_ten_compounds_are_not_compared() -> None:
    rows = spread_city(old=[0] * 9, unit=[4] * 12).ask("compound_types_metrics")
    assert rows["difference"].isna().all() and rows["verdict"].isna().all()


def test_spread_leaves_out_compounds_with_fewer_than_five_matters() -> None:
    city = City()
    for code, matters, on_time in (("C1", 5, 5), ("C2", 5, 0), ("C3", 4, 4)):
        city.compound(code)
        for matter in range(matters):
            city.issue(code, due_at=NEW_YEAR + timedelta(days=2), **(closed() if matter < on_time else {}))
    row = city.build().ask("compound_types_spread", metric="ontime_close_rate").iloc[0]
    assert (row["unit_count"], row["left_out_count"]) == (2, 1)
    assert (row["percentile_25"], row["percentile_50"]) == (0.25, 0.5)


def test_volumes_by_type() -> None:
    city = City()
    city.compound("C1", households=300, residents=900)
    city.compound("C2", "unit", households=100, residents=None)
    for compound in ("C1", "C1", "C1", "C2"):
        city.issue(compound)
    rows = city.build().ask("compound_types_volumes").set_index("compound_type")
    old = rows.loc["old"]
    assert (old["reported_issues"], old["issue_share"], old["compound_share"]) == (3, 0.75, 0.5)
    assert (old["issues_per_100_households"], old["issues_per_compound"]) == (1, 3)
    assert pd.isna(rows.loc["unit", "residents"])


def test_one_metric_by_district_and_type() -> None:
    city = City()
    city.compound("C1")
    city.compound("C2", district=EAST)
    city.issue("C1", due_at=NEW_YEAR, **closed())
    city.issue("C2", due_at=NEW_YEAR, district_code=EAST)
    rows = city.build().ask("compound_types_districts", metric="close_rate")
    assert rows[["district_name", "value"]].values.tolist() == [["West", 1.0], ["East", 0.0]]
