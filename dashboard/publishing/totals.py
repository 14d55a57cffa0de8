"""Rows of totals are not read, but what they say is compared with the sum of the rows above them."""

import math
from dataclasses import replace

import duckdb

from dashboard import contract
from dashboard.publishing import cleaning
from dashboard.publishing.findings import WARNING, Finding
from dashboard.publishing.loading import Lineage
from dashboard.text import N_

RULE = N_("The total of the sheet differs from the sum of its rows")


def check(connection: duckdb.DuckDBPyConnection, table: contract.Table, lineage: Lineage) -> list[Finding]:
    """Totals of a typed table that its rows do not add up to. Shares and years are not added up."""
    findings = []
    for part, start in zip(lineage.parts, lineage.starts, strict=True):
        for total, cells in part.totals:
            said = {name: cleaning.number(text, table.fields[name]) for name, text in cells.items()}
            stated = {n: v for n, v in said.items() if v is not None and table.fields[n].maximum is None}
            if not stated:
                continue
            sums = connection.execute(
                f"select {', '.join(f'sum({name})' for name in stated)} from {table.name} "
                f"where rowid between {start + total.since} and {start + total.before - 1}"
            ).fetchall()[0]
            for (name, value), found in zip(stated.items(), sums, strict=True):
                if found is not None and not math.isclose(value, found, rel_tol=1e-6, abs_tol=0.5):
                    place = replace(part.place, row=total.row, value=f"{value:g}", expected=f"{found:g}")
                    findings.append(Finding(WARNING, RULE, "", table.name, name, places=(place,)))
    return findings
