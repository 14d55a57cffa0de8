"""Rule files: what the city's rules say, which defects are found, and what SQL gets of them."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard import scoring, settings
from dashboard.scoring.rule_checks import DEDUCTIONS, DERIVED_ITEMS
from tests.scoring_rows import PROFILE, RULES

FORTRESS, PIONEER = (RULES / name for name in ("fortress.toml", "pioneer.toml"))


def write(folder: Path, fortress: str | None = None, pioneer: str | None = None) -> Path:
    """A rules folder with the city's files, one of them replaced."""
    (folder / "fortress.toml").write_text(fortress or FORTRESS.read_text("utf-8"), "utf-8")
    (folder / "pioneer.toml").write_text(pioneer or PIONEER.read_text("utf-8"), "utf-8")
    return folder


def changed(file: Path, old: str, new: str) -> str:
    """Text of a rule file with the first occurrence of `old` replaced."""
    text = file.read_text("utf-8")
    assert old in text, old
    return text.replace(old, new, 1)


def defects(folder: Path) -> list[str]:
    with pytest.raises(scoring.RuleError) as caught:
        scoring.load_rules(folder)
    return str(caught.value).splitlines()


def test_the_city_s_fortress_rules_are_those_of_the_domain_page() -> None:
    (version,) = scoring.load_rules(RULES).fortress
    points = {item.code: item.points for item in version.items}
    assert points == {
        "A1": 8, "A2": 6, "A3": 6, "B1": 8, "B2": 6, "B3": 6, "C1": 8, "C2": 6, "C3": 6,
        "D1": 7, "D2": 7, "D3": 6, "E1": 8, "E2": 6, "E3": 6,
    }  # fmt: skip
    assert {item.code for item in version.items if item.origin == "assessed"} == {"A1", "A3", "E2"}
    assert {(item.lo, item.hi, item.direction) for item in version.items} == {(0.5, 1.0, 1)}
    assert {star.stars: star.minimum for star in version.stars} == {5: 90, 4: 80, 3: 70, 2: 60, 1: 0}
    assert (version.bonus_cap, version.deduction_cap, version.max_missing_share) == (10, 20, 0.20)
    assert [bonus.code for bonus in version.bonus] == ["G1", "G2", "G3", "G4", "G5", "G6"]


def test_the_city_s_pioneer_rules_are_those_of_the_domain_page() -> None:
    (version,) = scoring.load_rules(RULES).pioneer
    assert [aspect.points for aspect in version.aspects] == [15, 15, 15, 15]
    assert [band.code for band in version.bands] == ["starred", "qualified", "warning"]
    assert [band.minimum for band in version.bands] == [85, 60, 0]
    assert {star.stars: star.minimum for star in version.stars} == {5: 96, 4: 90, 3: 85}
    assert version.start_score == 15 * (1 + 1 + 1 + 0.6) + 20


def test_codes_come_with_both_names() -> None:
    codes = scoring.rule_codes(RULES)
    assert set(codes["fortress.assessed"]) == {"A1", "A3", "E2"}
    assert set(codes["fortress.derived"]) == DERIVED_ITEMS
    assert len(codes["fortress.veto"]) == 6 and len(codes["pioneer.item"]) == 17
    assert codes["fortress.veto"]["falsified_funds"] == ("党费或经费弄虚作假", "Dues or funds falsified")
    assert all(zh and en for names in codes.values() for zh, en in names.values())


def test_every_derived_item_has_a_query_and_no_query_is_idle() -> None:
    text = (settings.QUERIES / "marts" / "branch_item_counts.sql").read_text("utf-8")
    counted = dict(re.findall(r"'(\w\d)' as item_code,\s+numerator,\s+denominator,\s+from (\w+)", text))
    assert set(counted) == DERIVED_ITEMS | DEDUCTIONS
    assert all(query.startswith(f"item_{code.lower()}_") for code, query in counted.items())
    assert set(counted.values()) == {file.stem for file in (settings.QUERIES / "marts").glob("item_*.sql")}


