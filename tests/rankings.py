"""A database with the marts of the rankings, row by row as a test writes them, and the rule sets of the sample."""

from datetime import date
from typing import Any

import duckdb
import pandas as pd

from dashboard import contract, periods, scoring, settings, store
from tests.scoring_rows import PROFILE, RULES

WEST, EAST = "990101000000", "990102000000"
Q4_2023, Q3, Q4 = date(2023, 10, 1), date(2024, 7, 1), date(2024, 10, 1)
DIMENSIONS = ("loyalty", "service", "development", "conduct", "integrity")
TABLES = {
    "branch_facts": "org_id varchar, name varchar, name_en varchar, district_code varchar, compound_type varchar,"
    " size_band varchar, compound_count bigint, households bigint, founded_date date",
    "branch_quarters": "org_id varchar, district_code varchar, quarter date, rule_version varchar,"
    + " ".join(f"{name} double," for name in DIMENSIONS)
    + " base double, bonus double, deductions double, total double, stars bigint, veto_code varchar,"
    " missing_share double, is_ranked boolean, rank bigint, ranked_count bigint, previous_total double,"
    " change double, last_year_total double, peer_rank bigint, peer_count bigint, score_variance double,"
    " change_flag varchar, shrunk_total double, shrunk_sd double, reliability double, rank_low bigint,"
    " rank_high bigint, top_tenth_chance double, five_star_chance double, equal_group bigint",
    "branch_items": "org_id varchar, district_code varchar, quarter date, item_code varchar, kind varchar,"
    " max_points double, numerator double, denominator double, ratio double, normalised double, points double,"
    " state varchar",
    "member_quarters": "masked_name varchar, org_id varchar, quarter date, band varchar, stars bigint",
    "pioneer_quarters": "org_id varchar, district_code varchar, compound_type varchar, quarter date,"
    " category varchar, band varchar, stars bigint, member_count bigint, score_sum double",
    "pioneer_months": "org_id varchar, district_code varchar, compound_type varchar, month date,"
    " member_count bigint, score_sum double",
    "pioneer_halves": "org_id varchar, district_code varchar, compound_type varchar, half date,"
    " earned_points double, redeemed_points double, redeeming_member_count bigint, balance_points double",
    "pioneer_years": "org_id varchar, district_code varchar, compound_type varchar, year bigint,"
    " member_count bigint, eligible_count bigint, pending_count bigint, exempt_count bigint",
    "compound_facts": "compound_id varchar, name varchar, name_en varchar",
}


class Rankings:
    """Branches and members of two districts; nothing is there until a test adds it."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        store.create_macros(self.connection)
        for table in contract.load().tables.values():
            self.connection.execute(store.empty_table(table))
        for name, columns in TABLES.items():
            self.connection.execute(f"create table {name} ({columns})")
        for name, frame in scoring.rule_tables(RULES, PROFILE).items():
            self.connection.register("frame", frame)
            self.connection.execute(f"create table {name} as select * from frame")
        changes = (settings.QUERIES / "views" / "branch_changes.sql").read_text(encoding="utf-8")
        self.connection.execute(f"create view branch_changes as {changes}")
        self.connection.execute(
            "create table region_facts as select * from (values"
            f" ('{WEST}', '西区', 'West'), ('{EAST}', '东区', 'East')) as regions (region_code, name, name_en)"
        )

    def insert(self, table: str, **row: Any) -> None:
        """Add one row; columns left out are null."""
        marks = ", ".join("?" for _ in row)
        self.connection.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))

    def branch(self, code: str, district: str = WEST, kind: str = "old", size: str = "small") -> None:
        """Add a branch."""
        names = {"name": code, "name_en": code}
        self.insert(
            "branch_facts", org_id=code, district_code=district, compound_type=kind, size_band=size, **names
        )

    def scored(self, code: str, total: float | None, quarter: date = Q4, variance: float = 1.0, **more: Any) -> None:
        """Add a branch's standing in a quarter; ranked unless `more` says otherwise."""
        row = {"district_code": WEST, "rule_version": "fortress-1", "is_ranked": True, "stars": 3, "missing_share": 0}
        row |= {"org_id": code, "quarter": quarter, "total": total, "score_variance": variance, "bonus": 0}
        self.insert("branch_quarters", **row | {"deductions": 0} | more)

    def ask(self, name: str, **parameters: Any) -> pd.DataFrame:
        """Rows of a page query for the last quarter of 2024 unless `parameters` say otherwise."""
        shared = {"districts": [], "compound_types": [], "language": "en"}
        values = shared | periods.parameters(Q4, date(2024, 12, 1)) | parameters
        query = store.describe(name)
        return self.connection.execute(query.text, {key: values[key] for key in query.parameters}).df()
