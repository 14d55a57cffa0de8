"""What a reader tries on the fortress index: other weights, cut-offs, aggregation or rules, never official.

The choices stand in the address (`?rules=…&weights=…&cut_offs=…&aggregation=…`), so that a link shows the same; what
follows from them is worked out anew for whoever opens it, and nothing is saved. A choice that is not in the address,
or makes no sense, is that of the rules.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import text
from dashboard.method_runs import ranked
from dashboard.scoring import methods
from dashboard.scoring.fortress import Scores
from dashboard.scoring.rule_model import FortressVersion, Rules
from dashboard.text import N_, _

AGGREGATIONS = {"arithmetic": N_("Added up"), "geometric": N_("Multiplied")}
IN_ADDRESS = ("rules", "weights", "cut_offs", "aggregation")
MOST_WEIGHT, MOST_SCORE = 40.0, 110.0
SHOWN_EACH_WAY = 8
BASES = ("official", "what_if")


@dataclass(frozen=True)
class Choice:
    """What the reader tries: a version of the rules, its dimensions' weights, its stars' cut-offs (the last, 0, left
    out) and how dimensions are put together."""

    base: FortressVersion
    weights: tuple[float, ...]
    cut_offs: tuple[float, ...]
    aggregation: str

    @property
    def is_possible(self) -> bool:
        """Whether any dimension has a weight."""
        return sum(self.weights) >= 1

    def version(self) -> FortressVersion:
        """The rules that follow from it."""
        return methods.varied(self.base, self.weights, self.cut_offs, self.aggregation)


def choice(rules: Rules, quarter: date) -> Choice:
    """What the address says, on the rules valid in the quarter unless it names others."""
    known = {version.code: version for version in rules.fortress}
    base = known.get(st.query_params.get("rules")) or rules.fortress_at(quarter)
    aggregation = st.query_params.get("aggregation")
    return Choice(
        base,
        _numbers("weights", [each.points for each in base.dimensions], MOST_WEIGHT),
        _numbers("cut_offs", [star.minimum for star in base.stars[:-1]], MOST_SCORE),
        aggregation if aggregation in AGGREGATIONS else base.aggregation,
    )


def draw(tried: Choice, rules: Rules) -> None:
    """The reader's controls: rules, weights, cut-offs, aggregation, and the way back."""
    language = text.language()
    if len(rules.fortress) > 1:
        names = {version.code: version.en if language == "en" else version.zh for version in rules.fortress}
        st.session_state["what-if-rules"] = tried.base.code
        st.selectbox(
            _("Rule set"), list(names), format_func=names.get, key="what-if-rules", on_change=_keep_rules
        )
    st.markdown(f"**{_('Weights of the dimensions')}**  \n:gray[:small[{_('Made to add up to 100.')}]]")
    for number, (dimension, weight) in enumerate(zip(tried.base.dimensions, tried.weights, strict=True)):
        name = dimension.en if language == "en" else dimension.zh
        _slider(name, "weights", number, weight, 0.0, max(MOST_WEIGHT, dimension.points), len(tried.weights))
    st.markdown(f"**{_('Stars from')}**  \n:gray[:small[{_('At most the cut-off above it.')}]]")
    for number, (star, cut_off) in enumerate(zip(tried.base.stars, tried.cut_offs, strict=False)):
        name = star.en if language == "en" else star.zh
        _slider(name, "cut_offs", number, cut_off, 0.0, max(MOST_SCORE, star.minimum), len(tried.cut_offs))
    st.session_state["what-if-aggregation"] = tried.aggregation
    st.segmented_control(
        _("Dimensions are"),
        list(AGGREGATIONS),
        format_func=lambda code: _(AGGREGATIONS[code]),
        required=True,
        key="what-if-aggregation",
        on_change=_keep_aggregation,
    )
    st.button(_("Back to the official rules"), icon=":material/restart_alt:", key="what-if-reset", on_click=_reset)


def results(tried: Choice, matrix: pd.DataFrame, ranking: pd.DataFrame, everyone: pd.DataFrame) -> pd.DataFrame:
    """Every branch of `ranking` under the reader's choices beside its official standing, who moves furthest first.

    Ranks are among the branches shown: shown_rank the official one, what_if_rank the other, places_gained upwards.
    A quota of the rules goes by the ranks among `everyone`, a ranking like that shown, filtered or not; `matrix` has
    the evidence of everyone. The interval of chance is that of all ranked branches, so it is left out if some are
    not shown.
    """
    version = tried.version()
    scores = Scores(version, methods.gathered(version, matrix, everyone["org_id"].tolist()))
    found = methods.standing(scores, (everyone["ranking_state"] == "vetoed").to_numpy())
    found = found.set_index(everyone["org_id"]).loc[ranking["org_id"]].reset_index(drop=True)
    ranking = ranking.reset_index(drop=True)
    what_if_rank = found["rank"].rank(method="min")
    shown = ranking["org_id"].map(ranked(ranking).set_index("org_id")["shown_rank"])
    is_whole = bool((shown.dropna() == ranking["rank"].dropna()).all())
    rows = pd.DataFrame(
        {
            "branch_name": ranking["branch_name"],
            "district_name": ranking["district_name"],
            "rank": ranking["rank"],
            "what_if_rank": what_if_rank,
            "places_gained": shown - what_if_rank,
            "stars": ranking["stars"],
            "what_if_stars": found["stars"],
            "total": ranking["total"],
            "what_if_total": found["total"].round(2),
            "rank_low": ranking["rank_low"] if is_whole else np.nan,
            "rank_high": ranking["rank_high"] if is_whole else np.nan,
            "ranking_state": ranking["ranking_state"],
            "shown_rank": shown,
            "org_id": ranking["org_id"],
        }
    )
    furthest = rows["places_gained"].abs().sort_values(ascending=False, kind="stable", na_position="last")
    return rows.loc[furthest.index].reset_index(drop=True)


