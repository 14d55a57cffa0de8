"""Quarters that were over in the live edition and that a new edition states otherwise.

A closed month is never rewritten: corrections are rows of a later month. Where scores of an earlier quarter differ
all the same (late rows, other rules), the new edition is a restatement and says so; the old one stays as it was.
"""

import duckdb
import pyarrow.parquet as pq

from dashboard import editions
from dashboard.publishing.findings import WARNING, Finding
from dashboard.publishing.sqltext import literal, path_literal
from dashboard.text import N_

# mart -> its key beside the quarter, its score, and the extract that a warning names
SCORES = {"branch_quarters": ("org_id", "total", "party_orgs"), "member_quarters": ("member_id", "score", "members")}
RULE = N_("Scores of quarters that edition {edition} had closed are stated anew")
EXPECTED = N_(
    "the same scores as before; corrections belong in a later month, other rules in a new version of the rule set"
)


def compare(connection: duckdb.DuckDBPyConnection, place: str) -> list[Finding]:
    """Warnings where marts just built differ from the live edition's in quarters that were over on its as-of date.

    Scores count as equal to nine decimals; stars must be equal, and who was scored must still be there. An edition of
    an older make without such a mart is not compared.
    """
    live = editions.current(place)
    if live is None:
        return []
    findings = []
    for mart, (key, score, table) in SCORES.items():
        file = editions.path(place, live) / "marts" / f"{mart}.parquet"
        if not file.is_file() or not {key, score, "stars", "quarter"} <= set(pq.read_schema(file).names):
            continue
        count = connection.execute(
            f"""
            select count(*)
            from read_parquet({path_literal(file)}) as before
            left join {mart} as now
                on before.{key} = now.{key}
                and before.quarter = now.quarter
            where before.{score} is not null
                and before.quarter + interval 3 months <= date {literal(live[:10])} + interval 1 day
                and (
                    now.{score} is null
                    or abs(before.{score} - now.{score}) > 1e-9
                    or before.stars is distinct from now.stars
                )
            """
        ).fetchall()[0][0]
        if count:
            findings.append(Finding(WARNING, RULE, EXPECTED, table, count=count, details={"edition": live}))
    return findings
