"""A place of a few rows for the tests of scoring: tables made from the contract, marts built when needed.

Two communities of one district. Branch B1 has the compounds C1 (100 households) and C2 (300), branch B2 has
C2 and C3 (200, in the second community). Both were founded in 2020 and elected in 2023. Scored are the last
two quarters of 2024; the as-of date is 2024-12-31.
"""

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from dashboard import contract, settings, store
from dashboard.profile import Profile
from dashboard.publishing import marts
from dashboard.publishing.sqltext import tables_read

CITY_RULES = settings.ROOT / "data" / "city-a" / "rules"
_folder = TemporaryDirectory(prefix="rules-")
RULES = Path(_folder.name)  # the city's rules, of the fortress index the first version alone and without an end
(RULES / "pioneer.toml").write_bytes((CITY_RULES / "pioneer.toml").read_bytes())
(RULES / "fortress.toml").write_text(
    "[[version]]".join((CITY_RULES / "fortress.toml").read_text("utf-8").split("[[version]]", 3)[:3]).replace(
        "valid_to = 2024-12-31\n", ""
    ),
    "utf-8",
)
Q3, Q4 = date(2024, 7, 1), date(2024, 10, 1)
DISTRICT, FIRST, SECOND = "990101000000", "990101001001", "990101001002"
PROFILE = Profile(
    code="rows", zh="试点", en="Rows", is_synthetic=True, as_of=date(2024, 12, 31), datum="cgcs2000",
    region_prefix="99", small_cell_limit=5,
    lists={"about_place": [], "areas": [], "promises": [{"code": "respond", "zh": "响应", "en": "Respond", "minutes": 20}]},
    targets={}, combined_score={},
    venue_norms={
        "service_centre": {"min_area_m2": 300, "min_area_m2_per_100_households": 30},
        "micro_station": {"min_area_m2": 30},
    },
    branches={"min_full_members": 3, "max_full_members": 50, "term_years": 3},
)  # fmt: skip

Rows = list[dict[str, Any]]


def base() -> dict[str, Rows]:
    """Rows of the two branches and their compounds, made afresh, so that a test may change them."""
    return {
        "compounds": [
            compound("C1", FIRST, "old", 100),
            compound("C2", FIRST, "residential", 300),
            compound("C3", SECOND, "old", 200),
        ],
        "party_orgs": [branch("B1"), branch("B2")],
        "org_compounds": [link("B1", "C1"), link("B1", "C2"), link("B2", "C2"), link("B2", "C3")],
        "branch_assessments": [assessed("B1", Q3, "A1", 9, 10), assessed("B1", Q4, "A1", 8, 10)],
        "members": [],
        "member_events": [],
        "issues": [],
    }


def compound(compound_id: str, community: str, compound_type: str, households: int) -> dict[str, Any]:
    """A row of `compounds`."""
    return {
        "compound_id": compound_id, "name": compound_id, "community_code": community,
        "compound_type": compound_type, "households": households,
    }  # fmt: skip


def branch(org_id: str, **values: Any) -> dict[str, Any]:
    """A row of `party_orgs`: a branch of the first community with 20 full members."""
    return {
        "org_id": org_id, "name": org_id, "org_type": "branch", "region_code": FIRST, "full_member_count": 20,
        "founded_date": date(2020, 1, 1), "elected_date": date(2023, 1, 1),
    } | values  # fmt: skip


def link(org_id: str, compound_id: str) -> dict[str, Any]:
    """A row of `org_compounds`."""
    return {"org_id": org_id, "compound_id": compound_id}


def assessed(org_id: str, quarter: date, item: str, done: float | None, due: float | None) -> dict[str, Any]:
    """A row of `branch_assessments`."""
    return {
        "org_id": org_id, "quarter": quarter, "item_code": item, "numerator": done, "denominator": due,
    }  # fmt: skip


def issue(number: int, compound_id: str | None, due: datetime, **values: Any) -> dict[str, Any]:
    """A row of `issues`, reported two days before it is due."""
    reported = due.replace(day=due.day - 2)
    return {
        "issue_id": f"I{number}", "compound_id": compound_id, "reported_at": reported, "due_at": due,
        "status": "closed",
    } | values  # fmt: skip


def place(rows: dict[str, Rows], profile: Profile = PROFILE, rules_dir: Path = RULES) -> duckdb.DuckDBPyConnection:
    """Database with every table of the contract, the given rows in them, the rules and the profile.

    Tables without an entry in `rows` are not published. The database is one open transaction on empty tables
    made once, so the next call takes back what this one did.
    """
    connection = _empty(profile, rules_dir)
    connection.execute("begin transaction")
    for name, entries in rows.items():
        insert(connection, name, [{"district_code": DISTRICT} | entry for entry in entries])
        connection.execute("insert into published_tables values (?)", [name])
    return connection


_made: list[tuple[Profile, Path, duckdb.DuckDBPyConnection]] = []


def _empty(profile: Profile, rules_dir: Path) -> duckdb.DuckDBPyConnection:
    for made_profile, made_rules, connection in _made:
        if (made_profile, made_rules) == (profile, rules_dir):
            connection.execute("rollback")
            return connection
    connection = duckdb.connect()
    for table in contract.load().tables.values():
        connection.execute(store.empty_table(table))
    marts.register(connection, profile, rules_dir, ["regions"])
    _made.append((profile, rules_dir, connection))
    return connection


def insert(connection: duckdb.DuckDBPyConnection, table: str, entries: Rows) -> None:
    """Insert rows, each with the columns it names."""
    for entry in entries:
        columns, marks = ", ".join(entry), ", ".join("?" for _ in entry)
        connection.execute(f"insert into {table} ({columns}) values ({marks})", list(entry.values()))


def build(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Build one SQL mart after the marts it reads, as publishing does."""
    file = settings.QUERIES / "marts" / f"{name}.sql"
    known = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
    if name in known or not file.is_file():
        return
    text = file.read_text(encoding="utf-8")
    for source in sorted(tables_read(text)):
        build(connection, source)
    connection.execute(f"create table {name} as {text}")


def answer(connection: duckdb.DuckDBPyConnection, name: str, *columns: str) -> list[tuple]:
    """Rows of one mart, built if need be: the given columns, in their order."""
    build(connection, name)
    return connection.execute(f"select {', '.join(columns)} from {name} order by all").fetchall()
