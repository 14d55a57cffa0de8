"""Whether a new edition is plausible beside the live one: rows and figures of districts that jump.

An outlier is a modified z-score beyond 3.5 (Iglewicz & Hoaglin 1993, How to Detect and Handle Outliers):
0.6745 (x - median) / MAD, with a floor for the MAD, so that what hardly varies is not called an outlier for a trifle.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from dashboard import contract, editions
from dashboard.publishing.findings import WARNING, Finding
from dashboard.publishing.sqltext import path_literal
from dashboard.text import N_

LIMIT = 3.5
FEWEST = 30  # rows, or cases of a figure: fewer vary by chance
SHRUNK = 0.95  # of the rows: registers and ledgers grow from edition to edition
NAMED = 8
ROWS = N_("The table has far more or fewer rows than the live edition: {names}")
JUMP = N_("Figures of districts jump against their own course: {names}")
RESTATED = N_("Figures of past months are stated far otherwise than in the live edition: {names}")


@dataclass(frozen=True)
class Doubt:
    """A figure of one district that is hard to believe: what it was, or is usually, and what it is now."""

    table: str
    district: str
    rule: str
    subject: str
    before: float
    after: float


def scores(values: np.ndarray, floor: float) -> np.ndarray:
    """Modified z-scores of values, whose MAD counts as at least `floor`; nan where a value is."""
    median = np.nanmedian(values)
    spread = max(np.nanmedian(np.abs(values - median)), floor)
    return 0.6745 * (values - median) / spread


def jumps(changes: np.ndarray, errors: np.ndarray) -> np.ndarray:
    """Which changes of a figure stand out among those of all districts, beyond what chance moves (`errors`)."""
    changes, errors = np.asarray(changes, dtype=float), np.asarray(errors, dtype=float)
    if not len(changes) or np.isnan(changes).all():
        return np.zeros(len(changes), dtype=bool)
    floor = np.nanmedian(errors) if np.isfinite(errors).any() else 0.0
    return np.abs(np.nan_to_num(scores(changes, max(floor, 0.005)))) > LIMIT


def compare(
    connection: duckdb.DuckDBPyConnection, place: str, published: list[str]
) -> tuple[list[Finding], list[Doubt]]:
    """Doubts about the extracts and the mart `metric_months` of `main` beside those of the live edition, if any."""
    live = editions.current(place)
    if live is None:
        return [], []
    folder = editions.path(place, live)
    names = dict(connection.execute("select region_code, name from regions where level = 'district'").fetchall())
    doubts = []
    for table in published:
        file = folder / "extracts" / f"{table}.parquet"
        if file.is_file() and "district_code" in pq.read_schema(file).names:
            doubts += _rows(connection, table, path_literal(file))
    file = folder / "marts" / "metric_months.parquet"
    if file.is_file():
        doubts += _courses(connection) + _restated(connection, path_literal(file), live)
    return _findings(doubts, names), doubts


def _rows(connection: duckdb.DuckDBPyConnection, table: str, before: str) -> list[Doubt]:
    """Districts whose number of rows changed far otherwise than that of the others."""
    counts = connection.execute(
        f"""
        select district_code, coalesce(old.rows, 0) as before, coalesce(new.rows, 0) as after
        from (select district_code, count(*) as rows from read_parquet({before}) group by all) as old
        full join (select district_code, count(*) as rows from {table} group by all) as new using (district_code)
        where district_code is not null
        order by district_code
        """
    ).df()
    counts = counts[counts[["before", "after"]].max(axis=1) >= FEWEST]
    if counts.empty:
        return []
    ratio = np.log((counts["after"] + 1) / (counts["before"] + 1)).to_numpy()
    odd = (np.abs(scores(ratio, 0.03)) > LIMIT) & (np.abs(ratio - np.median(ratio)) > np.log(1.3))
    if len(counts) == 1 or abs(np.median(ratio)) > np.log(1.5):  # all at once, or nobody to compare with
        odd |= np.abs(ratio) > np.log(1.5)
    odd |= ratio < np.log(SHRUNK)
    return [Doubt(table, r.district_code, ROWS, "", r.before, r.after) for r in counts[odd].itertuples()]


def _courses(connection: duckdb.DuckDBPyConnection) -> list[Doubt]:
    """Figures whose last month leaves the course of its district's year before, where the others keep theirs."""
    months = connection.execute(
        """
        select metric, district_code, month, sum(denominator) as cases
        from metric_months
        where basis = 'month' and district_code is not null
        group by all
        order by all
        """
    ).df()
    doubts = []
    for metric, rows in months.groupby("metric"):
        course = rows.pivot(index="month", columns="district_code", values="cases").sort_index().iloc[-13:]
        if len(course) < 7 or metric != "close_rate":  # due issues: the other rates of issues count the same ones
            continue
        usual, last = course.iloc[:-1].median(), course.iloc[-1].fillna(0)
        change = np.log((last + 1) / (usual + 1)).to_numpy()
        odd = (np.abs(scores(change, 0.1)) > LIMIT) & (np.abs(change - np.nanmedian(change)) > np.log(1.5))
        odd &= (usual >= FEWEST).to_numpy()
        for district in course.columns[odd]:
            doubts.append(Doubt("issues", district, JUMP, f"{last.name:%Y-%m}", usual[district], last[district]))
    return doubts


