"""The fortress marts: `branch_items`, every point with its evidence, and `branch_quarters`, the standings."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.profile import Profile
from dashboard.scoring import standings, uncertainty
from dashboard.scoring.fortress import Evidence, Numbers, Scores, placed
from dashboard.scoring.rule_model import Bonus, Deduction, FortressVersion, Item
from dashboard.scoring.rules import load_rules

NAMES = ("branch_items", "branch_quarters")
INPUTS = ("scored_branch_quarters", "branch_item_counts", "branch_bonus_units", "branch_vetoes")
KEY = ["org_id", "quarter"]

# Columns of the two marts by type; those without an entry are numbers.
ITEM_COLUMNS = (
    "org_id", "district_code", "quarter", "item_code", "dimension_code", "kind", "origin",
    "numerator", "denominator", "ratio", "normalised", "max_points", "points", "state",
)  # fmt: skip
QUARTER_COLUMNS = (
    "org_id", "district_code", "quarter", "rule_version",
    "loyalty", "service", "development", "conduct", "integrity", "base", "bonus", "deductions", "total",
    "stars", "veto_code", "missing_share", "is_ranked", "rank", "ranked_count",
    "previous_total", "change", "last_year_total", "peer_rank", "peer_count", "score_variance", "change_flag",
    *uncertainty.COLUMNS,
)  # fmt: skip
TEXT = ("org_id", "district_code", "item_code", "dimension_code", "kind", "origin", "state", "rule_version")
TYPES = {
    **dict.fromkeys((*TEXT, "veto_code", "change_flag"), "varchar"),
    **dict.fromkeys(("stars", "rank", "ranked_count", "peer_rank", "peer_count"), "bigint"),
    **dict.fromkeys(("rank_low", "rank_high", "equal_group"), "bigint"),
    "quarter": "date",
    "is_ranked": "boolean",
}


def build(connection: duckdb.DuckDBPyConnection, profile: Profile, rules_dir: Path) -> None:
    """Create the tables `branch_items` and `branch_quarters` from the tables of `INPUTS`.

    `branch_items`: one row per scored branch, quarter and item of the rule set valid then. `max_points` is
    what a base item carries after sharing the points of items that are not available, null if it is not
    available itself; `points` is what it adds to the total, negative for a deduction. `branch_quarters`: one
    row per scored branch and quarter. Raises `RuleError` for defective rules or a quarter without any.
    """
    rules = load_rules(rules_dir)
    branches, counts, units, vetoes = (connection.execute(f"select * from {name}").df() for name in INPUTS)
    versions = {quarter: rules.fortress_at(quarter.date()) for quarter in branches["quarter"].unique()}
    items, quarters = [], []
    for version in dict.fromkeys(versions.values()) or rules.fortress[-1:]:
        scored = branches[branches["quarter"].map(versions) == version].reset_index(drop=True)
        scores = Scores(version, _evidence(version, scored, counts, units))
        items.append(_items(scores, scored, counts))
        quarters.append(_quarters(scores, scored, vetoes))
    evidence = pd.concat(items, ignore_index=True)
    _create(connection, "branch_items", ITEM_COLUMNS, evidence, "org_id, quarter, item_code")
    standing = uncertainty.assess(standings.compare(pd.concat(quarters, ignore_index=True)))
    _create(connection, "branch_quarters", QUARTER_COLUMNS, standing, "org_id, quarter")


def _evidence(
    version: FortressVersion, scored: pd.DataFrame, counts: pd.DataFrame, units: pd.DataFrame
) -> Evidence:
    items, bonus, deductions = (
        [entry.code for entry in entries] for entries in (version.items, version.bonus, version.deductions)
    )
    return Evidence(
        numerators=_matrix(counts, "numerator", scored, items),
        denominators=_matrix(counts, "denominator", scored, items),
        units=_matrix(units, "units", scored, bonus),
        members=scored["member_count"].to_numpy(dtype=float),
        cases=_matrix(counts, "numerator", scored, deductions),
    )


def _matrix(frame: pd.DataFrame, value: str, scored: pd.DataFrame, codes: list[str]) -> Numbers:
    """(branch-quarters, codes) values of a table with `org_id`, `quarter`, `item_code`; NaN where absent."""
    rows = pd.MultiIndex.from_frame(scored[KEY]).get_indexer(pd.MultiIndex.from_frame(frame[KEY]))
    columns = pd.Index(codes, dtype="str").get_indexer(frame["item_code"])
    return placed(frame[value], rows, columns, (len(scored), len(codes)))


def _items(scores: Scores, scored: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Rows of `branch_items` under one rule set: of each branch-quarter the items, bonus and deductions."""
    version, evidence = scores.version, scores.evidence
    caps = np.array([bonus.cap for bonus in version.bonus])
    unknown = np.full_like(evidence.cases, np.nan)
    base = _entries(
        scored,
        version.items,
        "base",
        dimension_code=[item.dimension for item in version.items],
        origin=[item.origin for item in version.items],
        numerator=evidence.numerators,
        denominator=evidence.denominators,
        ratio=scores.ratio,
        normalised=scores.normalised,
        max_points=scores.carried,
        points=scores.item_points,
    )
    bonus = _entries(
        scored,
        version.bonus,
        "bonus",
        numerator=evidence.units,
        denominator=np.broadcast_to(evidence.members[:, None], evidence.units.shape),
        ratio=scores.bonus_ratio,
        normalised=scores.bonus_points / caps,
        max_points=np.broadcast_to(caps, evidence.units.shape),
        points=scores.bonus_points,
    )
    deductions = _entries(
        scored,
        version.deductions,
        "deduction",
        numerator=evidence.cases,
        denominator=_matrix(counts, "denominator", scored, [each.code for each in version.deductions]),
        ratio=unknown,
        normalised=unknown,
        max_points=unknown,
        points=0 - scores.deduction_points,
    )
    return pd.concat([base, bonus, deductions], ignore_index=True)


