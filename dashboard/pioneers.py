"""Counts of members made ready for the figures of the pioneer page. They come from `people.query`: nothing here
ever sees a number that may not be shown."""

from datetime import date
from typing import Any

import pandas as pd

from dashboard import access, people, privacy, text
from dashboard.store import query
from dashboard.text import _

QUARTERS, MONTHS = 12, 36


def bands_by_quarter(chosen: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Members by band and in all, for the twelve quarters up to the chosen one: quarter, (band,) member_count."""
    parts = people.query("pioneer_bands", ["quarter", "band"], **chosen)
    whole = people.query("pioneer_bands", ["quarter"], **chosen)
    return until(parts, "quarter", chosen["quarter"], QUARTERS), until(whole, "quarter", chosen["quarter"], QUARTERS)


def stars_by_quarter(chosen: dict[str, Any]) -> pd.DataFrame:
    """Starred members by stars for the same quarters: quarter, stars, member_count."""
    rows = people.query("pioneer_bands", ["quarter", "band", "stars"], **chosen)
    starred = rows[rows["band"] == "starred"].drop(columns="band")
    return until(starred, "quarter", chosen["quarter"], QUARTERS)


def mean_scores(chosen: dict[str, Any]) -> pd.DataFrame:
    """Mean monthly score of the selection and of its districts: level, district_name, month, mean_score."""
    months = people.query("pioneer_months", ["month"], **chosen).assign(level="selection", district_name=None)
    districts = people.query("pioneer_months", ["district_code", "month"], **chosen).dropna(subset="district_name")
    rows = pd.concat([months, districts.assign(level="district")])[["level", "district_name", "month", "mean_score"]]
    return until(rows, "month", chosen["end_month"], MONTHS)


def lines(scores: pd.DataFrame) -> pd.DataFrame:
    """The same rows with what may be drawn of the mean score as `value`."""
    return scores.assign(value=privacy.number(scores["mean_score"]))


def half_years(chosen: dict[str, Any]) -> pd.DataFrame:
    """The redemption ledger up to the chosen period."""
    return until(people.query("pioneer_halves", ["half"], **chosen), "half", chosen["end_month"], QUARTERS)


def awards(chosen: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Members by state of the yearly award and in all, up to the chosen year: year, (award_state,) member_count."""
    parts = people.query("pioneer_years", ["year", "award_state"], **chosen)
    whole = people.query("pioneer_years", ["year"], **chosen)
    last = chosen["end_month"].year
    return parts[parts["year"] <= last], whole[whole["year"] <= last]


def by_district(chosen: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Members by district and band, and by district, in the chosen quarter."""
    parts = people.query("pioneer_bands", ["district_code", "band"], **chosen)
    whole = people.query("pioneer_bands", ["district_code"], **chosen)
    return _named(parts), _named(whole)


def by_category(chosen: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Members by category and band, and by category, in the chosen quarter."""
    parts = people.query("pioneer_categories", ["category", "band"], **chosen)
    return parts, people.query("pioneer_categories", ["category"], **chosen)


def branch_table(chosen: dict[str, Any]) -> pd.DataFrame:
    """One row per branch, the largest share of starred members first, then hidden ones."""
    rows = people.query("pioneer_branches", ["org_id", "band"], **chosen)
    return _by_star(rows, "org_id", ["branch_name", "district_name"])


def unfiltered(chosen: dict[str, Any]) -> dict[str, Any]:
    """The same choices for the whole scope."""
    return {**chosen, "districts": [], "compound_types": []}


def unit_type_table(chosen: dict[str, Any]) -> pd.DataFrame:
    """The same with one row per kind of unit, over the whole scope whatever is filtered; empty where it is not safe.

    Those who work for a unit are members in service: where a category is hidden, kinds of unit would add up to it.
    """
    whole = unfiltered(chosen)
    categories = [people.query("pioneer_categories", ["category", *band], **whole) for band in ([], ["band"])]
    if any(privacy.are_hidden(rows["member_count"]).any() for rows in categories):
        return pd.DataFrame()
    rows = people.query("pioneer_unit_types", ["unit_type", "band"], **whole)
    return _by_star(rows[rows["unit_type"] != "none"], "unit_type", ["unit_type"])


def _by_star(rows: pd.DataFrame, key: str, named: list[str]) -> pd.DataFrame:
    rated = rows[rows["band"] == privacy.ALL]
    starred = rows[rows["band"] == "starred"].set_index(key)["member_count"]
    table = rated.rename(columns={"member_count": "rated_count"}).assign(
        starred_count=rated[key].map(starred).where(rated[key].isin(starred.index), 0)
    )
    share = pd.Series(map(privacy.ratio, table["starred_count"], table["rated_count"]), table.index, dtype=object)
    table["starred_share"] = [text.number(value, "share") for value in share]
    table["branch_mean_score"] = [text.number(value, "score") for value in table["mean_score"]]
    order = privacy.number(share).sort_values(ascending=False, kind="stable").index
    columns = [*named, "rated_count", "starred_count", "starred_share", "branch_mean_score"]
    return table.loc[order, columns].reset_index(drop=True)


def until(rows: pd.DataFrame, time: str, last: date, count: int) -> pd.DataFrame:
    """Rows up to a moment, of the last `count` moments there are."""
    past = rows[rows[time] <= pd.Timestamp(last)]
    return past[past[time].isin(sorted(past[time].unique())[-count:])].reset_index(drop=True)


def written(rows: pd.DataFrame, time: str) -> pd.DataFrame:
    """Rows with their quarters or years as the short words of an axis."""
    if time == "year":
        return rows.assign(year=rows["year"].astype(int).astype(str))
    return rows.assign(**{time: [text.tick(moment, "quarter") for moment in rows[time]]})


def hidden_words(*frames: pd.DataFrame) -> str | None:
    """What the marks of hidden numbers mean, if any of these rows has one."""
    has_hidden = any(
        privacy.are_hidden(rows[column]).any()
        for rows in frames
        for column in rows
        if column.endswith(("_count", "_points")) and rows[column].dtype == object
    )
    if not has_hidden:
        return None
    return _("Hatched or left out: fewer than 5 people (<5), and what would give such numbers away (*).")


def names(chosen: dict[str, Any]) -> tuple[pd.DataFrame, str]:
    """Starred members of the reader's own branch under masked names, and why there are none where there are none."""
    rows = query("pioneer_names", **chosen)
    if not access.reader().own_branch:
        sentence = _("Names are shown to a branch alone, for its own starred members. This view belongs to no branch.")
        return rows, sentence
    if rows.empty:
        return rows, _("Your branch has no starred member in this quarter.")
    return rows, _("Masked names of your own branch's starred members. Other members are never listed.")


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.dropna(subset="district_name").drop(columns="district_code")
