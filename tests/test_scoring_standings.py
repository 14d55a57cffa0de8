"""From counts to `branch_items` and `branch_quarters`: ranks, peers, vetoes, missing items, change."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from dashboard import scoring
from dashboard.scoring import fortress_marts
from tests.scoring_rows import (
    FIRST,
    PROFILE,
    Q3,
    Q4,
    RULES,
    answer,
    assessed,
    base,
    branch,
    insert,
    issue,
    link,
    place,
)

LAST_YEAR = date(2023, 10, 1)
ITEMS = tuple(item.code for item in scoring.load_rules(RULES).fortress[0].items)
INPUTS = """
    create table scored_branch_quarters (org_id varchar, district_code varchar, compound_type varchar,
        size_band varchar, member_count bigint, quarter date, last_day date);
    create table branch_item_counts (org_id varchar, district_code varchar, quarter date, item_code varchar,
        origin varchar, numerator double, denominator double);
    create table branch_bonus_units (org_id varchar, district_code varchar, quarter date, item_code varchar,
        units double, member_count bigint);
    create table branch_vetoes (org_id varchar, quarter date, veto_code varchar, decided_date date)
"""


class City:
    """Inputs of the fortress marts, written branch by branch, and their answer."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        for statement in INPUTS.split(";"):
            self.connection.execute(statement)

    def add(self, org_id: str, quarter: date = Q4, missing: Iterable[str] = (), kind: str = "old", **counts):
        """A branch with 20 members and every item at 1000 of 1000 but those given."""
        row = {"org_id": org_id, "compound_type": kind, "size_band": "small", "member_count": 20}
        insert(self.connection, "scored_branch_quarters", [row | {"quarter": quarter}])
        for item in ITEMS:
            numerator, denominator = counts.get(item, (1000, 1000))
            if item not in missing:
                row = {"item_code": item, "numerator": numerator, "denominator": denominator}
                insert(self.connection, "branch_item_counts", [row | {"org_id": org_id, "quarter": quarter}])

    def answer(self, *columns: str, table: str = "branch_quarters", rules: Path = RULES) -> list[tuple]:
        """Rows of one of the two marts in order of branch and quarter (and item)."""
        fortress_marts.build(self.connection, PROFILE, rules)
        order = "org_id, quarter" + (", item_code" if table == "branch_items" else "")
        select = f"select {', '.join(columns)} from {table} order by {order}"
        return self.connection.execute(select).fetchall()


def test_equal_displayed_totals_share_a_rank_and_the_next_is_skipped() -> None:
    """B and C differ in the third decimal; both show 98.40."""
    city = City()
    city.add("A")
    city.add("B", A1=(900, 1000))
    city.add("C", A1=(900.1, 1000))
    city.add("D", A1=(0, 1000))
    assert city.answer("org_id", "total", "rank", "ranked_count") == [
        ("A", 100, 1, 4), ("B", 98.4, 2, 4), ("C", 98.4016, 2, 4), ("D", 92, 4, 4),
    ]  # fmt: skip


def test_each_quarter_is_ranked_alone() -> None:
    city = City()
    city.add("A", Q3, A1=(0, 1))
    city.add("B", Q3)
    city.add("A", Q4)
    assert city.answer("rank", "ranked_count") == [(2, 2), (1, 1), (1, 2)]


def test_a_veto_takes_stars_and_rank_but_shows_the_score() -> None:
    city = City()
    city.add("A")
    city.add("B", A1=(0, 1))
    decided = [("falsified_funds", date(2024, 12, 2)), ("serious_rule_breach", date(2024, 12, 1))]
    vetoes = [{"org_id": "A", "quarter": Q4, "veto_code": code, "decided_date": day} for code, day in decided]
    insert(city.connection, "branch_vetoes", [*vetoes, vetoes[0] | {"org_id": "Z"}])
    columns = ("org_id", "total", "stars", "veto_code", "is_ranked", "rank", "ranked_count")
    assert city.answer(*columns) == [
        ("A", 100, 0, "serious_rule_breach", False, None, 1),
        ("B", 92, 5, None, True, 1, 1),
    ]


