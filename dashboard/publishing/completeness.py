"""What is missing from the extracts of a place, by name: districts, communities and months without a row.

A gap counts only where rows were to be expected: at least `EXPECTED` by the rows around it. A district without a veto
is none; a district without any issue is. What is not reported is not zero: an extract that reports zeros has rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from dashboard import contract, text
from dashboard.profile import Profile
from dashboard.publishing.cleaning import NOT_APPLICABLE
from dashboard.publishing.findings import WARNING, Finding
from dashboard.publishing.plausibility import LIMIT, scores
from dashboard.publishing.sqltext import literal
from dashboard.text import N_

EXPECTED = 40  # rows: with fewer, none at all is no surprise
THIN = 0.5  # of the usual month, and beyond what months vary (`plausibility.scores`)
USUAL = 30  # rows of the usual month, at least, to call another one thin
REPORTING = 0.8  # of the communities: an extract that fewer report is not meant for all
NAMED = 20
RULES = {
    "district": N_("Districts have no rows: {names}"),
    "community": N_("Communities have no rows: {names}"),
    "month": N_("Months have no rows: {names}"),
    "district_month": N_("Districts have no rows in single months: {names}"),
    "thin": N_("The last month has far fewer rows than usual: {names}"),
}
SCHEMA = "table_name varchar, district_code varchar, month date, kind varchar, unit_count bigint"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing in one district: `month` and `units` (how many communities) where the kind has them."""

    table: str
    kind: str
    district: str
    month: date | None = None
    units: int | None = None


def check(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, contract.Table], published: Iterable[str], profile: Profile
) -> list[Finding]:
    """Warnings about gaps in the stamped extracts of `main`; the gaps themselves become the table `extract_gaps`."""
    names = dict(
        connection.execute(
            "select region_code, name from regions where level in ('district', 'community') and region_code is not null"
        ).fetchall()
    )
    communities = connection.execute(
        "select region_code, district_code from regions where level = 'community' and district_code is not null"
    ).fetchall()
    districts = sorted({district for _code, district in communities})
    gaps: list[Gap] = []
    findings: list[Finding] = []
    for table in (tables[name] for name in published):
        time = _time(table)
        if time is None or not communities:
            continue
        rows = connection.execute(
            f"select district_code, date_trunc('month', {time})::date as month, count(*)::bigint as rows "
            f"from {table.name} where district_code is not null and {time} is not null and {time} <= ? group by all",
            [profile.as_of],
        ).df()
        if rows.empty:
            continue
        found = _in_time(table, rows, districts, profile.as_of) + _in_communities(connection, table, communities)
        gaps += found
        findings += _findings(table, found, names, communities)
    connection.execute(f"create table extract_gaps ({SCHEMA})")
    if gaps:
        values = [(gap.table, gap.district, gap.month, gap.kind, gap.units) for gap in gaps]
        connection.executemany("insert into extract_gaps values (?, ?, ?, ?, ?)", values)
    return findings


def cells(connection: duckdb.DuckDBPyConnection, table: contract.Table) -> dict[str, list[int]]:
    """How many rows of an extract report each field, and for how many it does not apply; the rest is not reported."""
    kept = NOT_APPLICABLE
    counts = ", ".join(
        f"count({name}), count(*) filter (where list_contains({kept}, {literal(name)}))" for name in table.fields
    )
    found = connection.execute(f"select {counts} from {table.name}").fetchall()[0]
    return {name: [found[2 * at], found[2 * at + 1]] for at, name in enumerate(table.fields)}


def _time(table: contract.Table) -> str | None:
    """The column that says when a row counts: its month, else the first date that every row must have."""
    periods = [column.name for column in table.fields.values() if column.first_day_of]
    dates = [c.name for c in table.fields.values() if c.type in ("date", "datetime") and c.required]
    return next(iter(periods + dates), None)


