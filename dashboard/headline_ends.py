"""The best and the weakest districts of each headline metric, with the ranks that chance leaves open to them."""

from operator import itemgetter

import numpy as np

from dashboard import catalogue
from dashboard.headlines import Rows, only
from dashboard.scoring import uncertainty
from dashboard.text import N_, _, listed, sentences

TITLES = {
    "best": (N_("Best districts by metric"), N_("No. {place}")),
    "worst": (N_("Weakest districts by metric"), N_("No. {place} from last")),
}


def ends(rows: Rows, count: int = 3) -> dict[str, Rows]:
    """The best and the worst districts of each metric, with `place` 1, 2, … counted from that end.

    No district stands at both ends: of fewer than twice `count` districts each end has half. A metric in
    which all districts are equal has no ends; without any metric left the answer is empty. `rank_low` to
    `rank_high`, counted from the best, hold the district's rank in 90 % of the draws from its `standard_error`; None
    where that of a district is not known.
    """
    found: dict[str, Rows] = {"best": [], "worst": []}
    for metric in dict.fromkeys(row["metric"] for row in rows):
        best_first = catalogue.COLUMNS[metric].better != "down"
        ranked = sorted(only(rows, metric), key=itemgetter("value"), reverse=best_first)
        if ranked[0]["value"] == ranked[-1]["value"]:
            continue
        reached = _with_reach(ranked, best_first)
        reach = min(count, len(ranked) // 2)
        for end, line in (("best", reached), ("worst", reached[::-1])):
            found[end] += [{"place": place, **row} for place, row in enumerate(line[:reach], start=1)]
    return found if found["best"] else {}


def words(found: dict[str, Rows]) -> str:
    """What the ranks in the tables of `ends` mean, and in which metrics the two ends may be one another's."""
    last, first, unknown = {}, {}, {}  # the last rank of a best district, the first of a weakest one
    for end, rows in found.items():
        for row in rows:
            metric = row["metric"]
            if row["rank_low"] is None:
                unknown[metric] = catalogue.title(metric)
            elif end == "best":
                last[metric] = max(row["rank_high"], last.get(metric, 0))
            else:
                first[metric] = min(row["rank_low"], first.get(metric, row["rank_low"]))
    mixed = [catalogue.title(metric) for metric in last if last[metric] >= first[metric]]
    parts = [_("Below each value: the ranks that chance leaves open (90 %), counted from the best.")]
    if mixed:
        parts.append(
            _("**The order may be chance** in {metrics}: a best district's ranks reach those of a weakest one.").format(
                metrics=listed(mixed)
            )
        )
    elif last:
        parts.append(_("In every metric the best districts can be told from the weakest."))
    if unknown:
        parts.append(
            _("Without an error, so that nothing is known of the ranks: {metrics}.").format(
                metrics=listed(list(unknown.values()))
            )
        )
    return sentences(*parts)


def _with_reach(ranked: Rows, best_first: bool) -> Rows:
    """Rows of one metric, best first, with `rank_low` and `rank_high`; the larger the value the better or not."""
    values, errors = (np.array([row[name] for row in ranked], dtype=float) for name in ("value", "standard_error"))
    if np.isnan(errors).any():
        return [{**row, "rank_low": None, "rank_high": None} for row in ranked]
    low, high = uncertainty.rank_interval(values if best_first else -values, errors**2)
    return [
        {**row, "rank_low": int(best), "rank_high": int(worst)}
        for row, best, worst in zip(ranked, low, high, strict=True)
    ]
