"""Rows of the appraisal page made ready for its figures, and what is said beside them."""

from datetime import date
from typing import Any

import pandas as pd

from dashboard import catalogue, text
from dashboard.charts import theme
from dashboard.profile import Profile
from dashboard.text import _

DIMENSIONS = ("service_quality", "satisfaction", "innovation")
ENDS = 10  # communities shown at each end of the ranking
OPEN = ("overdue", "running")


def choices(chosen: dict[str, Any], profile: Profile) -> dict[str, Any]:
    """The filters with the score from which a community meets the place's standard (None without one)."""
    return {**chosen, "pass_score": profile.appraisal.get("pass_score")}


def year(chosen: dict[str, Any]) -> dict[str, Any]:
    """The whole place in the year of the period up to its last quarter: what awards go by, whatever is filtered."""
    return {**chosen, "start_month": date(chosen["quarter"].year, 1, 1), "districts": []}


def tiles(
    dimensions: pd.DataFrame, quarters: pd.DataFrame, ranking: pd.DataFrame, programmes: pd.DataFrame, profile: Profile
) -> list[dict[str, Any]]:
    """Mean score by dimension with its course, communities below standard, weak branches under rectification."""
    words = dimension_words()
    whole = {
        row["appraisal_dimension"]: row
        for row in theme.records(dimensions[dimensions["level"] == "selection"])
        if row["appraisal_dimension"] in DIMENSIONS
    }
    line = [
        {
            "title": words[dimension],
            "value": whole[dimension]["appraisal_score"] if dimension in whole else None,
            "kind": "score",
            "history": _course(quarters, dimension),
            "note": _("{count} communities").format(count=text.number(whole[dimension]["appraised_count"], "count"))
            if dimension in whole
            else "",
        }
        for dimension in DIMENSIONS
    ]
    weak = programmes[programmes["rectification_kind"] == "weak_branch"]
    late = int((weak["progress_state"] == "overdue").sum())
    standard = profile.appraisal.get("pass_score")
    return [
        *line,
        {
            "title": _("Below standard"),
            "value": int((ranking["below_count"] > 0).sum()) if standard is not None and len(ranking) else None,
            "kind": "count",
            "note": _("below {score} points in a dimension").format(score=f"{standard:g}")
            if standard is not None
            else _("the place has no standard in its profile"),
        },
        {
            "title": _("Weak branches"),
            "value": int(weak["progress_state"].isin(OPEN).sum()),
            "kind": "count",
            "note": _("past their time limit: {count}").format(count=text.number(late, "count")),
        },
    ]


def ends(ranking: pd.DataFrame) -> pd.DataFrame:
    """The first and the last communities that have a rank; ties at the edge are cut as they stand."""
    ranked = ranking[ranking["community_rank"].notna()]
    return pd.concat([ranked.head(ENDS), ranked.iloc[max(ENDS, len(ranked) - ENDS) :]])


def ranking_words(ranking: pd.DataFrame) -> str:
    """How far ranks can be trusted: how wide they typically are, and how many communities have none."""
    ranked = ranking[ranking["community_rank"].notna()]
    known = ranked[ranked["best_rank"].notna()]
    parts = []
    if len(known):
        widths = known["last_rank"].astype(float) - known["best_rank"].astype(float) + 1
        parts.append(
            _("In brackets: the ranks that 90 % intervals leave open, typically {width} of {count}.").format(
                width=text.number(widths.median(), "count"), count=text.number(len(ranked), "count")
            )
        )
    if len(ranked) > len(known):
        parts.append(_("Without a number of respondents there is no interval."))
    if len(ranking) > len(ranked):
        parts.append(
            _("{count} communities lack a dimension and have no rank.").format(
                count=text.number(len(ranking) - len(ranked), "count")
            )
        )
    return text.sentences(*parts, _("Equal totals share a rank."))


def dimension_words() -> dict[str, str]:
    """What a reader calls the three dimensions of the ranking."""
    return {dimension: catalogue.title(name) for dimension, name in _NAMES.items()}


def dimension_rows(dimensions: pd.DataFrame) -> pd.DataFrame:
    """Dimensions of the whole selection, without the names of the level and the columns that nobody fills."""
    own = dimensions[dimensions["level"] == "selection"]
    own = own[
        ["appraisal_dimension", "top_down_score", "bottom_up_score", "direction_gap", "below_standard_count",
         "appraised_count", "appraisal_score", "appraisal_respondents"]
    ]  # fmt: skip
    return own.drop(columns=[name for name in ("direction_gap", "below_standard_count") if own[name].isna().all()])


