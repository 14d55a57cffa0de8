"""Figures of a report that the extracts do not give: verdicts of the page that compares the two, as a warning."""

from collections.abc import Mapping

import duckdb

from dashboard import store
from dashboard.publishing.findings import KEPT, WARNING, Finding
from dashboard.publishing.loading import Lineage
from dashboard.text import N_

TABLE = "report_claims"
RULE = N_("Figures of the report are not what the data give")
EXPECTED = N_("what the extracts give, to the digits and the hedge of the report's figure")


def compare(connection: duckdb.DuckDBPyConnection, lineages: Mapping[str, Lineage]) -> list[Finding]:
    """A warning that names the figures of the report which the marts just built do not reproduce."""
    if TABLE not in lineages:
        return []
    rows = connection.execute(
        f"""
        select extract.rowid, extract.claimed_value::varchar, checked.figure_value::varchar
        from ({store.describe("report_check").text}) as checked
        inner join source.{TABLE} as extract using (claim_id)
        where checked.claim_verdict = 'differs'
        order by extract.rowid
        """,
        {"language": "zh"},
    ).fetchall()
    if not rows:
        return []
    places = tuple(lineages[TABLE].place(*row) for row in rows[:KEPT])
    return [Finding(WARNING, RULE, EXPECTED, TABLE, "claimed_value", len(rows), places)]
