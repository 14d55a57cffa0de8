"""People by band, star and award, and their ledger; what is hidden is hatched or left out, never drawn."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import privacy
from dashboard.charts import theme
from dashboard.charts.marks import stars
from dashboard.text import _, moment, number

# Order of the bars from the axis on; hatching is the second cue beside colour.
STYLES: dict[str, dict[str, Any]] = {
    "starred": {"color": theme.GOOD},
    "eligible": {"color": theme.GOOD},
    "qualified": {"color": theme.DATA_SOFT},
    "not_eligible": {"color": theme.DATA_SOFT},
    "pending": {"color": "#b9c2ce", "pattern": {"shape": ".", "fillmode": "overlay", "fgcolor": "#5d6877", "size": 6}},
    "exempt": {"color": "#dde2e8"},
    "warning": {"color": theme.WATCH, "pattern": {"shape": "\\", "fillmode": "overlay", "fgcolor": "#6b4a00"}},
}
HIDDEN_STYLE = {"color": "rgba(128,138,150,0.10)", "pattern": {"shape": "/", "fgcolor": theme.MUTED}}
STAR_STYLES = {"3": "#9cc9bb", "4": "#4aa588", "5": theme.GOOD}
BAR_HEIGHT = 30


def people_shares(
    rows: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    group: str,
    kind: str,
    words: dict[str, str],
    horizontal: bool = False,
) -> go.Figure:
    """Share of people by `kind` (band, award_state) in each `group`, bars of 100 %.

    `rows`: group, kind, member_count; `totals`: group, member_count, both as `people.query` gives them, groups
    written out. What is hidden is one hatched piece: the rest of the bar, or all of it where the total is
    hidden. The legend gives the shares of the last group of upright bars.
    """
    groups = list(dict.fromkeys(totals[group]))
    whole = privacy.number(totals.set_index(group)["member_count"]).reindex(groups)
    counts = rows.assign(member_count=privacy.number(rows["member_count"]))
    table = counts.pivot_table(index=group, columns=kind, values="member_count", aggfunc="sum").reindex(groups)
    shares = table.div(whole, axis=0)
    has_hidden = rows[group][privacy.is_hidden(rows["member_count"])]
    is_partly = pd.Series(groups, groups).isin(has_hidden) | whole.isna()
    rest = (1 - shares.sum(axis=1)).where(is_partly, 0).clip(lower=0).where(whole.notna(), 1.0)
    traces = []
    for code in [code for code in STYLES if code in shares]:
        values = shares[code]
        last = "" if horizontal or pd.isna(values.iloc[-1]) else f" {number(float(values.iloc[-1]), 'share')}"
        spoken = [
            f"{name}<br>{words[code]}: {number(count, 'count')} ({number(share, 'share')})"
            for name, count, share in zip(groups, table[code], values, strict=True)
        ]
        traces.append(_bar(groups, values, words[code] + last, STYLES[code], spoken, horizontal))
    if rest.gt(1e-9).any():
        traces.append(_bar(groups, rest, _("Hidden"), HIDDEN_STYLE, [_("Hidden")] * len(groups), horizontal))
    if horizontal:
        return theme.figure(
            *traces,
            height=BAR_HEIGHT * len(groups) + 84,
            legend=True,
            barmode="stack",
            bargap=0.25,
            xaxis={"range": [0, 1], "tickformat": ".0%", "showgrid": False, "nticks": 5, "fixedrange": True},
            yaxis={"autorange": "reversed", "fixedrange": True},
        )
    return theme.figure(
        *traces,
        height=330,
        legend=True,
        barmode="stack",
        bargap=0.2,
        xaxis={"type": "category", "nticks": 6, "tickangle": 0, "showgrid": False, "fixedrange": True},
        yaxis={"range": [0, 1], "tickformat": ".0%", "nticks": 5, "fixedrange": True},
    )


def star_counts(rows: pd.DataFrame) -> go.Figure:
    """Starred members by stars, one upright bar per quarter; a hidden number has no bar.

    `rows`: quarter, stars ("3" to "5"), member_count.
    """
    if rows.empty:
        return theme.sentence(_("Nobody has earned stars."))
    quarters = [moment(quarter, "quarter") for quarter in rows["quarter"]]
    shown = rows.assign(short=_short(rows["quarter"]), quarter=quarters, number=privacy.number(rows["member_count"]))
    traces = []
    for count, colour in STAR_STYLES.items():
        part = shown[shown["stars"] == count]
        spoken = [
            f"{quarter}<br>{stars(int(count))}: {value if isinstance(value, str) else number(value, 'count')}"
            for quarter, value in zip(part["quarter"], part["member_count"], strict=True)
        ]
        traces.append(_bar(list(part["short"]), part["number"], stars(int(count)), {"color": colour}, spoken, False))
    order = list(dict.fromkeys(shown["short"]))
    return theme.figure(
        *traces,
        height=330,
        legend=True,
        barmode="stack",
        bargap=0.2,
        xaxis={"type": "category", "categoryorder": "array", "categoryarray": order, "nticks": 6, "tickangle": 0,
               "showgrid": False, "fixedrange": True},
        yaxis={"nticks": 5, "tickformat": ",.0f", "fixedrange": True, "rangemode": "tozero"},
    )  # fmt: skip


def ledger(rows: pd.DataFrame) -> go.Figure:
    """Points earned (up), redeemed (down) and the balance (line) by half-year; hidden numbers have no mark.

    `rows`: half, earned_points, redeemed_points, balance_points.
    """
    halves = [moment(half, "half") for half in rows["half"]]
    short = [f"{half:%Y} H{1 if half.month <= 6 else 2}" for half in rows["half"]]
    earned, redeemed, balance = (
        privacy.number(rows[f"{name}_points"]) for name in ("earned", "redeemed", "balance")
    )

    def spoken(word: str, values: pd.Series) -> list[str]:
        return [f"{half}<br>{word}: {number(value, 'count')}" for half, value in zip(halves, values, strict=True)]

    up, down, line = _("Earned"), _("Redeemed"), _("Balance")
    return theme.figure(
        _bar(short, earned, up, {"color": theme.GOOD}, spoken(up, earned), False),
        _bar(short, -redeemed, down, {"color": theme.DATA_SOFT}, spoken(down, redeemed), False),
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": line,
            "x": short,
            "y": list(balance),
            "line": {"color": theme.DATA, "width": 3},
            "marker": {"size": 8},
            "customdata": spoken(line, balance),
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        height=330,
        legend=True,
        barmode="relative",
        bargap=0.35,
        xaxis={"type": "category", "showgrid": False, "tickangle": 0, "nticks": 6, "fixedrange": True},
        yaxis={"nticks": 6, "tickformat": ",.0f", "zeroline": True, "zerolinecolor": theme.MUTED, "fixedrange": True},
    )


def _bar(
    groups: list[str], values: pd.Series, name: str, style: dict, spoken: list[str], horizontal: bool
) -> dict[str, Any]:
    lengths = [None if pd.isna(value) else value for value in values]
    return {
        "type": "bar",
        "name": name,
        "orientation": "h" if horizontal else "v",
        "x": lengths if horizontal else groups,
        "y": groups if horizontal else lengths,
        "marker": style,
        "customdata": spoken,
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _short(quarters: pd.Series) -> list[str]:
    return [f"{quarter:%Y} Q{(quarter.month + 2) // 3}" for quarter in quarters]
