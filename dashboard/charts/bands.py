"""People by band, star and award, and their ledger; what is hidden is hatched or left out, never drawn."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import privacy
from dashboard.charts import theme
from dashboard.charts.marks import head, stars, texts
from dashboard.text import _, moment, number, tick

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
    known = rows.assign(number=privacy.number(rows["member_count"]), hidden=privacy.is_hidden(rows["member_count"]))
    counts = known.pivot_table(index=group, columns=kind, values="number", aggfunc="sum").reindex(groups)
    hidden = known.pivot_table(index=group, columns=kind, values="hidden", aggfunc="any", fill_value=False)
    hidden = hidden.reindex(index=groups, columns=counts.columns, fill_value=False).astype(bool)
    shares = counts.fillna(0).mask(hidden).div(whole, axis=0)
    rest = (1 - shares.sum(axis=1)).where(hidden.any(axis=1), 0).clip(lower=0).where(whole.notna(), 1.0)
    said = shares.map(lambda share: privacy.HIDDEN if pd.isna(share) else number(share, "share"))
    codes = [code for code in STYLES if code in shares]
    traces = []
    for code in codes:
        spoken = [
            f"{name}<br>{words[code]}: {number(count, 'count')} ({share})"
            for name, count, share in zip(groups, counts[code], said[code], strict=True)
        ]
        name = words[code] if horizontal else f"{words[code]} {said[code].iloc[-1]}"
        traces.append(_bar(groups, shares[code], name, STYLES[code], spoken, horizontal))
    if rest.gt(privacy.TOLERANCE).any():
        traces.append(_bar(groups, rest, _("Hidden"), HIDDEN_STYLE, [_("Hidden")] * len(groups), horizontal))
    if not horizontal:
        return theme.figure(
            *traces,
            height=330,
            legend=True,
            barmode="stack",
            bargap=0.2,
            xaxis={"type": "category", "nticks": 6, "tickangle": 0, "showgrid": False, "fixedrange": True},
            yaxis={"range": [0, 1], "tickformat": ".0%", "nticks": 5, "fixedrange": True},
        )
    first = f"<b>{words[codes[0]]}</b>"
    return theme.figure(
        *traces,
        texts([1.01] * len(groups), groups, list(said[codes[0]]), "middle right"),
        height=BAR_HEIGHT * len(groups) + 104,
        legend=True,
        barmode="stack",
        bargap=0.25,
        margin={"t": 30, "r": 58},
        annotations=[head(1.01, first) | {"xanchor": "left", "yanchor": "bottom"}],
        xaxis={"range": [0, 1], "tickformat": ".0%", "showgrid": False, "tickvals": [0, 0.5, 1], "fixedrange": True},
        yaxis={"autorange": "reversed", "fixedrange": True},
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
    short = [tick(half, "half") for half in rows["half"]]
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
    return [tick(quarter, "quarter") for quarter in quarters]
