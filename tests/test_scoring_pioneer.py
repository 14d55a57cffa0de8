"""Pioneer scores of members worked out by hand, month by month, and the marts over them.

A month without events scores 15 + 15 + 15 + 0.6 · 15 + 20 = 74. R1 with 6 points fills the fourth aspect: 80.
"""

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests import scoring_rows as rows
from tests.scoring_rows import Q3, Q4

OCTOBER, NOVEMBER, DECEMBER = (date(2024, month, 5) for month in (10, 11, 12))
WHOLE_QUARTER = (OCTOBER, NOVEMBER, DECEMBER)
numbers = count(1)


def member(member_id: str, **values: Any) -> dict[str, Any]:
    return {"member_id": member_id, "masked_name": "张**", "org_id": "B1", "category": "retired"} | values


def event(member_id: str, item: str, points: float, day: date = OCTOBER, **values: Any) -> dict[str, Any]:
    return {
        "event_id": f"E{next(numbers):04d}", "member_id": member_id, "occurred_date": day, "item_code": item,
        "points": points, "is_verified": True,
    } | values  # fmt: skip


def reversal(of: dict[str, Any], day: date = OCTOBER, **values: Any) -> dict[str, Any]:
    values = {"reverses_event_id": of["event_id"], "is_verified": of["is_verified"]} | values
    return event(of["member_id"], of["item_code"], -of["points"], day, **values)


def monthly(*events: tuple[str, float]) -> list[dict[str, Any]]:
    """The same events in each month of the quarter, of member M."""
    return [event("M", item, points, day) for day in WHOLE_QUARTER for item, points in events]


def place(members: list[dict], events: list[dict], profile=rows.PROFILE, **tables: list[dict]):
    """Members and events; a member E of another branch has one in October, so that the quarter is covered."""
    first = [event("E", "T1", -1, date(2024, 10, 1))]
    known = rows.base() | {"members": [*members, member("E", org_id="B2")], "member_events": first + events}
    return rows.place(known | tables, profile)


UNVERIFIED = event("M", "G3", 9, is_verified=False)
BONUS, DEDUCTED, VETOED = event("M", "G3", 9), event("M", "X1", -9), event("M", "V1", -10)

BY_HAND = {
    "no events: every aspect at its start": ([], (74, "qualified", 0)),
    "an aspect that only loses": ([event("M", "T1", -3)], (73, "qualified", 0)),
    "points of one aspect add up": ([event("M", "O1", -3), event("M", "O2", -3)], (72, "qualified", 0)),
    "an aspect does not rise above its points": ([event("M", "T1", 5)], (74, "qualified", 0)),
    "an aspect does not fall below zero": ([event("M", "D2", -40)], (69, "qualified", 0)),
    "an aspect that must be earned": ([event("M", "R1", 3)], (75, "qualified", 0)),
    "exactly 85: starred with three stars": (monthly(("R1", 6), ("G3", 5)), (85, "starred", 3)),
    "just below 85": (monthly(("R1", 6), ("G3", 4.999)), (84.999, "qualified", 0)),
    "exactly 90: four stars": (monthly(("R1", 6), ("G3", 4), ("G5", 6)), (90, "starred", 4)),
    "exactly 96: five stars": (monthly(("R1", 6), ("G3", 16)), (96, "starred", 5)),
    "the bonus of a month stops at 20": (monthly(("R2", 6), ("G4", 35)), (100, "starred", 5)),
    "exactly 60: qualified": (monthly(("T2", -14)), (60, "qualified", 0)),
    "just below 60: warning": (monthly(("T2", -14.001)), (59.999, "warning", 0)),
    "thirds add up to the edge": (
        [event("M", "R1", 6, day) for day in WHOLE_QUARTER] + [event("M", "G1", 7.5), event("M", "G1", 7.5, NOVEMBER)],
        (85, "starred", 3),
    ),
    "deductions stop at 20, whatever their sign": (
        [event("M", "X1", -15), event("M", "X2", 15)],
        (round((54 + 74 + 74) / 3, 9), "qualified", 0),
    ),
    "a veto clears its month and warns for the quarter": (
        [*monthly(("R1", 6), ("G3", 20)), event("M", "V1", -10, NOVEMBER)],
        (round(200 / 3, 9), "warning", 0),
    ),
    "only verified events count": ([UNVERIFIED], (74, "qualified", 0)),
    "a reversal takes back a bonus": ([BONUS, reversal(BONUS)], (74, "qualified", 0)),
    "a reversal takes back a deduction": ([DEDUCTED, reversal(DEDUCTED)], (74, "qualified", 0)),
    "a reversal takes back a veto": ([VETOED, reversal(VETOED)], (74, "qualified", 0)),
    "a reversal in a later month leaves the closed one": ([BONUS, reversal(BONUS, NOVEMBER)], (77, "qualified", 0)),
    "a reversal takes off what its own month earned": (
        [BONUS, reversal(BONUS, NOVEMBER), event("M", "G1", 12, NOVEMBER)],
        (78, "qualified", 0),
    ),
    "a veto stays in its closed month": (
        [VETOED, reversal(VETOED, NOVEMBER)],
        (round(148 / 3, 9), "warning", 0),
    ),
    "an event is reversed once": ([BONUS, reversal(BONUS), reversal(BONUS), event("M", "G1", 9)], (77, "qualified", 0)),
    "what did not count is not taken back": (
        [UNVERIFIED, reversal(UNVERIFIED, is_verified=True), event("M", "G1", 9)],
        (77, "qualified", 0),
    ),
    "an unverified reversal does not count": ([BONUS, reversal(BONUS, is_verified=False)], (77, "qualified", 0)),
    "events after the as-of date do not count": ([event("M", "G1", 9, date(2025, 1, 1))], (74, "qualified", 0)),
}