def _entries(
    scored: pd.DataFrame,
    entries: Sequence[Item | Bonus | Deduction],
    kind: str,
    dimension_code: Sequence[str | None] = (),
    origin: Sequence[str] = (),
    **values: Numbers,
) -> pd.DataFrame:
    """Rows of one kind: `values` are (branch-quarters, entries) arrays, one column each."""

    def repeated(names: Sequence[str | None]) -> NDArray[np.object_]:
        return np.tile(np.array(names, dtype=object), len(scored))

    rows = scored.loc[scored.index.repeat(len(entries)), ["org_id", "district_code", "quarter"]].assign(
        item_code=repeated([entry.code for entry in entries]),
        dimension_code=repeated(dimension_code or [None] * len(entries)),
        kind=kind,
        origin=repeated(origin or ["derived"] * len(entries)),
        **{name: array.ravel() for name, array in values.items()},
    )
    is_missing = rows["numerator"].isna() | rows["denominator"].isna()
    unscored = np.where(is_missing, "not_reported", "not_applicable")
    return rows.assign(state=np.where(rows["points"].isna(), unscored, "scored"))


def _quarters(scores: Scores, scored: pd.DataFrame, vetoes: pd.DataFrame) -> pd.DataFrame:
    """Rows of `branch_quarters` under one rule set, before they are compared with each other."""
    version = scores.version
    first_vetoes = vetoes.sort_values(["decided_date", "veto_code"]).drop_duplicates(KEY)
    vetoed = scored[KEY].merge(first_vetoes[[*KEY, "veto_code"]], how="left", on=KEY)["veto_code"]
    dimensions = [dimension.code for dimension in version.dimensions]
    return scored.assign(
        rule_version=version.code,
        **dict(zip(dimensions, scores.dimension_scores.T, strict=True)),
        base=scores.base,
        bonus=scores.bonus,
        deductions=scores.deductions,
        total=scores.total,
        stars=np.where(vetoed.notna(), 0, scores.stars),
        veto_code=vetoed,
        missing_share=scores.missing_share,
        is_ranked=vetoed.isna() & scores.can_rank,
        displayed_total=scores.total.round(version.score_decimals),
        score_variance=scores.variance,
        min_peer_group=version.min_peer_group,
        movement_z=version.movement_z,
        top_star_minimum=max(star.minimum for star in version.stars),
        star_quota=[version.quota] * len(scored),
    )


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], frame: pd.DataFrame, order: str
) -> None:
    typed = ", ".join(f"cast({column} as {TYPES.get(column, 'double')}) as {column}" for column in columns)
    connection.register("scored_frame", frame)
    connection.execute(f"create table {name} as select {typed} from scored_frame order by {order}")
    connection.unregister("scored_frame")
