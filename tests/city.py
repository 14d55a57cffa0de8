"""A city of a few rows: a database with the extracts a test writes, and the marts made from them."""

from datetime import date, datetime, timedelta
from itertools import count

import duckdb
import pandas as pd

from dashboard import contract, periods, settings, store

WEST, EAST = "990101000000", "990102000000"
COMMUNITY = {WEST: "990101001001", EAST: "990102001001"}
MARTS = ("compound_facts", "issue_facts", "issue_months", "issue_duration_months")
NEW_YEAR = datetime(2024, 1, 1)
JANUARY, FEBRUARY, MARCH = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)


class City:
    """A database with the extracts a test writes; `build` makes the marts from them."""

    def __init__(self, as_of: date = date(2024, 3, 31), respond_minutes: int | None = 20) -> None:
        self.connection = duckdb.connect()
        self.connection.begin()  # one transaction: a commit a row would take most of the time
        self.numbers = count(1)
        store.create_macros(self.connection)
        for table in contract.load().tables.values():
            self.connection.execute(store.empty_table(table))
        self.connection.execute("create table place_facts as select ?::date as as_of", [as_of])
        self.connection.execute("create table promises (code varchar, minutes bigint)")
        if respond_minutes:
            self.insert("promises", code="respond", minutes=respond_minutes)
        self.connection.execute("create table branch_facts (org_id varchar, compound_type varchar)")
        self.connection.execute(
            "create table branch_quarters (org_id varchar, district_code varchar, quarter date, total double)"
        )
        self.connection.execute(
            "create table pioneer_quarters (org_id varchar, district_code varchar, compound_type varchar,"
            " quarter date, band varchar, member_count bigint)"
        )
        self.connection.execute(
            "create table region_facts as select * from (values"
            f" ('{WEST}', '西区', 'West', 'district'), ('{EAST}', '东区', 'East', 'district'))"
            " as regions (region_code, name, name_en, level)"
        )

    def insert(self, table: str, **row: object) -> None:
        marks = ", ".join("?" for _ in row)
        self.connection.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))

    def compound(self, code: str, kind: str = "old", district: str = WEST, **more: object) -> None:
        row = {"name": code, "households": 100, "community_code": COMMUNITY[district], "district_code": district}
        self.insert("compounds", compound_id=code, compound_type=kind, **row | more)

    def branch(self, code: str, *compounds: str, kind: str = "branch", founded: date | None = None) -> None:
        self.insert("party_orgs", org_id=code, org_type=kind, founded_date=founded)
        for compound in compounds:
            self.insert("org_compounds", org_id=code, compound_id=compound)

    def issue(self, compound: str | None = "C1", reported: datetime = NEW_YEAR, **more: object) -> None:
        row = {"compound_id": compound, "reported_at": reported, "status": "dispatched", "district_code": WEST}
        self.insert("issues", issue_id=f"I{next(self.numbers)}", **row | more)

    def build(self) -> "City":
        for name in (*MARTS, "compound_metrics", "metric_months", "metric_spreads"):
            folder, kind = ("views", "view") if name == "compound_metrics" else ("marts", "table")
            text = (settings.QUERIES / folder / f"{name}.sql").read_text(encoding="utf-8")
            self.connection.execute(f"create {kind} {name} as {text}")
        return self

    def sums(self, metric: str, month: date | None = None) -> tuple[float, float] | None:
        """Numerator and denominator of one metric; None if there is no row."""
        found = self.connection.execute(
            "select sum(numerator), sum(denominator) from metric_months"
            " where metric = $metric and ($month is null or month = $month::date) having count(*) > 0",
            {"metric": metric, "month": month},
        ).fetchall()
        return found[0] if found else None

    def months(self, *columns: str) -> list[tuple]:
        return self.connection.execute(
            f"select month, {', '.join(columns)} from issue_months order by month"
        ).fetchall()

    def ask(self, name: str, **parameters: object) -> pd.DataFrame:
        """Rows of a page query for January 2024 unless `parameters` say otherwise."""
        shared = {"districts": [], "compound_types": [], "small_cell_limit": 5, "language": "en"}
        values = shared | periods.parameters(JANUARY, JANUARY) | parameters
        query = store.describe(name)
        return self.connection.execute(query.text, {key: values[key] for key in query.parameters}).df()


def closed(days: float = 1, **more: object) -> dict[str, object]:
    return {"closed_at": NEW_YEAR + timedelta(days=days), "status": "closed", **more}