def _in_time(table: contract.Table, rows: pd.DataFrame, districts: list[str], as_of: date) -> list[Gap]:
    """Districts without a row, months without one in all or in single districts, a last month that is thin."""
    step = 3 if any(column.first_day_of == "quarter" for column in table.fields.values()) else 1
    counts = rows.pivot_table(index="month", columns="district_code", values="rows", aggfunc="sum", fill_value=0)
    last = pd.Timestamp(as_of.replace(day=1))
    months = pd.date_range(counts.index.min(), last, freq=f"{step}MS")
    counts = counts.reindex(index=months, columns=sorted({*districts, *counts.columns}), fill_value=0)
    total = counts.to_numpy().sum()
    absent = [d for d in districts if not counts[d].sum() and total / len(districts) >= EXPECTED]
    gaps = [Gap(table.name, "district", district) for district in absent if len(absent) < len(districts)]
    whole = counts.sum(axis=1)
    if whole.median() >= EXPECTED:
        empty = whole.index[whole == 0]
        gaps += [Gap(table.name, "month", district, month.date()) for month in empty for district in districts]
    else:
        empty = whole.index[:0]
    for district in districts:
        if counts[district].median() >= EXPECTED:
            missing = counts.index[(counts[district] == 0) & ~counts.index.isin(empty)]
            gaps += [Gap(table.name, "district_month", district, month.date()) for month in missing]
    year = whole.iloc[-13:]
    usual = year.iloc[:-1].median() if len(year) > 3 else 0
    if usual >= USUAL and 0 < year.iloc[-1] < THIN * usual and scores(year.to_numpy(), 1.0)[-1] < -LIMIT:
        gaps += [Gap(table.name, "thin", district, whole.index[-1].date()) for district in districts]
    return gaps


def _in_communities(
    connection: duckdb.DuckDBPyConnection, table: contract.Table, communities: list[tuple[str, str]]
) -> list[Gap]:
    """Communities without a row in an extract by month, counted by district."""
    if not any(column.first_day_of == "month" for column in table.fields.values()):
        return []
    if "community_code" in table.fields:
        code, joined = "community_code", ""
    elif "grid_code" in table.fields:
        code, joined = "left(grid_code, 12)", ""
    elif "compound_id" in table.fields:
        code, joined = "compounds.community_code", "inner join compounds using (compound_id)"
        housed = {row[0] for row in connection.execute("select distinct community_code from compounds").fetchall()}
        communities = [each for each in communities if each[0] in housed]
    else:
        return []
    known = dict(connection.execute(f"select {code}, count(*) from {table.name} {joined} group by all").fetchall())
    reporting = sum(community in known for community, _district in communities)
    if sum(known.values()) / len(communities) < EXPECTED / 2 or reporting < REPORTING * len(communities):
        return []
    missing: dict[str, int] = {}
    for community, district in communities:
        if community not in known:
            missing[district] = missing.get(district, 0) + 1
    return [Gap(table.name, "community", district, units=count) for district, count in missing.items()]


def _findings(
    table: contract.Table, gaps: list[Gap], names: dict[str, str], communities: list[tuple[str, str]]
) -> list[Finding]:
    found = []
    for kind, rule in RULES.items():
        those = [gap for gap in gaps if gap.kind == kind]
        if not those:
            continue
        if kind == "district":
            words = [names[gap.district] for gap in those]
        elif kind == "community":
            words = [f"{names[gap.district]} {gap.units}" for gap in those]
        elif kind == "district_month":
            words = [f"{names[gap.district]} {gap.month:%Y-%m}" for gap in those]
        else:
            words = sorted({f"{gap.month:%Y-%m}" for gap in those})
        count = sum(gap.units or 0 for gap in those) if kind == "community" else len(words)
        said = text.listed(words[:NAMED]) + (" …" if len(words) > NAMED else "")
        found.append(Finding(WARNING, rule, table=table.name, count=count, details={"names": said}))
    return found