def test_a_branch_with_a_fifth_missing_is_ranked_and_with_more_is_not() -> None:
    """A1, A3, E2 are exactly 20 of 100 points; D3 makes it 26."""
    city = City()
    city.add("A", missing=("A1", "A3", "E2"))
    city.add("B", missing=("A1", "A3", "E2", "D3"))
    city.add("C", A1=(0, 0), A3=(0, 0), E2=(0, 0), D3=(0, 0))  # not applicable is not missing
    assert city.answer("org_id", "missing_share", "total", "stars", "is_ranked", "rank") == [
        ("A", 0.2, 100, 5, True, 1), ("B", 0.26, 100, 5, False, None), ("C", 0, 100, 5, True, 1),
    ]  # fmt: skip


def test_peers_are_the_ranked_branches_of_the_same_type_and_size_and_at_least_five() -> None:
    city = City()
    for number in range(5):
        city.add(f"A{number}", A1=(900 - 100 * number, 1000))
    city.add("A5", missing=("A1", "A3", "E2", "D3"))  # not ranked, so nobody's peer
    for number in range(4):
        city.add(f"B{number}", kind="residential")
    found = city.answer("org_id", "peer_rank", "peer_count")
    assert found[:6] == [*((f"A{n}", n + 1, 5) for n in range(4)), ("A4", 4 + 1, 5), ("A5", None, None)]
    assert found[6:] == [(f"B{number}", None, None) for number in range(4)]


def test_change_is_flagged_only_beyond_its_error() -> None:
    """A1 from 600 to 900 of 1000 is 4.8 points and far beyond its error. From 6 to 9 of 10 is the same change,
    but s² is (8 / 0.5)² · 7/12 · 5/12 / 10 before and 256 · 10/12 · 2/12 / 10 now: 1.645 · √9.8 is 5.1."""
    city = City()
    for name, quarters in {
        "up": ((600, 1000), (900, 1000)),
        "down": ((900, 1000), (600, 1000)),
        "unsure": ((6, 10), (9, 10)),
        "same": ((9, 10), (9, 10)),
    }.items():
        for quarter, count in zip((Q3, Q4), quarters, strict=True):
            city.add(name, quarter, A1=count)
    city.add("new", Q4)
    city.add("long", LAST_YEAR, A1=(0, 1))
    city.add("long", Q4)
    found = city.answer("org_id", "quarter", "previous_total", "change", "last_year_total", "change_flag")
    assert {row[0]: row[2:] for row in found if row[1] == Q4} == {
        "up": (93.6, 4.8, None, "up"),
        "down": (98.4, -4.8, None, "down"),
        "unsure": (93.6, 4.8, None, "within_error"),
        "same": (98.4, 0, None, "within_error"),
        "new": (None, None, None, None),
        "long": (None, None, 92, None),
    }


def test_a_quarter_is_scored_by_its_own_version_of_the_rules(tmp_path: Path) -> None:
    """The second version doubles the cap of each bonus item."""
    text = (RULES / "fortress.toml").read_text("utf-8")
    first = text.replace("valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2024-09-30")
    second = text.replace("valid_from = 2020-01-01", "valid_from = 2024-10-01")
    second = second.replace("fortress-1", "fortress-2").replace("\ncap = 2", "\ncap = 4")
    (tmp_path / "fortress.toml").write_text(first + second, "utf-8")
    (tmp_path / "pioneer.toml").write_bytes((RULES / "pioneer.toml").read_bytes())
    city = City()
    for quarter in (Q3, Q4):
        city.add("A", quarter)
        units = {"org_id": "A", "quarter": quarter, "item_code": "G1", "units": 100, "member_count": 20}
        insert(city.connection, "branch_bonus_units", [units])
    assert city.answer("rule_version", "bonus", rules=tmp_path) == [("fortress-1", 2), ("fortress-2", 4)]


def test_every_point_is_traced_to_its_evidence() -> None:
    city = City()
    city.add("A", missing=("A1",), A3=(3, 4), C2=(0, 0))
    rows = [("A", Q4, "X1", 3, 5)]
    names = ("org_id", "quarter", "item_code", "numerator", "denominator")
    insert(city.connection, "branch_item_counts", [dict(zip(names, row, strict=True)) for row in rows])
    units = {"org_id": "A", "quarter": Q4, "item_code": "G1", "units": 1, "member_count": 20}
    insert(city.connection, "branch_bonus_units", [units])
    columns = (
        "item_code", "dimension_code", "kind", "origin", "numerator", "denominator", "ratio", "normalised",
        "max_points", "points", "state",
    )  # fmt: skip
    found = city.answer(*columns, table="branch_items")
    items = {row[0]: row[1:] for row in found}
    assert items["A1"] == ("loyalty", "base", "assessed", None, None, None, None, None, None, "not_reported")
    assert items["A3"] == ("loyalty", "base", "assessed", 3, 4, 0.75, 0.5, 10, 5, "scored")
    assert items["C2"] == ("development", "base", "derived", 0, 0, None, None, None, None, "not_applicable")
    assert items["G1"] == (None, "bonus", "derived", 1, 20, 0.5, 0.25, 2, 0.5, "scored")
    assert items["G2"][-1] == "not_reported"
    assert items["X1"] == (None, "deduction", "derived", 3, 5, None, None, None, -6, "scored")
    ((total,),) = city.connection.execute("select total from branch_quarters").fetchall()
    assert sum(row[-2] or 0 for row in items.values()) == pytest.approx(total) == 100 - 5 + 0.5 - 6


