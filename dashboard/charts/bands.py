"""People by band, star and award, and their ledger; what is hidden is hatched or left out, never drawn."""

from typing import Any

import pandas as pd

from dashboard import privacy
from dashboard.charts import theme
from dashboard.charts.marks import head, moments, stars, texts
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
HEAD_HEIGHT = 20  # of the words above the column of shares
YEAR_OF = {"quarter": 4, "half": 2, "year": 1}  # bars of one year, of which the first is labelled


def people_shares(
    rows: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    group: str,
    kind: str,
    words: dict[str, str],
    horizontal: bool = False,
) -> theme.Figure:
    """Share of people by `kind` (band, award_state) in each `group`, bars of 100 %.

    `rows`: group, kind, member_count; `totals`: group, member_count, both as `people.query` gives them, groups
    written out. What is hidden is one hatched piece: the rest of the bar, or all of it where the total is
    hidden. The legend gives the shares of the last group of upright bars.
    """
    whole = dict(zip(totals[group], map(_visible, totals["member_count"]), strict=True))
    counts = dict(zip(zip(rows[group], rows[kind], strict=True), rows["member_count"], strict=True))
    groups, codes = list(whole), [code for code in STYLES if code in set(rows[kind])]
    shares = {code: [_share(counts.get((name, code), 0), whole[name]) for name in groups] for code in codes}
    said = {code: [privacy.HIDDEN if s is None else number(s, "share") for s in shares[code]] for code in codes}
    traces = []
    for code in codes:
        spoken = [
            f"{name}<br>{words[code]}: {number(_visible(counts.get((name, code))), 'count')} ({share})"
            for name, share in zip(groups, said[code], strict=True)
        ]
        name = words[code] if horizontal else f"{words[code]} {said[code][-1]}"
        traces.append(_bar(groups, shares[code], name, STYLES[code], spoken, horizontal))
    rest = [_rest([shares[code][at] for code in codes]) for at in range(len(groups))]
    if any(rest):
        traces.append(_bar(groups, rest, _("Hidden"), HIDDEN_STYLE, [_("Hidden")] * len(groups), horizontal))
    if not horizontal:
        return theme.figure(
            *traces,
            height=330,
            legend=True,
            barmode="stack",
            bargap=0.2,
            xaxis=moments(groups, YEAR_OF[group]),
            yaxis={"range": [0, 1], "tickformat": ".0%", "nticks": 5, "fixedrange": True},
        )
    first = f"<b>{words[codes[0]]}</b>"
    return theme.figure(
        *traces,
        texts([1.03] * len(groups), groups, said[codes[0]], "middle right"),
        height=BAR_HEIGHT * len(groups) + 104,
        barmode="stack",
        bargap=0.25,
        legend=True,
        legend_y=1 + HEAD_HEIGHT / (BAR_HEIGHT * len(groups)),
        annotations=[head(1.03, first) | {"xanchor": "left", "yanchor": "bottom"}],
        # Words outside the range of an axis are not drawn: it goes on for the shares beside the bars.
        xaxis={"range": [0, 1.2], "tickformat": ".0%", "showgrid": False, "tickvals": [0, 0.5, 1], "fixedrange": True},
        yaxis={"autorange": "reversed", "showgrid": False, "fixedrange": True},
    )


def star_counts(rows: pd.DataFrame) -> theme.Figure:
    """Starred members by stars, one upright bar per quarter; a hidden number has no bar.

    `rows`: quarter, stars ("3" to "5"), member_count.
    """
    if rows.empty:
        return theme.sentence(_("Nobody has earned stars."))
    if not any(_visible(count) for count in rows["member_count"]):
        return theme.sentence(_("All numbers are hidden: too few people."))
    traces = []
    for count, colour in STAR_STYLES.items():
        part = [row for row in theme.records(rows) if row["stars"] == count]
        spoken = [
            f"{moment(row['quarter'], 'quarter')}<br>{stars(int(count))}: {_written(row['member_count'])}"
            for row in part
        ]
        lengths = [_visible(row["member_count"]) for row in part]
        quarters = [tick(row["quarter"], "quarter") for row in part]
        traces.append(_bar(quarters, lengths, stars(int(count)), {"color": colour}, spoken, False))
    order = [tick(quarter, "quarter") for quarter in dict.fromkeys(rows["quarter"])]
    return theme.figure(
        *traces,
        height=330,
        legend=True,
        barmode="stack",
        bargap=0.2,
        xaxis=moments(order, YEAR_OF["quarter"]) | {"categoryorder": "array", "categoryarray": order},
        yaxis={"nticks": 5, "tickformat": ",.0f", "fixedrange": True, "rangemode": "tozero"},
    )


def ledger(rows: pd.DataFrame) -> theme.Figure:
    """Points earned (up), redeemed (down) and the balance (line) by half-year; hidden numbers have no mark.

    `rows`: half, earned_points, redeemed_points, balance_points.
    """
    halves = [moment(half, "half") for half in rows["half"]]
    short = [tick(half, "half") for half in rows["half"]]
    earned, redeemed, balance = (
        [_visible(value) for value in rows[f"{name}_points"]] for name in ("earned", "redeemed", "balance")
    )
    down_to = [None if value is None else -value for value in redeemed]

    def spoken(word: str, values: list[float | None]) -> list[str]:
        return [f"{half}<br>{word}: {number(value, 'count')}" for half, value in zip(halves, values, strict=True)]

    up, down, line = _("Earned"), _("Redeemed"), _("Balance")
    return theme.figure(
        _bar(short, earned, up, {"color": theme.GOOD}, spoken(up, earned), False),
        _bar(short, down_to, down, {"color": theme.DATA_SOFT}, spoken(down, redeemed), False),
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": line,
            "x": short,
            "y": balance,
            "line": {"color": theme.DATA, "width": 3},
            "marker": {"size": 8},
            "customdata": spoken(line, balance),
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        height=330,
        legend=True,
        barmode="relative",
        bargap=0.35,
        xaxis=moments(short, YEAR_OF["half"]),
        yaxis={"nticks": 6, "tickformat": ",.0f", "zeroline": True, "zerolinecolor": theme.MUTED, "fixedrange": True},
    )


def _bar(
    groups: list[str], lengths: list[float | None], name: str, style: dict, spoken: list[str], horizontal: bool
) -> dict[str, Any]:
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


def _visible(value: Any) -> float | None:
    """A published value as a number to draw; None where it is hidden or there is none."""
    return None if privacy.is_hidden(value) or pd.isna(value) else value


def _written(value: Any) -> str:
    return value if privacy.is_hidden(value) else number(value, "count")


def _share(count: Any, whole: float | None) -> float | None:
    """Share of a whole that may be drawn; None where either is hidden."""
    return None if privacy.is_hidden(count) or whole is None else count / whole


def _rest(shares: list[float | None]) -> float:
    """What the hidden pieces of a bar take together; 0 where nothing is hidden."""
    if None not in shares:
        return 0.0
    left = 1 - sum(share for share in shares if share is not None)
    return left if left > privacy.TOLERANCE else 0.0
