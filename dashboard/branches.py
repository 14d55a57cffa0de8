"""Which part of the fortress page and which branch a reader looks at, and rows made ready for its figures.

The address says `?view=…&branch=…` in codes; a copied link, a reload and the browser's back button show the same.
Widgets follow the address, never the other way round.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import catalogue, text, views
from dashboard.profile import Profile
from dashboard.text import N_, _

VIEWS = {
    "ranking": N_("Ranking"),
    "movement": N_("Movement"),
    "funnel": N_("Chance limits"),
    "branch": N_("Branch profile"),
    "method": N_("Method"),
    "what_if": N_("What if"),
}
RANKING, ENDS = "fortress_ranking", "ends"  # keys of the cards in which a click opens a branch
FUNNELS = {"B1": N_("Issues closed on time"), "B3": N_("Satisfied at revisit")}  # item -> title; a click opens a branch
EVIDENCE = {
    "fortress_evidence_issues": N_("B1 · issues due"),
    "fortress_evidence_revisits": N_("B3 · issues revisited"),
}
EVIDENCE_ITEMS = {"fortress_evidence_issues": "B1", "fortress_evidence_revisits": "B3"}
ENDS_SHOWN = 10
ROWS_SHOWN = 12  # of the official ranking, without scrolling


@dataclass(frozen=True)
class Position:
    """The part of the page a reader looks at and the branch: the one in the address, else the first."""

    view: str
    org_id: str


def position(ranking: pd.DataFrame) -> Position:
    """Where the reader is, after what was just clicked: a click on a branch opens its profile."""
    clicked = _clicked(ranking)
    if clicked:
        st.query_params["branch"] = clicked
        st.query_params["view"] = "branch"
    org_id = st.query_params.get("branch")
    is_shown = (ranking["org_id"] == org_id).any()
    return Position(views.asked(VIEWS), org_id if is_shown else ranking["org_id"].iloc[0])


def draw_branch(ranking: pd.DataFrame, org_id: str) -> None:
    """Search among all branches shown."""
    rows = zip(ranking["org_id"], ranking["rank"], ranking["branch_name"], ranking["district_name"], strict=True)
    names = {code: f"{_rank(rank)} {name} · {district}" for code, rank, name, district in rows}
    st.session_state["fortress-branch"] = org_id
    st.selectbox(
        _("Branch"),
        list(names),
        format_func=names.get,
        key="fortress-branch",
        on_change=_keep,
        args=("branch", "fortress-branch"),
    )


def draw_evidence() -> str:
    """Choice of the item whose rows are shown; its query."""
    return st.segmented_control(
        _("Rows behind"),
        list(EVIDENCE),
        default=next(iter(EVIDENCE)),
        required=True,
        format_func=lambda name: _(EVIDENCE[name]),
        key="fortress-evidence",
    )


def ends(ranking: pd.DataFrame, org_id: str) -> pd.DataFrame:
    """The first and the last branches that have a rank, and the chosen one, in official order."""
    ranked = ranking[ranking["rank"].notna()]
    shown = {*ranked["org_id"].head(ENDS_SHOWN), *ranked["org_id"].tail(ENDS_SHOWN), org_id}
    return ranking[ranking["org_id"].isin(shown)]


def steps(items: pd.DataFrame, branch: pd.Series) -> pd.DataFrame:
    """What each item adds between the mean of the peers and the branch: step_name, step_points, is_available.

    Bonus and deductions are one step each, for both are capped as a whole.
    """
    base = items[items["item_kind"] == "base"]
    capped = pd.DataFrame(
        {
            "step_name": [_("Bonus"), _("Deductions")],
            "step_points": [
                branch["bonus"] - branch["peer_bonus"],
                branch["peer_deductions"] - branch["deductions"],
            ],
            "is_available": True,
        }
    )
    own = pd.DataFrame(
        {
            "step_name": base["item_code"] + " " + base["item_name"],
            "step_points": base["points_beyond_peers"],
            "is_available": base["item_state"] == "scored",
        }
    )
    return pd.concat([own, capped], ignore_index=True)


def summary_tiles(row: pd.Series) -> list[dict[str, Any]]:
    """Tiles over a quarter's scores: how good, how sure, how many stars, who has no rank."""
    ranked = text.number(row["ranked_count"], "count")
    return [
        {
            "title": _("Mean total score"),
            "value": row["mean_total"],
            "kind": "score",
            "change": row["mean_change"],
            "change_kind": "score_change",
            "change_text": _("vs last quarter"),
            "better": None if row["mean_change_flag"] == "within_error" else "up",
            "note": _("{count} branches scored").format(count=text.number(row["branch_count"], "count")),
        },
        {
            "title": _("Typical margin"),
            "value": f"±{text.number(row['margin'], 'score')}",
            "kind": "text",
            "note": _("90 % interval of the median branch"),
        },
        {
            "title": _("Not told apart from No. 1"),
            "value": row["even_count"],
            "kind": "count",
            "note": _("of {count} ranked branches").format(count=ranked),
        },
        {
            "title": _("Five-star branches"),
            "value": row["five_star_count"],
            "kind": "count",
            "note": _("{share} of all").format(share=text.number(row["five_star_share"], "share")),
        },
        {
            "title": _("Without a rank"),
            "value": row["vetoed_count"] + row["unranked_count"],
            "kind": "count",
            "note": _("{vetoed} vetoed, {unranked} with too little reported").format(
                vetoed=text.number(row["vetoed_count"], "count"),
                unranked=text.number(row["unranked_count"], "count"),
            ),
        },
    ]


