"""Every metric from a handful of rows, against values worked out by hand."""

from datetime import date, datetime, timedelta

import pytest

from tests.city import COMMUNITY, FEBRUARY, JANUARY, MARCH, NEW_YEAR, WEST, City, closed


def test_closing_rates_are_those_that_one_citys_bulletin_prints() -> None:
    city = City()
    city.compound("C1")
    due = NEW_YEAR + timedelta(days=2)
    for number in range(972):
        end = closed(1 if number < 737 else 5) if number < 911 else {}
        city.issue(due_at=due, **end)
    city.build()
    assert [round(100 * y / x, 2) for y, x in (city.sums("close_rate"), city.sums("ontime_close_rate"))] == [
        93.72,
        75.82,
    ]


def test_each_count_stands_in_the_month_of_its_own_moment() -> None:
    city = City()
    city.compound("C1")
    reported = datetime(2024, 1, 31, 9)
    city.issue(
        reported=reported, registered_at=reported, first_response_at=reported, due_at=datetime(2024, 2, 2, 9),
        closed_at=datetime(2024, 3, 1, 9), status="closed", is_extended=True, rework_count=1,
    )  # fmt: skip
    counts = ("reported_count", "registered_count", "extended_count", "due_count", "closed_count", "finished_count")
    assert city.build().months(*counts) == [
        (JANUARY, 1, 1, 1, 0, 0, 0),
        (FEBRUARY, 0, 0, 0, 1, 1, 0),
        (MARCH, 0, 0, 0, 0, 0, 1),
    ]


def test_void_issues_and_those_not_yet_due_are_not_due() -> None:
    city = City(as_of=date(2024, 1, 31))
    city.compound("C1")
    for due in (datetime(2024, 1, 31, 23, 59), datetime(2024, 2, 1)):
        city.issue(due_at=due)
    city.issue(due_at=datetime(2024, 1, 5), status="void")
    city.issue(due_at=None)
    city.build()
    assert city.sums("close_rate") == (0, 1)
    assert city.sums("reported_issues", JANUARY) == (4, None)


def test_a_returned_issue_is_closed_and_not_resolved() -> None:
    city = City()
    city.compound("C1")
    city.issue(due_at=NEW_YEAR, **closed())
    city.issue(due_at=NEW_YEAR, **closed(status="returned"))
    city.build()
    assert city.sums("close_rate") == (2, 2)
    assert city.sums("resolution_rate") == (1, 2)


def test_a_response_counts_up_to_the_promised_minute() -> None:
    city = City()
    city.compound("C1")
    for seconds in (0, 1200, 1201):
        city.issue(first_response_at=NEW_YEAR + timedelta(seconds=seconds))
    city.issue()
    assert city.build().sums("response_rate") == (2, 4)


@pytest.mark.parametrize("promise, answered", [(None, NEW_YEAR), (20, None)], ids=["no promise", "never filled"])
def test_what_a_place_does_not_publish_is_no_rate_of_zero(promise: int | None, answered: datetime | None) -> None:
    city = City(respond_minutes=promise)
    city.compound("C1")
    city.issue(first_response_at=answered, registered_at=NEW_YEAR, **closed())
    city.build()
    unknown = (
        "response_rate",
        "rework_rate",
        "extension_rate",
        "close_rate",
        "satisfaction_rate",
        "solved_at_compound_rate",
    )
    assert [city.sums(metric) for metric in unknown] == [None] * 6
    assert city.months("responded_on_time_count", "rework_count", "extended_count")[0][1:] == (None, None, None)


def test_rates_over_closed_issues() -> None:
    city = City()
    city.compound("C1")
    city.issue(reported=NEW_YEAR + timedelta(hours=23), **closed(1.05, rework_count=2, resolved_level="community"))
    city.issue(reported=NEW_YEAR, **closed(0.9, rework_count=0, resolved_level="community"))
    city.issue(reported=NEW_YEAR, **closed(0.5, revisit_result="reached", satisfaction="satisfied"))
    city.issue(reported=NEW_YEAR, **closed(0.5, revisit_result="reached"))
    city.issue(reported=NEW_YEAR, **closed(0.5, revisit_result="unreachable", satisfaction="satisfied"))
    city.issue(reported=NEW_YEAR, **closed(3, status="void"))
    city.build()
    assert city.sums("overnight_rate") == (1, 5)
    assert city.sums("rework_rate") == (1, 5)
    assert city.sums("satisfaction_rate") == (1, 2)
    assert city.sums("solved_at_compound_rate") == (0, 2)


