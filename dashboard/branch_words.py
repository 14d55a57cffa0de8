"""What is said beside the figures of the fortress page: how many moved, who the peers are, how sure it is."""

import pandas as pd

from dashboard import text
from dashboard.branches import EVIDENCE_ITEMS
from dashboard.text import _


def movement_words(counts: pd.DataFrame, comparison: str) -> str:
    """How many branches moved beyond error, in words; what chance alone would give beside it."""
    own = counts[counts["comparison"] == comparison].set_index("movement")["branch_count"]
    total = int(own.sum())
    sentence = _("▲ {up} rose, ▼ {down} fell beyond error; {within} stayed within it. Chance alone: about {chance}.")
    return sentence.format(
        up=text.number(own.get("up", 0), "count"),
        down=text.number(own.get("down", 0), "count"),
        within=text.number(own.get("within_error", 0), "count"),
        chance=text.number(total / 10, "count"),
    )


def peers_words(branch: pd.Series, labels: dict[str, str]) -> str:
    """Which branches the peers are, in words."""
    kind = labels.get(branch["compound_type"], branch["compound_type"])
    if pd.isna(branch["peer_count"]):
        return _("Too few peers of its size: compared with all ranked branches of the type {kind}.").format(kind=kind)
    return _("Peers: {count} ranked branches of the type {kind}, size {size}.").format(
        count=text.number(branch["peer_count"], "count"), kind=kind, size=labels[branch["size_band"]].lower()
    )


def funnel_words(rows: pd.DataFrame) -> str:
    """How many branches stand outside the limits, and how many would by chance alone."""
    far = rows["funnel_state"].isin(["far_below", "far_above"]).sum()
    return _(
        "Rate of all {rate}. Beyond 99.8 %: {far} of {count} branches; chance alone would put about {chance} there. "
        "Click a dot for the profile."
    ).format(
        rate=text.number(rows["overall_ratio"].iloc[0], "share"),
        far=text.number(far, "count"),
        count=text.number(len(rows), "count"),
        chance=text.number(0.002 * len(rows), "number"),
    )


def neighbours_words(branch: pd.Series) -> str:
    """How sure the score itself is, and what it is once chance is taken off."""
    return _(
        "Reliability {reliability}: drawn towards its type the score is {shrunk}. "
        "{even} ranked branches cannot be told from this one."
    ).format(
        reliability=text.number(branch["reliability"], "share"),
        shrunk=text.number(branch["shrunk_total"], "total"),
        even=text.number(branch["even_count"], "count"),
    )


def evidence_words(evidence: str, rows: pd.DataFrame, items: pd.DataFrame) -> str:
    """The numerator and denominator that these rows make up."""
    item = items[items["item_code"] == EVIDENCE_ITEMS[evidence]].iloc[0]
    return _("Rows: {rows}. The item counts {numerator} of {denominator}.").format(
        rows=text.number(len(rows), "count"),
        numerator=text.number(item["numerator"], "count"),
        denominator=text.number(item["denominator"], "count"),
    )