def sees_place(everyone: pd.DataFrame, summary: pd.DataFrame) -> bool:
    """Whether `everyone`, the unfiltered ranking, has all ranked branches of the place that `summary` counts."""
    return summary.empty or everyone["rank"].count() == summary["place_ranked_count"].iloc[0]


def without_stars(rows: pd.DataFrame) -> pd.DataFrame:
    """`results` for a reader who does not see the whole place that a quota shares its stars out in."""
    return rows.assign(what_if_stars=np.nan)


def movers(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of `results` who rise and fall furthest, some each way, from the furthest rise to the furthest fall."""
    falling = rows[rows["places_gained"].notna() & (rows["places_gained"] != 0)]
    falling = falling.sort_values(["places_gained", "shown_rank"], ascending=[False, True])
    rises, falls = falling[falling["places_gained"] > 0], falling[falling["places_gained"] < 0]
    return pd.concat([rises.head(SHOWN_EACH_WAY), falls.tail(SHOWN_EACH_WAY)], ignore_index=True)


def star_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Branches of `results` by stars, officially and under the reader's choices: one row per basis and stars."""
    counted = [
        rows[column].dropna().astype(int).value_counts().rename_axis("stars").reset_index(name="branch_count")
        for column in ("stars", "what_if_stars")
    ]
    parts = [
        part.assign(score_basis=basis, branch_share=part["branch_count"] / part["branch_count"].sum())
        for basis, part in zip(BASES, counted, strict=True)
    ]
    order = ["score_basis", "stars", "branch_count", "branch_share"]
    return pd.concat(parts, ignore_index=True)[order].sort_values(
        ["score_basis", "stars"], ascending=[True, False], ignore_index=True
    )


def tiles(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Tiles over `results`: who changes star (None without any), how far ranks move, who moves furthest."""
    gained = rows["what_if_stars"] - rows["stars"]
    moved = rows["places_gained"].dropna()
    up, down = int((gained > 0).sum()), int((gained < 0).sum())
    has_stars = rows["what_if_stars"].notna().any()
    furthest = rows[rows["places_gained"].notna()].head(1)
    return [
        {
            "title": _("Branches that change star"),
            "value": up + down if has_stars else None,
            "kind": "count",
            "note": _("▲ {up} more, ▼ {down} fewer stars, of {count}").format(
                up=text.number(up, "count"),
                down=text.number(down, "count"),
                count=text.number(len(rows), "count"),
            )
            if has_stars
            else _("the quota goes by ranks in the whole place"),
        },
        {
            "title": _("Mean rank shift"),
            "value": float(moved.abs().mean()) if len(moved) else None,
            "kind": "number",
            "note": _("places; {count} branches keep their rank").format(
                count=text.number(int((moved == 0).sum()), "count")
            ),
        },
        {
            "title": _("Furthest move"),
            "value": float(furthest["places_gained"].iloc[0]) if len(furthest) else None,
            "kind": "count_change",
            "note": _("places; {name}").format(name=furthest["branch_name"].iloc[0])
            if len(furthest) and furthest["places_gained"].iloc[0]
            else "",
        },
    ]


def _slider(name: str, parameter: str, number: int, value: float, low: float, high: float, count: int) -> None:
    key = f"what-if-{parameter}-{number}"
    st.session_state[key] = value
    st.slider(name, low, high, step=1.0, format="%g", key=key, on_change=_keep_numbers, args=(parameter, count))


def _numbers(parameter: str, own: list[float], most: float) -> tuple[float, ...]:
    """Numbers of the address, as many as the rules have, each from 0 to `most`; else those of the rules."""
    try:
        given = [float(each) for each in st.query_params.get(parameter, "").split("_")]
    except ValueError:
        return tuple(own)
    bounds = [max(most, each) for each in own]
    is_sound = len(given) == len(own) and all(0 <= each <= high for each, high in zip(given, bounds, strict=True))
    return tuple(given) if is_sound else tuple(own)


def _keep_numbers(parameter: str, count: int) -> None:
    numbers = [st.session_state[f"what-if-{parameter}-{number}"] for number in range(count)]
    st.query_params[parameter] = "_".join(f"{each:g}" for each in numbers)


def _keep_rules() -> None:
    """Another version begins with its own weights, cut-offs and aggregation."""
    _reset()
    st.query_params["rules"] = st.session_state["what-if-rules"]


def _keep_aggregation() -> None:
    st.query_params["aggregation"] = st.session_state["what-if-aggregation"]


def _reset() -> None:
    for parameter in IN_ADDRESS:
        st.query_params.pop(parameter, None)