def test_an_issue_without_a_compound_counts_for_its_district_all_the_same() -> None:
    city = City()
    city.compound("C1")
    city.issue()
    city.issue(None, grid_code=COMMUNITY[WEST] + "00101")
    rows = city.build().connection.execute(
        "select compound_id, community_code, district_code, reported_count from issue_months order by all"
    )
    assert rows.fetchall() == [("C1", COMMUNITY[WEST], WEST, 1), (None, COMMUNITY[WEST], WEST, 1)]
    assert city.sums("reported_issues", JANUARY) == (2, None)


def test_coverage_comes_from_links_and_grows_with_the_branches() -> None:
    city = City()
    for code in ("C1", "C2", "C3", "C4"):
        city.compound(code)
    city.branch("B1", "C1", "C2", founded=date(2024, 2, 29))
    city.branch("B2", "C1")
    city.branch("K1", "C3", "C4", kind="community_committee")
    city.issue()
    city.build()
    assert [city.sums("organisation_coverage", month) for month in (JANUARY, FEBRUARY, MARCH)] == [
        (1, 4),
        (2, 4),
        (2, 4),
    ]


def test_property_and_owners_bodies_have_their_own_denominators_and_only_a_present() -> None:
    city = City()
    city.compound("C1", property_mode="market", owners_body="owners_committee", is_owners_body_eligible=True)
    city.compound("C2", property_mode="none", owners_body="none", is_owners_body_eligible=True)
    city.compound("C3", owners_body="management_committee", is_owners_body_eligible=False)
    city.compound("C4")
    city.issue()
    city.build()
    assert city.sums("property_coverage", MARCH) == (1, 2)
    assert city.sums("owners_body_rate_eligible", MARCH) == (1, 2)
    assert city.sums("owners_body_rate_all", MARCH) == (2, 3)
    assert city.sums("property_coverage", JANUARY) is None


def test_households_count_in_months_without_an_issue_and_not_where_nobody_counted_them() -> None:
    city = City()
    city.compound("C1", households=150)
    city.compound("C2", households=50)
    city.compound("C3", households=None)
    for compound in ("C1", "C1", "C1", "C3"):
        city.issue(compound)
    city.build()
    assert city.sums("issues_per_100_households") == (3, 6)
    assert city.sums("issues_per_100_households", FEBRUARY) == (0, 2)
    assert city.sums("reported_issues", FEBRUARY) == (0, None)


def test_durations_fall_into_the_class_whose_upper_edge_they_reach() -> None:
    city = City()
    city.compound("C1")
    for hours in (1, 1.01, 720, 721):
        city.issue(**closed(hours / 24))
    rows = city.build().connection.execute(
        "select hours_bin, closed_count from issue_duration_months order by hours_bin"
    )
    assert rows.fetchall() == [(1, 1), (2, 1), (720, 1), (1e9, 1)]
    assert city.ask("compound_types_durations", end_month=FEBRUARY)["closed_share"].tolist() == [0.25, 0.5, 0.75, 1]


def test_marts_do_not_depend_on_the_order_of_rows() -> None:
    def tables(order: int) -> list[list[tuple]]:
        city = City()
        for code in ("C1", "C2", "C3")[::order]:
            city.compound(code, kind="old" if code == "C1" else "unit")
        for day in range(60)[::order]:
            city.issue(f"C{1 + day % 3}", NEW_YEAR + timedelta(days=day), due_at=NEW_YEAR + timedelta(days=day + 1))
        city.build()
        names = ("issue_months", "metric_months", "metric_spreads")
        return [city.connection.execute(f"from {name}").fetchall() for name in names]

    assert tables(1) == tables(-1)


def test_spans_add_the_months_of_each_compound_before_they_are_squared() -> None:
    city = City()
    city.compound("C1")
    for month, issues in ((1, 1), (2, 2)):
        for _ in range(issues):
            city.issue(reported=datetime(2024, month, 1))
    rows = city.build().connection.execute(
        "select start_month, end_month, numerator, denominator, numerator_square_sum from metric_spreads"
        " where metric = 'reported_issues' and start_month = date '2024-01-01' order by end_month"
    )
    assert rows.fetchall() == [
        (JANUARY, JANUARY, 1, 1, 1),
        (JANUARY, MARCH, 3, 1, 9),
        (JANUARY, date(2024, 12, 1), 3, 1, 9),
    ]