def by_district(dimensions: pd.DataFrame, ranking: pd.DataFrame) -> list[dict[str, Any]]:
    """One row per district: mean score in each dimension, and communities below standard in any of them."""
    low = ranking.loc[ranking["below_count"] > 0, "district_name"].value_counts().to_dict()
    table: dict[str, dict[str, Any]] = {}
    for row in theme.records(dimensions[dimensions["level"] == "district"]):
        if row["appraisal_dimension"] in DIMENSIONS:
            line = table.setdefault(row["district_name"], {"district_name": row["district_name"], "appraised_count": 0})
            line["appraised_count"] = max(line["appraised_count"], row["appraised_count"])
            line[_NAMES[row["appraisal_dimension"]]] = row["appraisal_score"]
            if pd.notna(row["below_standard_count"]):  # the place has a standard
                line["below_standard_count"] = low.get(row["district_name"], 0)
    return [
        {
            name: line.get(name)
            for name in ("district_name", "appraised_count", *_NAMES.values(), "below_standard_count")
        }
        for line in table.values()
    ]


def with_ranks(awards: pd.DataFrame, ranking: pd.DataFrame) -> pd.DataFrame:
    """Awards with the rank, the ranks left open and the total of the year's appraisal of the community rewarded."""
    own = ranking[["community_code", "community_rank", "best_rank", "last_rank", "appraisal_total"]]
    joined = awards.merge(own, left_on="awarded_code", right_on="community_code", how="left")
    joined = joined.drop(columns=["community_code", "awarded_code"])
    return joined[[*(name for name in joined if name != "awarded_kind"), "awarded_kind"]]


def award_words(awards: pd.DataFrame) -> str:
    """What all awards of the year come to, and that an amount is of one award."""
    amounts = awards["award_yuan"]
    words = _("{count} awards, {yuan} yuan in all; an amount is that of one award.").format(
        count=text.number(len(awards), "count"), yuan=text.number(amounts.sum(), "yuan")
    )
    missing = int(amounts.isna().sum())
    if not missing:
        return words
    more = _("Without an amount: {count}.").format(count=text.number(missing, "count"))
    return text.sentences(words, more)


def below(ranking: pd.DataFrame, programmes: pd.DataFrame) -> pd.DataFrame:
    """Communities below standard in a dimension, the lowest total first, with the state of the help they get."""
    helps = programmes[programmes["rectification_kind"] == "below_standard"]
    states = dict(zip(helps["community_code"], helps["progress_state"], strict=True))
    steps = dict(zip(helps["community_code"], helps["steps_share"], strict=True))
    own = ranking[ranking["below_count"] > 0].sort_values(["appraisal_total", "community_code"])
    own = own.assign(
        help_state=[states.get(code, "none") for code in own["community_code"]],
        steps_share=[steps.get(code, float("nan")) for code in own["community_code"]],
    )
    return own[
        ["community_name", "help_state", *_NAMES.values(), "appraisal_total", "best_rank", "last_rank", "steps_share",
         "district_name"]
    ]  # fmt: skip


def below_words(rows: pd.DataFrame) -> str:
    """How many communities below standard nobody helps."""
    alone = int((rows["help_state"] == "none").sum())
    return _("Not helped: {alone} of {count}.").format(
        alone=text.number(alone, "count"), count=text.number(len(rows), "count")
    )


def of_kind(programmes: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Programmes of one kind, without the columns that only serve to join them."""
    own = programmes[programmes["rectification_kind"] == kind]
    first = ["programme_subject", "progress_state", "steps_share", "programme_days_left", "finding_kind"]
    rest = [name for name in own if name not in (*first, "rectification_kind", "community_code")]
    return own[[*first, *rest]]


def quarters_words(quarters: pd.DataFrame) -> str:
    """From the first to the last quarter of rows by quarter."""
    first, last = quarters["quarter"].min(), quarters["quarter"].max()
    return " – ".join(dict.fromkeys(text.moment(each, "quarter") for each in (first, last)))


def _course(quarters: pd.DataFrame, dimension: str) -> list[float] | None:
    scores = quarters.loc[quarters["appraisal_dimension"] == dimension, "appraisal_score"].tolist()
    return scores if len(scores) > 1 else None


_NAMES = {"service_quality": "service_quality", "satisfaction": "satisfaction_score", "innovation": "innovation"}