def _restated(connection: duckdb.DuckDBPyConnection, before: str, live: str) -> list[Doubt]:
    """Cases of past months that differ far more from the live edition than those of other districts and months."""
    months = connection.execute(
        f"""
        select district_code, month, old.cases as before, new.cases as after
        from (
            select district_code, month, sum(denominator) as cases from read_parquet({before})
            where metric = 'close_rate' and month < date_trunc('month', ?::date) group by all
        ) as old
        inner join (
            select district_code, month, sum(denominator) as cases from metric_months
            where metric = 'close_rate' group by all
        ) as new using (district_code, month)
        where district_code is not null
        order by district_code, month
        """,
        [live[:10]],
    ).df()
    if months.empty:
        return []
    change = np.log((months["after"] + 1) / (months["before"] + 1)).to_numpy()
    odd = (np.abs(scores(change, 0.02)) > LIMIT) & (np.abs(change) > np.log(1.1))
    odd &= (months[["before", "after"]].max(axis=1) >= FEWEST).to_numpy()
    return [
        Doubt("issues", row.district_code, RESTATED, f"{row.month:%Y-%m}", row.before, row.after)
        for row in months[odd].itertuples()
    ]


def _findings(doubts: list[Doubt], names: dict[str, str]) -> list[Finding]:
    """One warning per table and rule, with the districts that stand out most."""
    found = []
    for rule in (ROWS, JUMP, RESTATED):
        for table in contract.load().tables:
            those = [doubt for doubt in doubts if (doubt.rule, doubt.table) == (rule, table)]
            if not those:
                continue
            those.sort(key=lambda each: abs(np.log((each.after + 1) / (each.before + 1))), reverse=True)
            words = [_told(each, names) for each in those[:NAMED]]
            said = "；".join(words) + (" …" if len(those) > NAMED else "")
            found.append(Finding(WARNING, rule, table=table, count=len(those), details={"names": said}))
    return found


def _told(doubt: Doubt, names: dict[str, str]) -> str:
    subject = " ".join(filter(None, [names.get(doubt.district, doubt.district), doubt.subject]))
    return f"{subject} {doubt.before:,.0f} → {doubt.after:,.0f}"


def doubtful(doubts: list[Doubt], findings: list[Finding], districts: list[str]) -> pd.DataFrame:
    """Which extracts of which districts are doubtful: table_name, district_code, code.

    Warnings that are facts of the domain, or say only what was left out, raise no doubt about the rows.
    """
    rows = {(doubt.table, doubt.district, Finding(WARNING, doubt.rule).code) for doubt in doubts}
    for finding in findings:
        if finding.severity == WARNING and finding.table and finding.code in DOUBTFUL:
            rows |= {(finding.table, district, finding.code) for district in districts}
    return pd.DataFrame(sorted(rows), columns=["table_name", "district_code", "code"], dtype=str)


DOUBTFUL = {"F22", "T05", "X04", "X11", "X15", "X16", "X17", "X18", "G12", "G16"}
