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


def way_words(star_gap: float, quotas: pd.DataFrame) -> str:
    """How many points the next star is away, and that a quota (`fortress_star_quota`) asks for a rank as well."""
    gap = _("{gap} points short of the next star; each item by itself, all else as it is.").format(
        gap=text.number(star_gap, "total")
    )
    if quotas.empty:
        return gap
    quota = quotas.iloc[0]
    if not quota["quota_rank"]:
        return text.sentences(gap, _none_inside(quota))
    rank = _("The quota asks for rank {quota_rank} or better as well; this branch has rank {rank}.").format(
        quota_rank=text.number(quota["quota_rank"], "rank"), rank=text.number(quota["rank"], "rank")
    )
    return text.sentences(gap, rank)


def quota_words(quota: pd.Series) -> str:
    """Why a branch with the score of the next star does not have it: how many places and points it lacks.

    `quota` is the row of `fortress_star_quota`.
    """
    total, stars = text.number(quota["total"], "total"), text.number(quota["next_stars"], "count")
    reached = _("Only the quota holds the next star back: its {total} points are enough for {stars} stars.").format(
        total=total, stars=stars
    )
    if not quota["quota_rank"]:
        return text.sentences(reached, _none_inside(quota))
    missing = _(
        "Those go to the first {share} of {count} ranked branches, up to rank {quota_rank}; this one has rank {rank}. "
        "Places missing: {missing}."
    ).format(
        share=text.number(quota["quota_share"], "share"),
        count=text.number(quota["ranked_count"], "count"),
        quota_rank=text.number(quota["quota_rank"], "rank"),
        rank=text.number(quota["rank"], "rank"),
        missing=text.number(quota["ranks_missing"], "count"),
    )
    if pd.isna(quota["quota_total"]):
        last = _("The last score inside the quota is not among those you may see.")
    else:
        last = _("The last branch inside the quota has {total} points.").format(
            total=text.number(quota["quota_total"], "total")
        )
    return text.sentences(reached, missing, last)


def _none_inside(quota: pd.Series) -> str:
    return _("The quota leaves no branch {stars} stars: {share} of {count} ranked branches is less than one.").format(
        stars=text.number(quota["next_stars"], "count"),
        share=text.number(quota["quota_share"], "share"),
        count=text.number(quota["ranked_count"], "count"),
    )


def evidence_words(evidence: str, rows: pd.DataFrame, items: pd.DataFrame) -> str:
    """The numerator and denominator that these rows make up."""
    item = items[items["item_code"] == EVIDENCE_ITEMS[evidence]].iloc[0]
    return _("Rows: {rows}. The item counts {numerator} of {denominator}.").format(
        rows=text.number(len(rows), "count"),
        numerator=text.number(item["numerator"], "count"),
        denominator=text.number(item["denominator"], "count"),
    )
