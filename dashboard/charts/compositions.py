"""Units divided into parts: one bar of 100 % each, with the numbers in it."""

from typing import Any

from dashboard.charts import theme
from dashboard.text import _, number

LABELLED_SHARE = 0.09  # of a bar: below it a number does not fit on a phone
LINE = 30
LEGEND_LINE, PARTS_IN_LINE = 19, 3  # of the legend: its height, and how many parts it holds
# From dark to light, no signal colours: no part is better than another. Ink that can be read on each.
SHADES = (("#0f5c7a", "#ffffff"), ("#5b9fc4", "#12202b"), ("#b7d3e3", "#12202b"), ("#e3c07e", "#12202b"))
REST = ("#d5dae0", "#12202b")


def composition(
    rows: theme.Rows,
    *,
    group: str,
    kind: str,
    words: dict[str, str],
    amount: str = "branch_count",
    share: str = "share_of_branches",
    shades: tuple[tuple[str, str], ...] = SHADES,
) -> theme.Figure:
    """Shares by `kind` in each `group`, groups from the top in the order of the rows.

    `rows`: group, kind and two numbers, `amount` and its `share` of the group; `words` names the kinds in the order
    of the parts. A kind that is null is not reported and stands last, in grey.
    `shades` are colours of parts with the ink that can be read on each.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    groups = list(dict.fromkeys(row[group] for row in records))
    traces = []
    for at, (code, name) in enumerate(words.items()):
        part = [row for row in records if row[kind] == code]
        if part:
            traces.append(_part(part, group, name, shades[at % len(shades)], (amount, share)))
    unknown = [row for row in records if row[kind] not in words]
    if unknown:
        traces.append(_part(unknown, group, _("Not reported"), REST, (amount, share)))
    return theme.figure(
        *traces,
        height=LINE * len(groups) + 84 + LEGEND_LINE * ((len(traces) - 1) // PARTS_IN_LINE),
        legend=True,
        barmode="stack",
        bargap=0.25,
        margin={"r": 22},
        xaxis={
            "range": [0, 1], "tickvals": [0, 0.5, 1], "tickformat": ".0%", "showgrid": False, "fixedrange": True,
        },
        yaxis={"categoryorder": "array", "categoryarray": groups[::-1], "fixedrange": True},
    )  # fmt: skip


def _part(
    rows: list[dict[str, Any]], group: str, name: str, look: tuple[str, str], numbers: tuple[str, str]
) -> dict[str, Any]:
    colour, ink = look
    amount, share_of_group = numbers
    counts = [number(row[amount], "count") for row in rows]
    shares = [row[share_of_group] for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": shares,
        "y": [row[group] for row in rows],
        "text": [count if share >= LABELLED_SHARE else "" for count, share in zip(counts, shares, strict=True)],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": ink, "size": 12},
        "marker": {"color": colour},
        "customdata": [
            f"{row[group]} · {name}<br>{count} ({number(share, 'share')})"
            for row, count, share in zip(rows, counts, shares, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
