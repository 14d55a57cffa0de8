"""How sure the order of a table is, against ranks worked out by hand."""

from math import sqrt

import pandas as pd
import pytest

from dashboard import certainty, issues, text, venues
from tests.city import JANUARY, City


def districts(values: list[float | None], errors: list[float | None]) -> pd.DataFrame:
    rows = pd.DataFrame({"value": values, "error": errors}, dtype=float)
    return certainty.with_ranks(rows, rows["value"], rows["error"])


def test_an_order_far_beyond_its_error_is_sure_and_one_within_it_is_open() -> None:
    sure = districts([10, 30, 20], [0.01] * 3)
    assert sure[["rank_low", "rank_high"]].to_numpy().tolist() == [[3, 3], [1, 1], [2, 2]]
    assert districts([10, 10.1, 10.2], [9.0] * 3)[["rank_low", "rank_high"]].to_numpy().tolist() == [[1, 3]] * 3


def test_a_row_without_a_value_or_an_error_has_no_rank_and_takes_none() -> None:
    rows = districts([10, None, 20, 30], [0.01, 0.01, 0.01, None])
    assert rows["rank_low"].fillna(0).tolist() == [2, 0, 1, 0]
    assert districts([None], [None])["rank_low"].isna().all()


def test_the_error_of_a_share_of_none_or_all_is_not_zero() -> None:
    """5 of 5: p = 6 / 7, so the variance is 6 / 49 / 5."""
    errors = certainty.share_errors(pd.Series([5, 0, 0]), pd.Series([5, 5, 0]))
    assert errors[:2].tolist() == pytest.approx([sqrt(6 / 49 / 5)] * 2)
    assert pd.isna(errors[2])


def test_the_words_tell_the_width_of_a_typical_row_and_nothing_where_none_is_known() -> None:
    rows = pd.DataFrame({"rank_low": [1, 1, 3, None], "rank_high": [1, 3, 9, None]})
    with text.speaking("en"):
        assert certainty.words(rows).startswith("Chance leaves a typical row 3 places open")
        assert certainty.words(rows.iloc[:1]).startswith("Most rows keep their place")
    assert certainty.words(rows.iloc[3:]) == ""


def test_venues_of_few_leave_the_ranks_of_districts_open() -> None:
    few = pd.DataFrame({"venue_norm_rate": [0.5, 1.0], "meeting_count": [1, 2], "judged_count": [2, 2]})
    many = pd.DataFrame({"venue_norm_rate": [0.5, 1.0], "meeting_count": [500, 999], "judged_count": [1000, 999]})
    assert venues.ranked(few)[["rank_low", "rank_high"]].to_numpy().tolist() == [[1, 2], [1, 2]]
    assert venues.ranked(many)[["rank_low", "rank_high"]].to_numpy().tolist() == [[2, 2], [1, 1]]


def test_districts_by_combined_score_show_the_ranks_left_open_and_the_selection_has_none() -> None:
    rows = pd.DataFrame(
        {
            "level": ["selection", "district", "district"], "district_name": [None, "A", "B"],
            "combined_score": [75.0, 70.0, 80.0], "combined_score_error": [0.1] * 3,
        }
    )  # fmt: skip
    own = issues.ranked(rows)
    assert own[["district_name", "rank_low", "rank_high"]].to_numpy().tolist() == [["A", 2, 2], ["B", 1, 1]]


def firms(**served: tuple[int, int]) -> pd.DataFrame:
    """`property_firm_list` of firms with (complaints, households)."""
    city = City()
    city.connection.execute(
        "create or replace table property_firm_facts (firm_id varchar, name varchar, name_en varchar, district_code varchar,"
        " complaint_count bigint, complaint_households bigint, fee_collected_households bigint, fee_households bigint,"
        " households bigint, compound_count bigint, has_party_org boolean, party_org_mode varchar, has_adviser boolean)"
    )
    for code, (complaints, households) in served.items():
        city.insert(
            "property_firm_facts", firm_id=code, name=code, name_en=code, complaint_count=complaints,
            complaint_households=households, households=households, compound_count=1,
        )  # fmt: skip
    return city.ask("property_firm_list").set_index("firm_name")


def test_firms_whose_intervals_overlap_may_change_places() -> None:
    """Per 1,000 households 100 ± 16.5, 95 ± 16.1 and 0 ± 1.6: the first two cannot be told apart, the third can."""
    rows = firms(A=(100, 1000), B=(95, 1000), C=(0, 1000))
    assert rows[["first_place", "last_place"]].to_numpy().tolist() == [[1, 2], [1, 2], [3, 3]]


def test_no_complaint_of_few_households_is_no_certain_place() -> None:
    """0 of 300 households: 0 ± 5.5 per 1,000, so that 3 ± 2.9 may be less."""
    rows = firms(A=(3, 1000), B=(0, 300))
    assert rows[["first_place", "last_place"]].to_numpy().tolist() == [[1, 2], [1, 2]]


def rated(*communities: tuple[int, int, int]) -> list[list[int]]:
    """First and last place of communities with (ratings, their sum, the sum of their squares) in `report_in_communities`."""
    city = City()
    city.connection.execute(
        "create or replace table report_in_community_months (community_code varchar, month date, district_code varchar,"
        " member_served_count bigint, member_hours double, claim_count bigint, due_count bigint, due_completed_count bigint,"
        " rated_count bigint, rating_sum bigint, rating_square_sum bigint)"
    )
    for number, (count, total, squares) in enumerate(communities):
        city.insert("region_facts", region_code=f"C{number}", name=f"C{number}", name_en=f"C{number}")
        city.insert(
            "report_in_community_months", community_code=f"C{number}", month=JANUARY, member_served_count=9,
            rated_count=count, rating_sum=total, rating_square_sum=squares,
        )  # fmt: skip
    rows = city.ask("report_in_communities", row_limit=2).sort_values("community_name")
    return rows[["first_place", "last_place"]].to_numpy().tolist()


def test_communities_with_few_ratings_may_change_places_and_the_rest_of_the_list_counts() -> None:
    """Ratings half 1 and half 3, 2 and 4, 3 and 5 scatter by 1 about 2, 3 and 4: margins are about 1.645 / √n, so that
    of ten ratings 0.55: the intervals about 2 and 3 overlap; of a hundred 0.17, and none does. Two rows are shown.
    """
    assert rated((10, 20, 50), (10, 30, 100), (10, 40, 170)) == [[1, 2], [1, 3]]
    assert rated((100, 200, 500), (100, 300, 1000), (100, 400, 1700)) == [[1, 1], [2, 2]]


def test_ratings_that_are_all_alike_in_a_community_borrow_the_scatter_of_the_others() -> None:
    """Ten fives have no scatter of their own; with that of the others they are not certain."""
    assert rated((10, 44, 204), (10, 50, 250)) == [[1, 2], [1, 2]]