def branch_tiles(row: pd.Series, labels: dict[str, str]) -> list[dict[str, Any]]:
    """Tiles over one branch (null as None): total with its interval, stars, rank and how sure, peers, change."""
    low, high = (text.number(row[name], "score") for name in ("score_low", "score_high"))
    flag = {"up": _("up, beyond error"), "down": _("down, beyond error"), "within_error": _("within error")}
    peers = f"{labels.get(row['compound_type'], row['compound_type'])} · {labels[row['size_band']]}"
    return [
        {
            "title": _("Total score"),
            "value": row["total"],
            "kind": "total",
            "note": _("90 % interval {low} – {high}").format(low=low, high=high),
        },
        {
            "title": _("Stars"),
            "value": "★" * int(row["stars"] or 0) or _("None"),
            "kind": "text",
            "note": row["veto_name"]
            or _("{state}; chance of five stars {chance}").format(
                state=labels[row["ranking_state"]], chance=text.number(row["five_star_chance"], "share")
            ),
        },
        {
            "title": _("Rank"),
            "value": row["rank"],
            "kind": "rank",
            "note": _("90 % interval {low} – {high} of {count}; top tenth {chance}").format(
                low=text.number(row["rank_low"], "rank"),
                high=text.number(row["rank_high"], "rank"),
                count=text.number(row["ranked_count"], "count"),
                chance=text.number(row["top_tenth_chance"], "share"),
            )
            if row["rank"] is not None
            else "",
        },
        {
            "title": _("Peer rank"),
            "value": row["peer_rank"],
            "kind": "rank",
            "note": _("too few peers: {peers}").format(peers=peers)
            if row["peer_rank"] is None
            else _("of {count} · {peers}").format(count=text.number(row["peer_count"], "count"), peers=peers),
        },
        {
            "title": _("On the quarter before"),
            "value": text.number(row["change"], "score_change"),
            "kind": "text",
            "note": flag.get(row["change_flag"], _("not comparable")),
        },
    ]


def labels(profile: Profile) -> dict[str, str]:
    """Words for the codes of a branch: its compound type, size and state."""
    types = profile.labels("compound_types", text.language())
    return types | catalogue.labels("size_band", profile) | catalogue.labels("ranking_state", profile)


def _rank(rank: float) -> str:
    return text.NOT_REPORTED if pd.isna(rank) else f"{rank:.0f}"


def _keep(name: str, key: str) -> None:
    st.query_params[name] = st.session_state[key]


def _clicked(ranking: pd.DataFrame) -> str | None:
    """Code of the branch whose row or dot was clicked since the last run."""
    table = st.session_state.get(f"table-{RANKING}")
    for row in table.selection.rows if table else []:
        if row < len(ranking):
            return ranking["org_id"].iloc[row]
    for key in (ENDS, *FUNNELS):
        figure = st.session_state.get(f"figure-{key}")
        for point in figure.selection.points if figure else []:
            if "customdata" in point:
                return point["customdata"][0]
    return None