WRONG_FORTRESS = [
    ("points = 8", "points = 9", "the points of all items add up to 101, expected 100"),
    ("points = 8", "points = 9", "dimension loyalty: its items add up to 21 points, expected 20"),
    ('dimension = "loyalty"', 'dimension = "luck"', "item A1: dimension: 'luck' is not one of loyalty"),
    ('code = "A1"', 'code = "A2"', "item A2 is given 2 times"),
    ('code = "G1"', 'code = "A1"', "item A1 is given 2 times"),
    ('origin = "assessed"', 'origin = "guessed"', "item A1: origin: 'guessed' is not one of assessed"),
    ('origin = "assessed"', 'origin = "derived"', "item A1: nothing computes it; derived items are A2, B1"),
    ('origin = "assessed"', 'origin = "assessed"\nlo = 1.0', "item A1: lo (1) must be below hi (1)"),
    ('origin = "assessed"', 'origin = "assessed"\ndirection = 0', "item A1: direction: 0 is not one of 1"),
    ('origin = "assessed"', 'origin = "assessed"\nweight = 2', "items A1: unknown key 'weight'"),
    ('origin = "assessed"\n', "", "items A1: missing key 'origin'"),
    ("points = 8", 'points = "8"', "items A1, points: expected a number, found '8'"),
    ("points = 8", "points = nan", "items A1, points: expected a number, found nan"),
    ("minimum = 80", "minimum = 90", "stars: the minimum 90 must be below the 90 before it"),
    ("minimum = 0", "minimum = 1", "stars: the last minimum must be 0"),
    ("stars = 5", "stars = 6", "stars must be given from 5 down to 1"),
    ("\ncap = 2", "\ncap = 0", "bonus G1: cap: 0 is not above 0"),
    ('measure = "events"', 'measure = "points"', "bonus G1: measure: 'points' is not one of events, hours"),
    ('code = "G1"', 'code = "G9"', "bonus G9 is fed by member events, but pioneer.toml has no item G9"),
    ('code = "X1"', 'code = "X9"', "deduction: 'X9' is not one of X1"),
    ('code = "falsified_funds"', 'code = "serious_rule_breach"', "veto serious_rule_breach is given 2 times"),
    ("max_missing_share = 0.20", "max_missing_share = 20", "max_missing_share: 20 is not between 0 and 1"),
    ("bonus_cap = 10", "bonus_cap = -1", "bonus_cap: -1 is below 0"),
    ('aggregation = "arithmetic"', 'aggregation = "magic"', "aggregation: 'magic' is not one of arithmetic"),
    ("quota = []", 'quota = "on"', "quota: expected a list, found 'on'"),
    ("quota = []", 'quota = [0.1, "rest"]', "quota 2: expected a number, found 'rest'"),
    ("quota = []", "quota = [0.1, 0.3, 0.4, 0.2, 0.0]", "quota has 5 shares, expected fewer than 5"),
    ("quota = []", "quota = [10, 30]", "quota: 10 is not between 0 and 1"),
    ("quota = []", "quota = [-0.1]", "quota: -0.1 is not between 0 and 1"),
    ("quota = []", "quota = [0.5, 0.6]", "the shares of quota add up to 1.1, expected 1 at most"),
    ('code = "integrity"', 'code = "luck"', "dimensions must be loyalty, service, development"),
    ("valid_from = 2020-01-01", "valid_from = 2020-02-01", "must start with a quarter, not on 2020-02-01"),
    ("valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2024-12-30", "must end with a quarter"),
    ("valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2019-12-31", "before it starts"),
    ("valid_from = 2020-01-01", 'valid_from = "2020"', "valid_from: expected a date, found '2020'"),
    ("\n[[version]]", "\n[[edition]]", "fortress.toml: no [[version]]"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG_FORTRESS, ids=[each[2] for each in WRONG_FORTRESS])
def test_a_wrong_fortress_rule_is_named(old: str, new: str, message: str, tmp_path: Path) -> None:
    found = defects(write(tmp_path, fortress=changed(FORTRESS, old, new)))
    assert any(message in line for line in found), found
    assert all(line.startswith("fortress.toml") for line in found)


def test_a_quota_that_uses_up_all_branches_is_allowed(tmp_path: Path) -> None:
    """In binary 0.05 + 0.8 + 0.05 + 0.1 is more than 1; the domain page's 10/30/40 leaves a fifth."""
    for quota in ("[0.05, 0.8, 0.05, 0.1]", "[0.1, 0.2, 0.7]", "[0.1, 0.3, 0.4]", "[1.0]"):
        rules = scoring.load_rules(write(tmp_path, fortress=changed(FORTRESS, "quota = []", f"quota = {quota}")))
        assert str(list(rules.fortress[0].quota)) == quota


WRONG_PIONEER = [
    ("points = 15", "points = 16", "aspects, bonus_cap and deduction_cap add up to 101, expected 100"),
    ("start = 0.6", "start = 1.2", "aspect role: start: 1.2 is not between 0 and 1"),
    ('aspect = "thought"', 'aspect = "luck"', "item T1: aspect: 'luck' is not one of thought"),
    ('code = "T2"', 'code = "T1"', "item T1 is given 2 times"),
    ('kind = "veto"', 'kind = "ban"', "item V1: kind: 'ban' is not one of base, bonus, deduction, veto"),
    ('kind = "veto"', 'kind = "veto"\naspect = "role"', "item V1: only base items belong to an aspect"),
    ("min_closed_months = 2", "min_closed_months = 4", "min_closed_months: 4 is not between 1 and 3"),
    ("minimum = 60", "minimum = 85", "bands: the minimum 85 must be below the 85 before it"),
    ('code = "qualified"', 'code = "fine"', "bands must be starred, qualified, warning, in this order"),
    ('minimum = 85\nzh = "三星"', 'minimum = 84\nzh = "三星"', "stars begin at 84, below the band starred"),
    ('["excellent", "qualified"]', '["perfect"]', "award_grades: 'perfect' is not one of"),
    ('["excellent", "qualified"]', '"excellent"', "award_grades: expected a list, found 'excellent'"),
    ('code = "role"', 'code = "bonus"', "aspect bonus: the code is taken by a kind of item"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG_PIONEER, ids=[each[2] for each in WRONG_PIONEER])
def test_a_wrong_pioneer_rule_is_named(old: str, new: str, message: str, tmp_path: Path) -> None:
    found = defects(write(tmp_path, pioneer=changed(PIONEER, old, new)))
    assert any(message in line for line in found), found
    assert all(line.startswith("pioneer.toml") for line in found)


def test_files_that_cannot_be_read_are_named_together(tmp_path: Path) -> None:
    (tmp_path / "fortress.toml").write_text("[[version]\n", "utf-8")
    first, second = defects(tmp_path)
    assert first.startswith("fortress.toml: ") and second.startswith("pioneer.toml: ")


def test_all_defects_are_told_at_once(tmp_path: Path) -> None:
    fortress = changed(FORTRESS, "bonus_cap = 10", "bonus_cap = -1").replace("\ncap = 2", "\ncap = 0")
    assert len(defects(write(tmp_path, fortress=fortress))) == 1 + 6


def successor(file: Path, code: str, valid_from: str, valid_to: str) -> str:
    """A file with two versions: the city's, closed on `valid_to`, and the same again from `valid_from`."""
    text = file.read_text("utf-8")
    first = text.replace("valid_from = 2020-01-01", f"valid_from = 2020-01-01\nvalid_to = {valid_to}")
    second = text.replace("valid_from = 2020-01-01", f"valid_from = {valid_from}").replace(code, "next", 1)
    return first + second


def test_a_quarter_is_scored_by_the_version_valid_on_its_first_day(tmp_path: Path) -> None:
    rules = scoring.load_rules(write(tmp_path, successor(FORTRESS, "fortress-1", "2024-07-01", "2024-06-30")))
    assert rules.fortress_at(date(2024, 4, 1)).code == "fortress-1"
    assert rules.fortress_at(date(2024, 7, 1)).code == "next"
    with pytest.raises(scoring.RuleError, match=r"no version is valid .* 2019-10-01"):
        rules.fortress_at(date(2019, 10, 1))


def test_two_versions_valid_at_once_are_refused(tmp_path: Path) -> None:
    found = defects(write(tmp_path, successor(FORTRESS, "fortress-1", "2024-07-01", "2024-09-30")))
    assert found == ["fortress.toml: versions fortress-1 and next are both valid on 2024-07-01"]


def test_a_gap_between_two_versions_is_refused(tmp_path: Path) -> None:
    found = defects(write(tmp_path, successor(FORTRESS, "fortress-1", "2024-10-01", "2024-06-30")))
    assert found == ["fortress.toml: no version is valid between fortress-1 and next"]


def test_sql_gets_typed_tables_also_from_a_silent_profile() -> None:
    connection = duckdb.connect()
    silent = replace(PROFILE, branches={}, venue_norms={}, lists={"promises": [], "areas": [], "about_place": []})
    for name, frame in scoring.rule_tables(RULES, silent).items():
        connection.register("frame", frame)
        connection.execute(f"create table {name} as select * from frame")
    facts = connection.execute("select * from place_facts").fetchall()
    assert facts == [(date(2024, 12, 31), 5, None, None, None, None, None)]
    types = dict(connection.execute("select column_name, column_type from (describe venue_norms)").fetchall())
    assert types["kind"] == "VARCHAR" and types["min_area_m2"] == "DOUBLE"
    versions = connection.execute("select valid_from, valid_to, start_score from pioneer_versions").fetchall()
    assert versions == [(date(2020, 1, 1), date(9999, 12, 31), 74.0)]
    count = "select kind, count(*), min(position) as first from fortress_items group by kind order by first"
    assert connection.execute(count).fetchall() == [("base", 15, 1), ("bonus", 6, 16), ("deduction", 1, 22)]
