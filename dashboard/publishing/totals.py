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
            sums = [_sums(connection, table.name, list(stated), start, span) for span in dict.fromkeys(total.spans)]
            for name, value in stated.items():
                found = [each[name] for each in sums if each[name] is not None]
                if found and not any(math.isclose(value, each, rel_tol=1e-6, abs_tol=0.5) for each in found):
                    place = replace(part.place, row=total.row, value=f"{value:.15g}", expected=f"{found[0]:.15g}")
                    findings.append(Finding(WARNING, RULE, "", table.name, name, places=(place,)))
    return findings


def _sums(
    connection: duckdb.DuckDBPyConnection, table: str, names: list[str], start: int, span: tuple[int, int]
) -> dict[str, float | None]:
    """Sums of columns over a run of a part's records; null where there is nothing to add up."""
    select = ", ".join(f"sum({name})" for name in names)
    first, last = start + span[0], start + span[1] - 1
    row = connection.execute(f"select {select} from {table} where rowid between {first} and {last}").fetchall()[0]
    return dict(zip(names, row, strict=True))
