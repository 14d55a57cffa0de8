"""Index rule sets and scores: the fortress index of branches and the pioneer index of members.

The fortress index is computed here from the counts of `queries/marts/branch_item_counts.sql`; the pioneer
index is computed by `queries/marts/` alone (`member_event_months`, `member_quarters`, `pioneer_*`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.profile import Profile
from dashboard.scoring import fortress_marts
from dashboard.scoring.rule_model import RuleError
from dashboard.scoring.rule_tables import rule_tables
from dashboard.scoring.rules import load_rules, rule_codes
from dashboard.text import N_

__all__ = ["MARTS", "Mart", "RuleError", "load_rules", "rule_codes", "rule_tables"]


@dataclass(frozen=True)
class Mart:
    """Marts that Python makes: `build` creates the tables `names` from `inputs`; `question` says what they are for."""

    names: tuple[str, ...]
    inputs: tuple[str, ...]
    build: Callable[[duckdb.DuckDBPyConnection, Profile, Path], None]
    question: str


MARTS = (
    Mart(
        fortress_marts.NAMES,
        fortress_marts.INPUTS,
        fortress_marts.build,
        N_("Scores worked out by the rule set of the index."),
    ),
)
