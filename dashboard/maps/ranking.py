"""Which units stand first in the list beside the map."""

import pandas as pd

from dashboard import catalogue
from dashboard.text import _, number

MOST_BARS = 13


def ranked(rows: pd.DataFrame, metric: str, least: int) -> pd.DataFrame:
    """The first units of a ranking: the worst where one direction is better, else the largest.

    A share of fewer than `least` says little about a unit and is left out, unless all are so small. Among equal
    values the one that stands on more comes first.
    """
    valued = rows.dropna(subset=["value"])
    if catalogue.COLUMNS[metric].kind == "share" and (valued["base_count"] >= least).any():
        valued = valued[valued["base_count"] >= least]
    is_rising = catalogue.COLUMNS[metric].better == "up"
    ordered = valued.sort_values(
        ["value", "base_count", "unit_code"], ascending=[is_rising, False, True], kind="stable"
    )
    return ordered.head(MOST_BARS)


def ranking_title(rows: pd.DataFrame, first: pd.DataFrame, metric: str) -> str:
    """Title of the list: which end of how many units it shows."""
    if first.empty or len(rows) == 1:  # nothing to be ranked
        return catalogue.title(metric)
    is_rising = catalogue.COLUMNS[metric].better == "up"
    if len(first) == len(rows):
        title = _("All {count}, lowest first") if is_rising else _("All {count}, highest first")
    else:
        title = _("Lowest {shown} of {count}") if is_rising else _("Highest {shown} of {count}")
    return title.format(shown=number(len(first), "count"), count=number(len(rows), "count"))


def ranking_note(rows: pd.DataFrame, metric: str, least: int) -> str | None:
    """What the list leaves out, if anything: shares on a small base, unless there are no others."""
    if catalogue.COLUMNS[metric].kind != "share" or not (rows["base_count"] < least).any():
        return None
    if not (rows["base_count"] >= least).any():
        return _("Every base n is below {least}: such a share says little.").format(least=least)
    return _("Without units whose base n is below {least}.").format(least=least)