def of_case(case: str, row: dict[str, Any]) -> dict[str, Any]:
    """An event of M made one of the member named for the case."""
    reversed_id = row.get("reverses_event_id")
    return row | {
        "member_id": case, "event_id": case + row["event_id"],
        "reverses_event_id": reversed_id and case + reversed_id,
    }  # fmt: skip


@pytest.fixture(scope="module")
def fourth_quarter() -> dict[str, tuple]:
    """Case -> (score, band, stars) of its member in the fourth quarter of 2024."""
    events = [of_case(case, row) for case, (written, _) in BY_HAND.items() for row in written]
    connection = place([member(case) for case in BY_HAND], events)
    found = rows.answer(connection, "member_quarters", "quarter", "member_id", "score", "band", "stars")
    return {row[1]: row[2:] for row in found if row[0] == Q4}


@pytest.mark.parametrize("case", BY_HAND)
def test_a_member_by_hand(case: str, fourth_quarter: dict[str, tuple]) -> None:
    assert fourth_quarter[case] == BY_HAND[case][1]


def test_an_exempt_member_is_scored_but_not_banded() -> None:
    connection = place([member("M", is_exempt=True)], monthly(("R1", 6), ("G3", 16)))
    found = rows.answer(connection, "member_quarters", "member_id", "score", "band", "stars", "is_exempt")
    assert found[-1] == ("M", 96, "exempt", 0, True)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2024, 11, 29), (None, "pending", 1)),
        (date(2024, 11, 30), ((74 + 83) / 2, "qualified", 2)),
        (date(2024, 12, 30), ((74 + 83) / 2, "qualified", 2)),
    ],
)
def test_a_quarter_is_pending_until_two_of_its_months_are_closed(as_of: date, expected: tuple) -> None:
    events = [event("M", "G1", 9, NOVEMBER), event("M", "G1", 9, date(2024, 12, 1))]
    connection = place([member("M")], events, replace(rows.PROFILE, as_of=as_of))
    found = rows.answer(connection, "member_quarters", "member_id", "score", "band", "months_closed")
    assert found[-1] == ("M", *expected)


def test_members_count_from_the_year_they_joined_and_quarters_from_the_first_event() -> None:
    members = [member("M", joined_year=2024), member("N", joined_year=2025), member("O")]
    connection = place(members, [event("M", "T1", -1, date(2023, 8, 1))])
    found = rows.answer(connection, "member_quarters", "member_id", "quarter")
    quarters = [date(2023, 7, 1), date(2023, 10, 1), *(date(2024, month, 1) for month in (1, 4, 7, 10))]
    assert [quarter for name, quarter in found if name == "O"] == quarters
    assert [quarter for name, quarter in found if name == "M"] == quarters[2:]
    assert not [quarter for name, quarter in found if name == "N"]


