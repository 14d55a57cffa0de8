"""Venues and funding on the tiny place, whose four venues and four budget lines are counted by hand."""

import pytest

from dashboard import editions, store
from tests import questions, tiny
from tests.opening import opened, troubles


def asked(name: str, **own: object) -> list[dict]:
    rows = store.query(f"venues_and_funding_{name}", **questions.shared(editions.current(tiny.PLACE), **own))
    return rows.to_dict("records")


def test_venues_meet_the_norm_by_a_fixed_area_or_by_households(tiny_data) -> None:
    kinds = {row["venue_kind"]: row for row in asked("kinds")}
    centres, stations = kinds["service_centre"], kinds["micro_station"]
    assert (centres["venue_count"], centres["judged_count"]) == (2, 2)
    assert centres["meeting_count"] == 1  # 320 m2 of 300; 100 m2 for more than 333 households
    assert (stations["meeting_count"], stations["venue_norm_rate"]) == (1, 0.5)  # 40 and 20 m2 of 30
    assert stations["area_50_m2"] == 30.0


def test_a_type_of_compound_leaves_the_venues_of_its_compounds(tiny_data) -> None:
    own_type = tiny.COMPOUNDS["C1"][1]
    assert [row["venue_kind"] for row in asked("kinds", compound_types=[own_type])] == ["micro_station"]


def test_every_measured_venue_of_a_kind_lies_in_one_class_of_area(tiny_data) -> None:
    classes = asked("areas", venue_kind="micro_station")
    assert sum(row["venue_count"] for row in classes) == 2
    assert {row["min_area_m2"] for row in classes} == {30.0}


def test_a_function_is_a_share_of_the_venues_that_report_functions(tiny_data) -> None:
    found = {(row["venue_kind"], row["venue_function"]): row["offering_share"] for row in asked("functions")}
    assert found == {("service_centre", "居民议事"): 1.0, ("micro_station", "居民议事"): 1.0}


def test_money_is_added_up_by_item_and_by_district(tiny_data) -> None:
    [item] = asked("items")
    assert (item["line_count"], item["budget_yuan"], item["spent_yuan"]) == (4, 4_000.0, 3_600.0)
    assert item["spending_rate"] == pytest.approx(0.9)
    assert item["published_rate"] == 0.75  # the line of B4 was not made public
    west = next(row for row in asked("money") if row["district_code"] == tiny.WEST)
    homes = sum(households for at, _, households in tiny.COMPOUNDS.values() if tiny.COMMUNITIES[at].startswith("990101"))
    assert west["budget_per_household_yuan"] == pytest.approx(west["budget_yuan"] / homes)


def test_an_earlier_period_has_the_venues_opened_until_then(tiny_data) -> None:
    assert asked("kinds", end_month=questions.QUARTER["end_month"].replace(year=2021)) == []


def test_the_page_shows_venues_budget_and_spending(tiny_data) -> None:
    app = opened("venues_and_funding", "en")
    assert not troubles(app)
    shown = {metric.label: metric.value for metric in app.metric}
    assert (shown["Venues"], shown["Meets the norm of area"], shown["Share spent"]) == ("7", "50.0%", "90.0%")