def test_a_place_without_branches_gets_empty_marts_of_the_same_types() -> None:
    empty, full = City(), City()
    full.add("A")
    for city in (empty, full):
        city.answer("org_id")
    for table in fortress_marts.NAMES:
        types = [city.connection.execute(f"describe {table}").fetchall() for city in (empty, full)]
        assert types[0] == types[1]
        assert not empty.connection.execute(f"select * from {table}").fetchall()


def test_the_order_of_rows_changes_nothing() -> None:
    answers = []
    for names in (("A", "B", "C"), ("C", "A", "B")):
        city = City()
        for name in names:
            city.add(name, A1=(100 * ord(name) - 6000, 1000), E3=(2, 3))
        answers.append(city.answer("*"))
    assert answers[0] == answers[1]


def test_quarters_begin_with_the_first_issue_or_assessment_and_end_with_the_as_of_date() -> None:
    rows = base()
    columns = ("quarter", "last_day")
    both = [(Q3, date(2024, 9, 30)), (Q4, date(2024, 12, 31))]
    assert answer(place(rows), "scored_quarters", *columns) == both
    early = replace(PROFILE, as_of=date(2024, 8, 9))
    assert answer(place(rows, early), "scored_quarters", *columns) == [(Q3, date(2024, 8, 9))]
    rows["issues"] = [issue(1, "C1", datetime(2019, 5, 20))]
    found = answer(place(rows), "scored_quarters", *columns)
    assert (found[0][0], len(found)) == (date(2020, 1, 1), 20)  # the first rules, not the first issue
    rows |= {"issues": [], "branch_assessments": []}
    assert answer(place(rows), "scored_quarters", *columns) == []


@pytest.fixture
def counted() -> list[tuple]:
    """`branch_item_counts` of two branches, where only deliberations are published beside the core tables."""
    rows = base()
    rows["party_orgs"].append(branch("B3", founded_date=date(2024, 7, 2)))
    rows["org_compounds"].append(link("B3", "C1"))
    rows["party_orgs"].append(branch("B4"))  # no compound
    rows["party_orgs"].append(branch("B5", org_type="building_group"))
    rows["org_compounds"].append(link("B5", "C1"))
    rows["branch_assessments"] += [
        assessed("B2", Q4, "A1", None, 10),  # the row is there, the number is not
        assessed("B2", Q4, "A3", 0, 0),
        assessed("B2", Q4, "B1", 10, 10),  # a derived item may not be supplied
        assessed("B4", Q4, "A1", 1, 1),
    ]
    rows["deliberations"] = [
        {"topic_id": "T", "held_date": Q4, "compound_id": "C3", "community_code": FIRST, "steps_reached": 6}
    ]
    columns = ("org_id", "quarter", "item_code", "origin", "numerator", "denominator")
    return answer(place(rows), "branch_item_counts", *columns)


def test_what_is_not_published_has_no_row_and_what_does_not_apply_has_a_zero(counted: list[tuple]) -> None:
    assert [row[2:] for row in counted if row[:2] == ("B2", Q4)] == [
        ("A2", "derived", 2, 2),
        ("A3", "assessed", 0, 0),
        ("B1", "derived", 0, 0),
        ("B3", "derived", 0, 0),
        ("C2", "derived", 0, 0),
        ("D1", "derived", 1, 1),
    ]


def test_branches_are_scored_with_compounds_and_from_the_first_whole_quarter(counted: list[tuple]) -> None:
    assert {row[:2] for row in counted} == {("B1", Q3), ("B1", Q4), ("B2", Q3), ("B2", Q4), ("B3", Q4)}