def test_quarters_begin_with_the_first_rules_and_stop_with_an_error_where_the_last_end(tmp_path: Path) -> None:
    old, text = [event("M", "T1", -1, date(2019, 12, 1))], (rows.RULES / "pioneer.toml").read_text("utf-8")
    found = rows.answer(place([member("M")], old), "pioneer_calendar", "quarter")
    assert (found[0], len(found)) == ((date(2020, 1, 1),), 20)

    (tmp_path / "fortress.toml").write_bytes((rows.RULES / "fortress.toml").read_bytes())
    ended = text.replace("valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2024-09-30")
    (tmp_path / "pioneer.toml").write_text(ended, "utf-8")
    connection = rows.place(rows.base() | {"members": [member("M")], "member_events": old}, rules_dir=tmp_path)
    with pytest.raises(duckdb.Error, match="no version is valid for the quarter that starts on 2024-10-01"):
        rows.build(connection, "pioneer_calendar")


def test_months_add_up_over_the_members_of_a_branch() -> None:
    """Three count: 74, 80 + 5 and a veto in October; the fourth is exempt."""
    members = [member("K"), member("M"), member("V"), member("X", is_exempt=True)]
    events = [
        event("M", "R1", 6), event("M", "G1", 5), event("M", "X1", -2, NOVEMBER), event("V", "V1", -10),
        event("X", "G1", 9),
    ]  # fmt: skip
    columns = ("month", "member_count", "score_sum", "score_square_sum", "bonus_points", "deduction_points")
    found = rows.answer(place(members, events), "pioneer_months", "org_id", "compound_type", *columns)
    assert [row[2:] for row in found if row[0] == "B1"] == [
        (date(2024, 10, 1), 3, 74 + 85 + 0, 74**2 + 85**2, 5, 0),
        (date(2024, 11, 1), 3, 74 + 72 + 74, 74**2 + 72**2 + 74**2, 0, 2),
        (date(2024, 12, 1), 3, 74 * 3, 3 * 74**2, 0, 0),
    ]
    assert {row[:2] for row in found} == {("B1", "residential"), ("B2", "residential")}


def test_quarters_count_members_by_category_band_and_stars() -> None:
    members = [member("M"), member("N"), member("O"), member("P", category="floating"), member("X", is_exempt=True)]
    events = monthly(("R1", 6), ("G3", 5))
    columns = ("category", "band", "stars", "member_count", "score_sum")
    found = rows.answer(place(members, events), "pioneer_quarters", "org_id", "quarter", *columns)
    assert [row[2:] for row in found if row[0] == "B1"] == [
        ("floating", "qualified", 0, 1, 74),
        ("retired", "exempt", 0, 1, 74),
        ("retired", "qualified", 0, 2, 148),
        ("retired", "starred", 3, 1, 85),
    ]


EARNED = [
    event("M", "G1", 30, date(2024, 3, 1)),  # more than a month's score can take, yet earned
    event("M", "G2", 4, date(2024, 7, 1)),
    event("N", "G2", 6, date(2024, 8, 1)),
    event("N", "G2", 9, date(2024, 8, 1), is_verified=False),
    event("N", "R1", 5, date(2024, 8, 1)),  # not a bonus
]


def test_the_ledger_carries_its_balance_and_redeeming_does_not_touch_the_index() -> None:
    redeemed = [("M", date(2024, 6, 30), 10), ("M", date(2024, 7, 1), 5), ("N", date(2024, 12, 1), 2), ("N", Q4, 1)]
    redemptions = [
        {"redemption_id": f"R{number}", "member_id": name, "redeemed_date": day, "points": points}
        for number, (name, day, points) in enumerate(redeemed)
    ]
    columns = ("half", "earned_points", "redeemed_points", "redeeming_member_count", "balance_points")
    connection = place([member("M"), member("N")], EARNED, redemptions=redemptions)
    found = rows.answer(connection, "pioneer_halves", "org_id", *columns)
    assert [row[1:] for row in found if row[0] == "B1"] == [
        (date(2024, 1, 1), 30, 10, 1, 20),
        (date(2024, 7, 1), 10, 8, 2, 22),
    ]
    scores = "select score from member_quarters where member_id = 'M' and quarter = date '2024-04-01'"
    rows.build(connection, "member_quarters")
    assert connection.execute(scores).fetchall() == [(74,)]


