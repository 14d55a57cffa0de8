"""Other methods tried on the branches a reader sees: rows and tiles for the part of the fortress page about method.

Nothing is kept but in the session of the reader who asked.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard import catalogue, editions, text
from dashboard.profile import Profile
from dashboard.scoring import load_rules, methods
from dashboard.scoring.fortress import Scores
from dashboard.scoring.rule_model import FortressVersion, Rules
from dashboard.text import _

FEWEST = 3  # ranked branches: fewer have no order worth a question
CLASSES = 20  # bars of the distribution, about
SHOWN = 15  # branches in the figure of who moves most


@dataclass(frozen=True)
class Run:
    """What many methods made of one ranking: `spread` of R̄ in classes, `factors` with their Sobol indices, `movers`
    (the ranked branches, who moves most first) and the three numbers of the tiles."""

    spread: pd.DataFrame
    factors: pd.DataFrame
    movers: pd.DataFrame
    shift: tuple[float, float, float]
    is_whole: bool


@lru_cache(maxsize=32)
def rule_sets(place: str, edition: str) -> Rules:
    """All versions of the rules as they were when the edition was published."""
    return load_rules(editions.path(place, edition) / "rules")


def ranked(ranking: pd.DataFrame) -> pd.DataFrame:
    """The ranked branches among those shown, with shown_rank: their official order among themselves."""
    own = ranking[ranking["rank"].notna()]
    return own.assign(shown_rank=own["rank"].rank(method="min")).reset_index(drop=True)


def run(version: FortressVersion, matrix: pd.DataFrame, ranking: pd.DataFrame) -> Run:
    """Try all methods on the ranked branches of `ranking`; `matrix` as `fortress_evidence_matrix` gives it.

    The interval of chance is that of all ranked branches of the place, so it is left out if some are not shown.
    """
    own = ranked(ranking)
    official = own["shown_rank"].to_numpy()
    scores = Scores(version, methods.gathered(version, matrix, own["org_id"].tolist()))
    tried = methods.draws(len(version.items))
    shifts = methods.rank_shift(scores, official, tried)
    is_whole = bool((own["shown_rank"] == own["rank"]).all())
    movers = own.assign(
        branch_shift=shifts.branch_shifts,
        method_low=shifts.low,
        method_middle=shifts.middle,
        method_high=shifts.high,
        **({} if is_whole else {"rank_low": np.nan, "rank_high": np.nan}),
    ).sort_values(["branch_shift", "shown_rank"], ascending=[False, True])
    columns = [
        "branch_name", "district_name", "rank", "branch_shift", "method_low", "method_middle", "method_high",
        "rank_low", "rank_high", "total", "stars", "shown_rank", "org_id",
    ]  # fmt: skip
    factors = methods.shift_sensitivity(scores, official).sort_values("total_order", ascending=False)
    low, middle, high = np.percentile(shifts.mean_shifts, [methods.LOW, 50, methods.HIGH])
    return Run(
        spread=_spread(shifts.mean_shifts, tried),
        factors=factors.reset_index(drop=True),
        movers=movers[columns].reset_index(drop=True),
        shift=(float(low), float(middle), float(high)),
        is_whole=is_whole,
    )


def named(found: Run, ranking: pd.DataFrame) -> pd.DataFrame:
    """The movers of a run with their names as `ranking` has them: the reader may have changed language since."""
    known = ranking.set_index("org_id")
    names = {name: found.movers["org_id"].map(known[name]) for name in ("branch_name", "district_name")}
    return found.movers.assign(**names)


def tiles(found: Run) -> list[dict[str, Any]]:
    """Tiles over the figures: how far the ranking moves, what that hangs on most, who stays."""
    low, middle, high = found.shift
    count = len(found.movers)
    first = found.factors.iloc[0]
    widths = found.movers["method_high"] - found.movers["method_low"]
    steady = (found.movers["method_low"] == found.movers["method_high"]).sum()
    return [
        {
            "title": _("Mean rank shift of a typical method"),
            "value": middle,
            "kind": "number",
            "note": _("places; 90 % of methods {low} – {high}, of {count} branches").format(
                low=text.number(low, "number"), high=text.number(high, "number"), count=text.number(count, "count")
            ),
        },
        {
            "title": _("Most of it hangs on"),
            "value": _(catalogue.WORDS["method_factor"][first["factor"]]),
            "kind": "text",
            "note": _("{share} with all interactions").format(share=text.number(first["total_order"], "share")),
        },
        {
            "title": _("Method interval of the median branch"),
            "value": float(widths.median()),
            "kind": "count",
            "note": _("places between its 5th and 95th percentile; {steady} branches keep their rank").format(
                steady=text.number(steady, "count")
            ),
        },
    ]


def words(profile: Profile) -> dict[str, str]:
    """Words for the codes of factors, aggregations and normalisations."""
    names = ("factor", "aggregation", "normalisation")
    return {code: word for name in names for code, word in catalogue.labels(name, profile).items()}


def _spread(mean_shifts: np.ndarray, tried: methods.Methods) -> pd.DataFrame:
    """Methods by R̄ in classes of one width: one row per class, aggregation and normalisation that occurs."""
    width = _round_width(float(mean_shifts.max()) / CLASSES)
    classes = np.floor(mean_shifts / width + 1e-9) * width
    rows = pd.DataFrame(
        {
            "shift_class": classes.round(6),
            "shift_class_end": (classes + width).round(6),
            "aggregation": np.where(tried.is_geometric, "geometric", "arithmetic"),
            "normalisation": np.where(tried.is_min_max, "min_max", "goalpost"),
        }
    )
    return rows.groupby(list(rows.columns)).size().reset_index(name="method_count")


def _round_width(least: float) -> float:
    """The least of 0.1, 0.2, 0.5, 1, 2, 5, 10 … that is not below `least`."""
    steps = [step * 10.0**power for power in range(-1, 6) for step in (1, 2, 5)]
    return next(step for step in steps if step >= least)
