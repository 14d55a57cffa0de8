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


def decided(folder: Path, old: str, new: str) -> Path:
    """A rules folder with the city's files, one line of its fortress rules put otherwise."""
    text = (RULES / "fortress.toml").read_text("utf-8")
    assert old in text
    (folder / "fortress.toml").write_text(text.replace(old, new, 1), "utf-8")
    (folder / "pioneer.toml").write_bytes((RULES / "pioneer.toml").read_bytes())
    return folder


@pytest.fixture
def quota(tmp_path: Path) -> Path:
    """The city's rules, with five stars for a tenth at most and four for the next three tenths."""
    return decided(tmp_path, "quota = []", "quota = [0.1, 0.3]")


def test_a_quota_leaves_five_stars_to_a_tenth_and_four_to_the_next_three(quota: Path) -> None:
    """Ten branches from 100 down by 0.8: all earn five stars. The first, then three, then six are left with 5, 4, 3."""
    city = City()
    for number in range(10):
        city.add(f"B{number}", A1=(1000 - 50 * number, 1000))
    assert city.answer("total", "rank", "stars", rules=quota) == [
        (pytest.approx(100 - 0.8 * n), n + 1, (5, 4, 4, 4, 3, 3, 3, 3, 3, 3)[n]) for n in range(10)
    ]


def test_a_quota_only_takes_away(quota: Path) -> None:
    """From 72 down by 0.6: three stars down to 70, two below, although a tenth may have five."""
    city = City()
    for number in range(10):
        city.add(f"B{number}", A1=(0, 1), A2=(0, 1), B1=(0, 1), A3=(1000 - 50 * number, 1000), B2=(2, 3), E2=(5, 6))
    found = city.answer("total", "stars", rules=quota)
    assert [total for total, _ in found] == pytest.approx([72 - 0.6 * n for n in range(10)])
    assert [stars for _, stars in found] == [3, 3, 3, 3, 2, 2, 2, 2, 2, 2]


def test_equal_ranks_stand_on_the_same_side_of_a_quota(quota: Path) -> None:
    """Two share the first rank, 1 of 10: both within the tenth. Four share the third, 3 of 10 and within four tenths,
    though only three may have four stars; the seventh is beyond.
    """
    city = City()
    for number, held in enumerate((1000, 1000, 950, 950, 950, 950, 900, 900, 900, 850)):
        city.add(f"B{number}", A1=(held, 1000))
    assert city.answer("rank", "stars", rules=quota) == [
        *[(1, 5)] * 2, *[(3, 4)] * 4, *[(7, 3)] * 3, (10, 3),
    ]  # fmt: skip


def test_a_quota_counts_ranked_branches_of_the_quarter_and_leaves_the_others_alone(quota: Path) -> None:
    """Ten are ranked, so one may have five stars; a vetoed branch has none, one with too much missing keeps its own."""
    city = City()
    for number in range(10):
        city.add(f"B{number}", A1=(1000 - 50 * number, 1000))
        city.add(f"B{number}", Q3)
    city.add("V")
    city.add("Z", missing=("A1", "A3", "E2", "D3"))
    veto = {"org_id": "V", "quarter": Q4, "veto_code": "falsified_funds", "decided_date": date(2024, 12, 1)}
    insert(city.connection, "branch_vetoes", [veto])
    found = city.answer("org_id", "quarter", "stars", "rank", rules=quota)
    assert [row[2] for row in found if row[0] == "B0"] == [5, 5]
    assert [row[2] for row in found if row[1] == Q3] == [5] * 10  # all share the first rank
    assert found[-2:] == [("V", Q4, 0, None), ("Z", Q4, 5, None)]


def test_a_product_of_dimensions_by_hand(tmp_path: Path) -> None:
    """W earns a quarter of loyalty and all else: 100 · 0.25 ^ 0.2. Half of two dimensions: 100 · 0.5 ^ 0.4, the same.
    Without loyalty the other four weigh a quarter each: half of service is 100 · 0.5 ^ 0.25. None of a dimension: 0.
    """
    rules = decided(tmp_path, 'aggregation = "arithmetic"', 'aggregation = "geometric"')
    city = City()
    quarter, half = (625, 1000), (750, 1000)
    loyalty, service = ("A1", "A2", "A3"), ("B1", "B2", "B3")
    city.add("all")
    city.add("half", **dict.fromkeys((*loyalty, *service), half))
    city.add("left", **dict.fromkeys(loyalty, (0, 0)), **dict.fromkeys(service, half))
    city.add("none", **dict.fromkeys(loyalty, (0, 1)))
    city.add("nothing", **dict.fromkeys(ITEMS, (0, 1)))
    city.add("weak", **dict.fromkeys(loyalty, quarter))
    found = {row[0]: row[1:] for row in city.answer("org_id", "base", "total", "stars", "rank", rules=rules)}
    power = 100 * 0.25**0.2
    assert found["half"][:2] == found["weak"][:2] == pytest.approx((power, power))
    assert found["left"][0] == pytest.approx(100 * 0.5**0.25)
    assert {name: row[2:] for name, row in found.items()} == {
        "all": (5, 1), "left": (4, 2), "half": (3, 3), "weak": (3, 3), "none": (1, 5), "nothing": (1, 5),
    }  # fmt: skip
    assert (found["all"][0], found["none"][0], found["nothing"][0]) == (100, 0, 0)


def test_points_of_a_product_add_up_to_it_and_an_item_without_points_is_scored(tmp_path: Path) -> None:
    """W: 5 of 20 and four times 20 are 85 in a sum, 75.786 in a product, of which each item has its share."""
    rules = decided(tmp_path, 'aggregation = "arithmetic"', 'aggregation = "geometric"')
    city = City()
    city.add("N", **dict.fromkeys(ITEMS, (0, 1)))
    city.add("W", **dict.fromkeys(("A1", "A2", "A3"), (625, 1000)))
    found = city.answer("org_id", "item_code", "points", "state", table="branch_items", rules=rules)
    base = {(org_id, item): (points, state) for org_id, item, points, state in found if item in ITEMS}
    assert {base["N", item] for item in ITEMS} == {(0, "scored")}
    power = 100 * 0.25**0.2
    assert base["W", "A1"][0] == pytest.approx(power * 2 / 85)
    assert base["W", "B1"][0] == pytest.approx(power * 8 / 85)
    assert sum(base["W", item][0] for item in ITEMS) == pytest.approx(power)


def test_the_variance_of_a_product_weighs_a_weak_dimension_more(tmp_path: Path) -> None:
    """A point of a dimension at g adds base / (100 g) points: A1 with 8 of 10 of 8 points and 0.6, the other
    items of loyalty without error: g = (4.8 + 12) / 20 = 0.84, s² = (8 / 0.5 · 0.84 ^ 0.2 / 0.84)² · 0.75 · 0.25 / 10.
    """
    rules = decided(tmp_path, 'aggregation = "arithmetic"', 'aggregation = "geometric"')
    city = City()
    city.add("A", **(dict.fromkeys(ITEMS, (1e9, 1e9)) | {"A1": (8, 10)}))
    ((found,),) = city.answer("score_variance", rules=rules)
    assert found == pytest.approx((16 * 0.84**0.2 / 0.84) ** 2 * 0.75 * 0.25 / 10, rel=1e-6)
