"""Coverage by district beside the ratio that is taken for it, and counts of branches by number of groups."""

from typing import Any

from dashboard.charts import theme
from dashboard.charts.marks import head, texts, upright
from dashboard.text import _, number

LINE = 46
WIDEST_BAR = 0.12  # of the figure: a single bar would fill it


def coverage(rows: theme.Rows, *, target: float | None) -> theme.Figure:
    """A bar per district at its coverage, a hollow diamond at branches ÷ compounds, the target dotted.

    `rows`: district_name, value, signal, naive_ratio, previous_change, last_year_change. Both changes stand with
    the names, in percentage points.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    places = list(range(len(records)))
    values = [row["value"] for row in records]
    written = [f"{theme.SIGNS[row['signal']]} {number(row['value'], 'share')}" for row in records]
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": _("Coverage, from links"),
        "x": values,
        "y": places,
        "width": 0.34,
        "marker": {"color": theme.DATA_SOFT},
        "customdata": [_spoken(row) for row in records],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    naive = {
        "type": "scatter",
        "mode": "markers",
        "name": _("Branches ÷ compounds: no coverage"),
        "x": [row["naive_ratio"] for row in records],
        "y": places,
        "marker": {"symbol": "diamond-open", "size": 10, "color": theme.WATCH, "line": {"width": 2}},
        "customdata": [_spoken(row) for row in records],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    heads = [f"<b>{row['district_name']}</b>  {_changes(row)}" for row in records]
    return theme.figure(
        bars,
        naive,
        texts([0] * len(records), [place - 0.42 for place in places], heads, "middle right"),
        texts([1.02] * len(records), places, written, "middle right"),
        height=LINE * len(records) + 56,
        legend=True,
        uniformtext={"mode": False},
        margin={"l": 0, "r": 0, "b": 24},
        shapes=[] if target is None else [upright(target)],
        annotations=[] if target is None else [_goal(target)],
        xaxis={"range": [0, 1.26], "visible": False, "fixedrange": True},
        yaxis={"range": [len(records) - 0.5, -0.8], "visible": False, "fixedrange": True},
    )


def group_counts(rows: theme.Rows, *, last: int) -> theme.Figure:
    """An upright bar per number of Party groups, its height the branches that have so many.

    `rows`: groups_of_branch, branch_count, share_of_branches; `last` stands for itself and all above.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    names = [f"{row['groups_of_branch']}{'+' if row['groups_of_branch'] == last else ''}" for row in records]
    bars = {
        "type": "bar",
        "x": names,
        "y": [row["branch_count"] for row in records],
        "text": [number(row["branch_count"], "count") for row in records],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": theme.DATA_SOFT},
        "width": min(0.65, WIDEST_BAR * len(records)),
        "customdata": [
            _("{groups} groups: {count} branches ({share})").format(
                groups=name, count=number(row["branch_count"], "count"), share=number(row["share_of_branches"], "share")
            )
            for name, row in zip(names, records, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    return theme.figure(
        bars,
        height=300,
        margin={"t": 22},
        xaxis={"type": "category", "showgrid": False, "fixedrange": True, "title": {"text": _("Party groups")}},
        yaxis={"visible": False, "fixedrange": True},
    )


def _goal(target: float) -> dict[str, Any]:
    words = _("Target {value}").format(value=number(target, "share"))
    return head(target, words) | {"y": 0, "yanchor": "top"}


def _changes(row: dict[str, Any]) -> str:
    """Both changes, short enough for a phone; empty where there is nothing to compare with."""
    words = {"previous_change": _("period before"), "last_year_change": _("year before")}
    known = [f"{word} {100 * row[name]:+.1f}" for name, word in words.items() if row[name] == row[name]]
    return f"<span style='color:{theme.MUTED}'>{' · '.join(known)}</span>" if known else ""


def _spoken(row: dict[str, Any]) -> str:
    lines = [
        f"<b>{row['district_name']}</b>",
        _("Linked: {covered} of {compounds} compounds ({share})").format(
            covered=number(row["covered_compound_count"], "count"),
            compounds=number(row["compound_count"], "count"),
            share=number(row["value"], "share"),
        ),
        _("{branches} branches ÷ {compounds} compounds = {ratio}").format(
            branches=number(row["branch_count"], "count"),
            compounds=number(row["compound_count"], "count"),
            ratio=number(row["naive_ratio"], "share"),
        ),
    ]
    return "<br>".join(lines)