def test_a_ledger_without_redemptions_does_not_claim_a_balance() -> None:
    connection = place([member("M"), member("N")], EARNED)
    found = rows.answer(connection, "pioneer_halves", "org_id", "earned_points", "redeemed_points", "balance_points")
    assert found[:2] == [("B1", 10, None, None), ("B1", 30, None, None)]


def review(member_id: str, grade: str) -> dict[str, Any]:
    return {"member_id": member_id, "year": 2024, "grade": grade}


def test_an_award_needs_four_quarters_without_warning_and_a_review() -> None:
    names = ("good", "best", "basic", "unreviewed", "warned", "vetoed")
    members = [member(name) for name in names] + [member("aged", is_exempt=True)]
    spring = (date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1))
    events = [
        event("good", "T1", -1, date(2024, 1, 5)),
        event("vetoed", "V1", -10, date(2024, 9, 1)),
        *(event("warned", "T1", -15, day) for day in spring),
    ]
    reviews = [review(name, "qualified") for name in ("good", "warned", "vetoed", "aged")]
    reviews += [review("best", "excellent"), review("basic", "basically_qualified")]
    columns = ("org_id", "year", "member_count", "eligible_count", "pending_count", "exempt_count")
    connection = place(members, events, member_reviews=reviews)
    assert rows.answer(connection, "pioneer_years", *columns)[0] == ("B1", 2024, 7, 2, 1, 1)
    early = place(members, events, replace(rows.PROFILE, as_of=date(2024, 11, 1)), member_reviews=reviews)
    assert rows.answer(early, "pioneer_years", *columns)[0] == ("B1", 2024, 7, 0, 3, 1)


def test_a_branch_earns_its_bonus_by_the_events_and_hours_of_its_members() -> None:
    """G4 counts 10 hours as one unit; a reversal takes off one unit, or the hours it reverses."""
    one, hours = event("M", "G1", 5, Q3), event("M", "G4", 5, Q3, hours=8.0)
    events = [
        one, hours, event("N", "G1", 5, Q3), event("N", "G4", 2, Q3, hours=17.0), reversal(one, Q3),
        reversal(hours, Q4), event("N", "G2", 5, Q3, is_verified=False), event("M", "R1", 5, Q3),
    ]  # fmt: skip
    connection = place([member("M"), member("N")], events)
    found = rows.answer(connection, "branch_bonus_units", "org_id", "quarter", "item_code", "units", "member_count")
    assert {row[2]: row[3:] for row in found if row[:2] == ("B1", Q3)} == {
        "G1": (1, 2), "G2": (0, 2), "G3": (0, 2), "G4": (2.5, 2), "G5": (0, 2), "G6": (0, 2),
    }  # fmt: skip
    assert ("B1", Q4, "G4", -0.8, 2) in found


def test_branch_facts_take_the_type_of_most_households() -> None:
    members = [member(f"M{number}") for number in range(30)]
    known = rows.base() | {"members": members}
    known["party_orgs"][1] |= {"region_code": "990101001000"}
    known["org_compounds"].append(rows.link("B2", "C1"))
    columns = (
        "org_id", "community_code", "subdistrict_code", "district_code", "compound_type", "compound_count",
        "households", "member_count", "size_band",
    )  # fmt: skip
    # B2: 300 residential against 100 + 200 old households: a tie, the first in code order; its largest compound
    # decides the community, and so do 400 households of the first one against 200.
    assert rows.answer(rows.place(known), "branch_facts", *columns) == [
        ("B1", rows.FIRST, "990101001000", rows.DISTRICT, "residential", 2, 400, 30, "medium"),
        ("B2", rows.FIRST, "990101001000", rows.DISTRICT, "old", 3, 600, 0, "small"),
    ]
